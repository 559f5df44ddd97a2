import type { OrderWish } from "@orderservice/client";
import { atRate, toBaseUnits, toPrice } from "./amounts";

/** What the form says, as text; and the orders that it asks for. */
export interface Draft {
  readonly kind: Kind;
  readonly sell: string;
  readonly buy: string;
  readonly amount: string;
  readonly watch: string;
  readonly base: string;
  readonly direction: "gt" | "lt";
  readonly target: string;
  readonly rate: string;
  readonly start: string;
  readonly parts: string;
  readonly every: string;
  readonly minOut: string;
  readonly slippage: string;
  readonly band: string;
  readonly end: string;
  readonly recipient: string;
}

export const kinds = ["now", "price", "limit", "time", "call"] as const;
export type Kind = (typeof kinds)[number];

/** What is wrong with a field, by its name. */
export type Wrong = Partial<Record<keyof Draft, string>>;

/** The decimals of a token. */
export type Decimals = (token: string) => number;

const partsMax = 50;

/** The orders of a draft, or what is wrong with it. What the page cannot know, the service says. */
export function wishesOf(draft: Draft, decimals: Decimals): { readonly wishes: readonly OrderWish[] } | { readonly wrong: Wrong } {
  const wrong: Wrong = {};
  const amount = toBaseUnits(draft.amount, decimals(draft.sell));
  if (amount === undefined || amount === 0n) wrong.amount = `an amount above 0 with at most ${decimals(draft.sell)} digits behind the point`;
  const parts = draft.kind === "time" ? wholeNumber(draft.parts || "1", partsMax) : 1;
  if (parts === undefined) wrong.parts = `a whole number of 1 to ${partsMax}`;
  const every = parts !== undefined && parts > 1 ? wholeNumber(draft.every, 525_600) : 0;
  if (every === undefined) wrong.every = "a whole number of minutes";
  const more = { ...conditionOf(draft, wrong), ...protectionsOf(draft, amount ?? 0n, decimals, wrong), ...windowOf(draft, wrong) };
  if (draft.recipient.trim()) Object.assign(more, { recipient: draft.recipient.trim() });
  if (Object.keys(wrong).length > 0 || amount === undefined || parts === undefined || every === undefined) return { wrong };
  const order = { inputToken: draft.sell, outputToken: draft.buy, ...more } as OrderWish;
  if (parts === 1) return { wishes: [{ ...order, amountIn: amount.toString() }] };
  if (amount < BigInt(parts)) return { wrong: { parts: "more parts than there are units of the token" } };
  return { wishes: inParts(order, amount, parts, Date.parse(draft.start), every * 60_000) };
}

// What does not divide goes into the last part.
function inParts(order: OrderWish, amount: bigint, parts: number, start: number, every: number): readonly OrderWish[] {
  const share = amount / BigInt(parts);
  return Array.from({ length: parts }, (_, i) => ({
    ...order,
    amountIn: (i === parts - 1 ? amount - share * BigInt(parts - 1) : share).toString(),
    validFrom: new Date(start + i * every).toISOString(),
    strategyType: "dca", strategyPosition: i + 1, strategySize: parts,
  }) as OrderWish);
}

function conditionOf(draft: Draft, wrong: Wrong): Partial<OrderWish> {
  if (draft.kind === "call") return {};
  if (draft.kind !== "price") return { conditionToken: "*", targetPrice: "0", direction: "gt" };
  const target = toPrice(draft.target);
  if (target === undefined || target === 0n) wrong.target = "a price above 0";
  return { conditionToken: draft.watch, baseAsset: draft.base, direction: draft.direction, targetPrice: draft.target.trim() };
}

function protectionsOf(draft: Draft, amount: bigint, decimals: Decimals, wrong: Wrong): Partial<OrderWish> {
  const more: Record<string, unknown> = {};
  if (draft.kind === "limit") {
    const rate = toPrice(draft.rate);
    if (rate === undefined || rate === 0n) wrong.rate = "a rate above 0";
    else more["minAmountOut"] = atRate(amount, decimals(draft.sell), rate, decimals(draft.buy)).toString();
  } else if (draft.minOut.trim()) {
    const least = toBaseUnits(draft.minOut, decimals(draft.buy));
    if (least === undefined) wrong.minOut = `an amount with at most ${decimals(draft.buy)} digits behind the point`;
    else more["minAmountOut"] = least.toString();
  }
  for (const [name, field] of [["slippage", "slippageBps"], ["band", "maxDeviationBps"]] as const) {
    if (!draft[name].trim()) continue;
    const bps = toBaseUnits(draft[name], 2);
    if (bps === undefined || bps > 10_000n) wrong[name] = "0 to 100 per cent, with at most 2 digits behind the point";
    else more[field] = Number(bps);
  }
  return more;
}

function windowOf(draft: Draft, wrong: Wrong): Partial<OrderWish> {
  const more: Record<string, string> = {};
  const [start, end] = [momentOf(draft.start), momentOf(draft.end)];
  if (draft.kind === "time") {
    if (start === undefined) wrong.start = "a day and a time";
    else more["validFrom"] = start;
  }
  if (draft.end.trim()) {
    if (end === undefined) wrong.end = "a day and a time";
    else more["validTo"] = end;
  }
  return more;
}

const momentOf = (text: string): string | undefined => {
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
};

const wholeNumber = (text: string, most: number): number | undefined => (/^[1-9]\d{0,6}$/.test(text.trim()) && Number(text) <= most ? Number(text) : undefined);
