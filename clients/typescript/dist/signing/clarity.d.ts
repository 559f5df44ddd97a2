/** The values of Clarity that a wallet is asked to sign, and their consensus encoding. */
export type ClarityValue = {
    readonly type: "uint";
    readonly value: bigint;
} | {
    readonly type: "ascii";
    readonly value: string;
} | {
    readonly type: "principal";
    readonly value: string;
} | {
    readonly type: "none";
} | {
    readonly type: "some";
    readonly value: ClarityValue;
} | {
    readonly type: "tuple";
    readonly value: Readonly<Record<string, ClarityValue>>;
};
export declare const uint: (value: bigint | number | string) => ClarityValue;
export declare const stringAscii: (value: string) => ClarityValue;
export declare const principal: (value: string) => ClarityValue;
export declare const none: ClarityValue;
export declare const some: (value: ClarityValue) => ClarityValue;
export declare const tuple: (value: Readonly<Record<string, ClarityValue>>) => ClarityValue;
/** A value as the chain reads it (SIP-005). */
export declare function serialize(value: ClarityValue): Uint8Array;
