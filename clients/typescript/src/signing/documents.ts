import { bool, type ClarityValue, none, principal, some, stringAscii, tuple, uint } from "./clarity.js";

/** What an order's owner signs, as SIP-018 domains and messages. */

/** Structured data to sign. */
export interface Structured {
  readonly domain: ClarityValue;
  readonly message: ClarityValue;
}

/** What a transfer intent says: this much of this token, once, to this router. */
export interface Intent {
  readonly uuid: string;
  readonly inputToken: string;
  /** Base units. */
  readonly amountIn: string;
  readonly router: string;
  readonly chainId: number;
}

/** All terms of an order, as the body has them. */
export interface Terms extends Intent {
  readonly owner: string;
  readonly outputToken: string;
  readonly recipient: string;
  readonly conditionToken?: string;
  readonly baseAsset?: string;
  readonly direction?: string;
  readonly minAmountOut?: string;
  readonly slippageBps?: number;
  readonly targetPrice?: string;
  /** ISO 8601. */
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly maxDeviationBps?: number;
  readonly acceptUnprotectedOutput?: boolean;
  readonly limitPrice?: string;
  /** Where absent: "gtt" beside a validTo, else "gtc". */
  readonly timeInForce?: string;
  readonly trailingBps?: number;
  readonly trailingAmount?: string;
  readonly groupId?: string;
  readonly leg?: number;
}

/** The intent that lets the router move the funds. It covers neither price, output, recipient nor window. */
export const intentOf = (intent: Intent): Structured => ({
  domain: domainOf("BLAZE_PROTOCOL", "v1.0", intent.chainId),
  message: tuple({
    contract: principal(intent.inputToken),
    intent: stringAscii("TRANSFER_TOKENS"),
    opcode: none,
    amount: some(uint(intent.amountIn)),
    target: some(principal(intent.router)),
    uuid: stringAscii(intent.uuid),
  }),
});

/** The terms, which the service holds itself to with a second signature. Version 1 has only what orders had at first, and is refused for one that has more. */
export const termsOf = (terms: Terms, version: 1 | 2 = 2): Structured => ({
  domain: domainOf("ORDER_SERVICE", String(version), terms.chainId),
  message: tuple(version === 1 ? firstOf(terms) : { ...firstOf(terms), ...secondOf(terms) }),
});

const firstOf = (terms: Terms): Record<string, ClarityValue> => ({
  uuid: stringAscii(terms.uuid),
  owner: stringAscii(terms.owner),
  "input-token": stringAscii(terms.inputToken),
  "output-token": stringAscii(terms.outputToken),
  recipient: stringAscii(terms.recipient),
  router: stringAscii(terms.router),
  "condition-token": stringAscii(terms.conditionToken ?? ""),
  "base-asset": stringAscii(terms.baseAsset ?? ""),
  direction: stringAscii(terms.direction ?? ""),
  "amount-in": uint(terms.amountIn),
  "min-amount-out": optional(terms.minAmountOut),
  "slippage-bps": optional(terms.slippageBps),
  "target-price": price(terms.targetPrice),
  "valid-from": optional(terms.validFrom === undefined ? undefined : Date.parse(terms.validFrom)),
  "valid-to": optional(terms.validTo === undefined ? undefined : Date.parse(terms.validTo)),
});

const secondOf = (terms: Terms): Record<string, ClarityValue> => ({
  "max-deviation-bps": optional(terms.maxDeviationBps),
  "accept-unprotected-output": bool(terms.acceptUnprotectedOutput ?? false),
  "limit-price": price(terms.limitPrice),
  "time-in-force": stringAscii(terms.timeInForce ?? (terms.validTo === undefined ? "gtc" : "gtt")),
  "trailing-bps": optional(terms.trailingBps),
  "trailing-amount": price(terms.trailingAmount),
  "group-id": stringAscii(terms.groupId ?? ""),
  leg: optional(terms.leg),
});

/** A price's text as a count of 10⁻¹⁸. */
export function priceUnits(text: string): bigint {
  const [, whole, fraction = ""] = /^(\d{1,20})(?:\.(\d{1,18}))?$/.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`not a price: ${text}`);
  return BigInt(whole + fraction.padEnd(18, "0"));
}

const domainOf = (name: string, version: string, chainId: number): ClarityValue =>
  tuple({ name: stringAscii(name), version: stringAscii(version), "chain-id": uint(chainId) });

const optional = (value: bigint | number | string | undefined): ClarityValue => (value === undefined ? none : some(uint(value)));

const price = (text: string | undefined): ClarityValue => optional(text === undefined ? undefined : priceUnits(text));
