import { sha256 } from "@noble/hashes/sha2.js";
import { concat, utf8 } from "./bytes.js";
import { serialize } from "./clarity.js";
/** What a wallet's signature stands over. */
/** Of structured data (SIP-018): a domain and a message. */
export const structuredHash = (domain, message) => sha256(concat(utf8("SIP018"), sha256(serialize(domain)), sha256(serialize(message))));
/** Of a plain text, as wallets show it. */
export function messageHash(text) {
    const bytes = utf8(text);
    return sha256(concat(utf8("\x17Stacks Signed Message:\n"), varint(bytes.length), bytes));
}
// As bitcoin writes a length.
function varint(length) {
    if (length < 0xfd)
        return Uint8Array.of(length);
    if (length <= 0xffff)
        return Uint8Array.of(0xfd, length & 0xff, length >> 8);
    return Uint8Array.of(0xfe, length & 0xff, (length >> 8) & 0xff, (length >> 16) & 0xff, length >>> 24);
}
