/** Bytes and their texts. */
/** One array of several. */
export declare function concat(...parts: readonly Uint8Array[]): Uint8Array;
/** Text of ASCII characters alone as bytes: another one could not be what a contract reads. */
export declare function ascii(text: string): Uint8Array;
/** Text in UTF-8. */
export declare const utf8: (text: string) => Uint8Array;
/** A number as so many bytes, the highest first. */
export declare function bigEndian(value: bigint, length: number): Uint8Array;
/** Bytes as hex digits. */
export declare const toHex: (bytes: Uint8Array) => string;
/** Hex digits as bytes. */
export declare function fromHex(text: string): Uint8Array;
