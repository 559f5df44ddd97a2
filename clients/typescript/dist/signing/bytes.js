/** Bytes and their texts. */
const encoder = new TextEncoder();
/** One array of several. */
export function concat(...parts) {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
        whole.set(part, at);
        at += part.length;
    }
    return whole;
}
/** Text of ASCII characters alone as bytes: another one could not be what a contract reads. */
export function ascii(text) {
    if (!/^[\x20-\x7e]*$/.test(text))
        throw new RangeError(`not text of printable ASCII: ${text}`);
    return encoder.encode(text);
}
/** Text in UTF-8. */
export const utf8 = (text) => encoder.encode(text);
/** A number as so many bytes, the highest first. */
export function bigEndian(value, length) {
    if (value < 0n || value >= 1n << BigInt(8 * length))
        throw new RangeError(`${value} does not fit into ${length} bytes`);
    const bytes = new Uint8Array(length);
    for (let i = length - 1, rest = value; i >= 0; i--, rest >>= 8n)
        bytes[i] = Number(rest & 0xffn);
    return bytes;
}
/** Bytes as hex digits. */
export const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
/** Hex digits as bytes. */
export function fromHex(text) {
    if (!/^([0-9a-fA-F]{2})*$/.test(text))
        throw new RangeError("not an even number of hex digits");
    return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
