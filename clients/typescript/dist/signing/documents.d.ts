import { type ClarityValue } from "./clarity.js";
/** What an order's owner signs, as SIP-018 domains and messages. */
/** Structured data to sign. */
export interface Structured {
    readonly domain: ClarityValue;
    readonly message: ClarityValue;
}
/** What a transfer intent says: this much of this token, once, to this router. */
export interface Intent {
    readonly uuid: string;
    readonly inputToken: string;
    /** Base units. */
    readonly amountIn: string;
    readonly router: string;
    readonly chainId: number;
}
/** All terms of an order, as the body has them. */
export interface Terms extends Intent {
    readonly owner: string;
    readonly outputToken: string;
    readonly recipient: string;
    readonly conditionToken?: string;
    readonly baseAsset?: string;
    readonly direction?: string;
    readonly minAmountOut?: string;
    readonly slippageBps?: number;
    readonly targetPrice?: string;
    /** ISO 8601. */
    readonly validFrom?: string;
    readonly validTo?: string;
}
/** The intent that lets the router move the funds. It covers neither price, output, recipient nor window. */
export declare const intentOf: (intent: Intent) => Structured;
/** The terms, which the service holds itself to with a second signature. */
export declare const termsOf: (terms: Terms) => Structured;
/** A price's text as a count of 10⁻¹⁸. */
export declare function priceUnits(text: string): bigint;
