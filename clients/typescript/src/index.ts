export type { components, operations, paths } from "./api/charisma.js";
export {
  type Account, type BulkItem, type CancelledOrder, type Candle, type Changes, type ClientOptions, type Event, type EventPage, type Explanation, type Group, type GroupPreview, type GroupType, isEnded, type Network, type NewOrder,
  newUuid, type Order, type OrderPage, OrderServiceClient, type OrderWish, type Preview, type Price, type Quote, type Revised, type Token, type Withdrawal,
} from "./client.js";
export type { HttpOptions } from "./http.js";
export { Refusal } from "./refusal.js";
export { type Address, decodeAddress, encodeAddress } from "./signing/c32.js";
export { type ClarityValue, serialize } from "./signing/clarity.js";
export { type Intent, intentOf, priceUnits, type Structured, type Terms, termsOf } from "./signing/documents.js";
export { messageHash, structuredHash } from "./signing/hashes.js";
export { addressVersions, KeySigner, type Signer, signIntent, signMessage, signTerms } from "./signing/signer.js";
export { verifyWebhook, WebhookFault, type WebhookHeaders, type WebhookMessage, type WebhookOptions } from "./webhooks.js";
