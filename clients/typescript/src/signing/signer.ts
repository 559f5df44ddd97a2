import { hmac } from "@noble/hashes/hmac.js";
import { ripemd160 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { getPublicKey, hashes, sign, utils } from "@noble/secp256k1";
import { concat, fromHex, toHex } from "./bytes.js";
import { encodeAddress } from "./c32.js";
import { type Intent, intentOf, type Structured, type Terms, termsOf } from "./documents.js";
import { messageHash, structuredHash } from "./hashes.js";

// The curve's library brings no hash of its own; the browser's is there on secure pages only.
hashes.sha256 = (message) => sha256(message);
hashes.hmacSha256 = (key, message) => hmac(sha256, key, message);

/** The versions of single-key addresses: of mainnet, and of every testnet. */
export const addressVersions = { mainnet: 22, testnet: 26 } as const;

/** Whoever signs for an address: a key, or a wallet that asks a person. Signatures are R, S and V, 130 hex digits. */
export interface Signer {
  readonly address: string;
  signStructured(what: Structured): Promise<string>;
  signText(text: string): Promise<string>;
}

/** A private key in this process. It is in no request, answer or error. */
export class KeySigner implements Signer {
  readonly #key: Uint8Array;

  /** Of 64 hex digits, or 66 that end in 01 as wallets export them. */
  constructor(privateKey: string, readonly network: keyof typeof addressVersions = "testnet") {
    const digits = privateKey.length === 66 && privateKey.endsWith("01") ? privateKey.slice(0, 64) : privateKey;
    if (!/^[0-9a-fA-F]{64}$/.test(digits)) throw new RangeError("a private key has 64 hex digits, or 66 that end in 01");
    this.#key = fromHex(digits);
    this.publicKey = toHex(getPublicKey(this.#key, true));
    this.address = encodeAddress({ version: addressVersions[network], hash: ripemd160(sha256(fromHex(this.publicKey))) });
  }

  readonly publicKey: string;
  readonly address: string;

  /** A key that nobody had before. */
  static generate = (): string => toHex(utils.randomSecretKey());

  signStructured = async ({ domain, message }: Structured): Promise<string> => this.#sign(structuredHash(domain, message));

  signText = async (text: string): Promise<string> => this.#sign(messageHash(text));

  // The library puts the recovery id in front; contracts and this service read it behind.
  #sign(hash: Uint8Array): string {
    const signature = sign(hash, this.#key, { prehash: false, format: "recovered", lowS: true });
    return toHex(concat(signature.slice(1), signature.slice(0, 1)));
  }
}

/** The signature over a transfer intent. */
export const signIntent = (signer: Signer, intent: Intent): Promise<string> => signer.signStructured(intentOf(intent));

/** The signature over all terms of an order. */
export const signTerms = (signer: Signer, terms: Terms, version: 1 | 2 = 2): Promise<string> => signer.signStructured(termsOf(terms, version));

/** The signature over a plain text. */
export const signMessage = (signer: Signer, text: string): Promise<string> => signer.signText(text);
