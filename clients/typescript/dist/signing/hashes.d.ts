import { type ClarityValue } from "./clarity.js";
/** What a wallet's signature stands over. */
/** Of structured data (SIP-018): a domain and a message. */
export declare const structuredHash: (domain: ClarityValue, message: ClarityValue) => Uint8Array;
/** Of a plain text, as wallets show it. */
export declare function messageHash(text: string): Uint8Array;
