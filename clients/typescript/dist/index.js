export { isEnded, newUuid, OrderServiceClient, } from "./client.js";
export { Refusal } from "./refusal.js";
export { decodeAddress, encodeAddress } from "./signing/c32.js";
export { serialize } from "./signing/clarity.js";
export { intentOf, priceUnits, termsOf } from "./signing/documents.js";
export { messageHash, structuredHash } from "./signing/hashes.js";
export { addressVersions, KeySigner, signIntent, signMessage, signTerms } from "./signing/signer.js";
