import { type Intent, type Structured, type Terms } from "./documents.js";
/** The versions of single-key addresses: of mainnet, and of every testnet. */
export declare const addressVersions: {
    readonly mainnet: 22;
    readonly testnet: 26;
};
/** Whoever signs for an address: a key, or a wallet that asks a person. Signatures are R, S and V, 130 hex digits. */
export interface Signer {
    readonly address: string;
    signStructured(what: Structured): Promise<string>;
    signText(text: string): Promise<string>;
}
/** A private key in this process. It is in no request, answer or error. */
export declare class KeySigner implements Signer {
    #private;
    readonly network: keyof typeof addressVersions;
    /** Of 64 hex digits, or 66 that end in 01 as wallets export them. */
    constructor(privateKey: string, network?: keyof typeof addressVersions);
    readonly publicKey: string;
    readonly address: string;
    /** A key that nobody had before. */
    static generate: () => string;
    signStructured: ({ domain, message }: Structured) => Promise<string>;
    signText: (text: string) => Promise<string>;
}
/** The signature over a transfer intent. */
export declare const signIntent: (signer: Signer, intent: Intent) => Promise<string>;
/** The signature over all terms of an order. */
export declare const signTerms: (signer: Signer, terms: Terms) => Promise<string>;
/** The signature over a plain text. */
export declare const signMessage: (signer: Signer, text: string) => Promise<string>;
