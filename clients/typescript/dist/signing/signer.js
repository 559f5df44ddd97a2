import { hmac } from "@noble/hashes/hmac.js";
import { ripemd160 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { getPublicKey, hashes, sign, utils } from "@noble/secp256k1";
import { concat, fromHex, toHex } from "./bytes.js";
import { encodeAddress } from "./c32.js";
import { intentOf, termsOf } from "./documents.js";
import { messageHash, structuredHash } from "./hashes.js";
// The curve's library brings no hash of its own; the browser's is there on secure pages only.
hashes.sha256 = (message) => sha256(message);
hashes.hmacSha256 = (key, message) => hmac(sha256, key, message);
/** The versions of single-key addresses: of mainnet, and of every testnet. */
export const addressVersions = { mainnet: 22, testnet: 26 };
/** A private key in this process. It is in no request, answer or error. */
export class KeySigner {
    network;
    #key;
    /** Of 64 hex digits, or 66 that end in 01 as wallets export them. */
    constructor(privateKey, network = "testnet") {
        this.network = network;
        const digits = privateKey.length === 66 && privateKey.endsWith("01") ? privateKey.slice(0, 64) : privateKey;
        if (!/^[0-9a-fA-F]{64}$/.test(digits))
            throw new RangeError("a private key has 64 hex digits, or 66 that end in 01");
        this.#key = fromHex(digits);
        this.publicKey = toHex(getPublicKey(this.#key, true));
        this.address = encodeAddress({ version: addressVersions[network], hash: ripemd160(sha256(fromHex(this.publicKey))) });
    }
    publicKey;
    address;
    /** A key that nobody had before. */
    static generate = () => toHex(utils.randomSecretKey());
    signStructured = async ({ domain, message }) => this.#sign(structuredHash(domain, message));
    signText = async (text) => this.#sign(messageHash(text));
    // The library puts the recovery id in front; contracts and this service read it behind.
    #sign(hash) {
        const signature = sign(hash, this.#key, { prehash: false, format: "recovered", lowS: true });
        return toHex(concat(signature.slice(1), signature.slice(0, 1)));
    }
}
/** The signature over a transfer intent. */
export const signIntent = (signer, intent) => signer.signStructured(intentOf(intent));
/** The signature over all terms of an order. */
export const signTerms = (signer, terms) => signer.signStructured(termsOf(terms));
/** The signature over a plain text. */
export const signMessage = (signer, text) => signer.signText(text);
