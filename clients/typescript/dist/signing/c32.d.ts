/** An address in its parts. */
export interface Address {
    readonly version: number;
    readonly hash: Uint8Array;
}
/** The text of an address. */
export declare function encodeAddress({ version, hash }: Address): string;
/** An address of its text; a mistyped one throws. */
export declare function decodeAddress(text: string): Address;
