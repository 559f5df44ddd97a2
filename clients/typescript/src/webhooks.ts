import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Event } from "./client.js";
import { concat, utf8 } from "./signing/bytes.js";

/** What a webhook brings: its type is the event's kind, or `webhook.test`. The id is the same however often it is sent; who keeps the ids deals with each once. */
export interface WebhookMessage {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly data: Event & { readonly log: string };
}

/** The headers of the request, as a Headers object or as a plain one with names in lower case (as Node.js has them). */
export type WebhookHeaders = { get(name: string): string | null } | Readonly<Record<string, string | readonly string[] | undefined>>;

/** How much is believed. */
export interface WebhookOptions {
  /** How old a message may be, and how far ahead of this machine's clock, in milliseconds; five minutes where it is not given. */
  readonly ageMax?: number;
  /** The clock, in milliseconds. */
  readonly now?: () => number;
}

/** Why a message is not believed: answer it with 400, and do nothing. */
export class WebhookFault extends Error {
  override readonly name = "WebhookFault";

  constructor(readonly code: "missing_headers" | "wrong_time" | "wrong_signature" | "not_a_message", message: string) {
    super(message);
  }
}

const prefix = "whsec_";
const version = "v1,";

/**
 * Believes a webhook (Standard Webhooks, v1) or throws a WebhookFault. The body is the exact bytes that came, before any parser; the secret is the one that was told when the webhook was added or
 * rotated, or several while one takes the place of another.
 */
export function verifyWebhook(secret: string | readonly string[], headers: WebhookHeaders, body: string | Uint8Array, options: WebhookOptions = {}): WebhookMessage {
  const [id, at, given] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => read(headers, name)) as [string, string, string];
  if (!id || !at || !given) throw new WebhookFault("missing_headers", "webhook-id, webhook-timestamp and webhook-signature have to be there");
  const sent = /^\d{1,12}$/.test(at) ? Number(at) * 1000 : Number.NaN;
  if (!(Math.abs((options.now ?? Date.now)() - sent) <= (options.ageMax ?? 5 * 60_000))) throw new WebhookFault("wrong_time", "the message is too old, or from the future");
  const bytes = typeof body === "string" ? utf8(body) : body;
  const signed = concat(utf8(`${id}.${at}.`), bytes);
  const wanted = (typeof secret === "string" ? [secret] : secret).map((one) => hmac(sha256, keyOf(one), signed));
  const isSigned = given.split(" ").some((one) => one.startsWith(version) && wanted.some((bytes) => isSame(fromBase64(one.slice(version.length)), bytes)));
  if (!isSigned) throw new WebhookFault("wrong_signature", "none of its signatures is by this secret");
  return { id, ...parse(bytes) };
}

function parse(bytes: Uint8Array): Omit<WebhookMessage, "id"> {
  try {
    const said: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof said === "object" && said !== null && typeof (said as WebhookMessage).type === "string" && typeof (said as WebhookMessage).data === "object") return said as WebhookMessage;
  } catch {
    // Said below.
  }
  throw new WebhookFault("not_a_message", "the body is no message of this service");
}

function read(headers: WebhookHeaders, name: string): string {
  const value = typeof headers.get === "function" ? headers.get(name) : (headers as Readonly<Record<string, string | readonly string[] | undefined>>)[name];
  return typeof value === "string" ? value : (value?.[0] ?? "");
}

function keyOf(secret: string): Uint8Array {
  const key = secret.startsWith(prefix) ? fromBase64(secret.slice(prefix.length)) : undefined;
  if (!key || key.length < 16) throw new RangeError("a webhook's secret begins with whsec_, followed by its key in base64");
  return key;
}

function fromBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

// Takes as long wherever the first difference is.
function isSame(left: Uint8Array | undefined, right: Uint8Array): boolean {
  if (left?.length !== right.length) return false;
  let difference = 0;
  for (let i = 0; i < right.length; i++) difference |= (left[i] as number) ^ (right[i] as number);
  return difference === 0;
}
