import { sha256 } from "@noble/hashes/sha2.js";
import { bigEndian, concat } from "./bytes.js";
/** Addresses of Stacks: a version and the hash of a key or of several, in c32check (Crockford's base 32 with a checksum). */
const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const hashLength = 20;
const checksumLength = 4;
/** The text of an address. */
export function encodeAddress({ version, hash }) {
    const payload = concat(hash, checksumOf(version, hash));
    let text = "";
    for (let value = payload.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n); value > 0n; value >>= 5n)
        text = digits[Number(value & 31n)] + text;
    const zeros = payload.findIndex((byte) => byte !== 0);
    return `S${digits[version]}${"0".repeat(zeros < 0 ? payload.length : zeros)}${text}`;
}
/** An address of its text; a mistyped one throws. */
export function decodeAddress(text) {
    const version = digits.indexOf(text[1] ?? "?");
    if (text[0] !== "S" || version < 0 || text.length < 10 || text.length > 41)
        throw new RangeError(`not a Stacks address: ${text}`);
    let value = 0n;
    for (const digit of text.slice(2)) {
        const worth = digits.indexOf(digit);
        if (worth < 0)
            throw new RangeError(`not a Stacks address: ${text}`);
        value = (value << 5n) | BigInt(worth);
    }
    const payload = bigEndian(value, hashLength + checksumLength);
    const hash = payload.slice(0, hashLength);
    if (!checksumOf(version, hash).every((byte, i) => byte === payload[hashLength + i]))
        throw new RangeError(`the checksum of the address is wrong: ${text}`);
    return { version, hash };
}
const checksumOf = (version, hash) => sha256(sha256(concat(Uint8Array.of(version), hash))).slice(0, checksumLength);
