import type { Order, OrderWish } from "@orderservice/client";
import { toBaseUnits, toPrice, toWhole } from "./amounts";

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
  readonly distance: string;
  readonly unit: "percent" | "price";
  readonly rate: string;
  readonly floor: string;
  readonly start: string;
  readonly parts: string;
  readonly every: string;
  readonly lasts: "gtc" | "gtt" | "ioc";
  readonly end: string;
  readonly minOut: string;
  readonly slippage: string;
  readonly band: string;
  readonly recipient: string;
}

export const kinds = ["now", "price", "trail", "limit", "time", "call"] as const;
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
  const more = { ...conditionOf(draft, wrong), ...ratesOf(draft, decimals, wrong), ...marginsOf(draft, wrong), ...windowOf(draft, wrong) };
  if (draft.recipient.trim()) Object.assign(more, { recipient: draft.recipient.trim() });
  if (Object.keys(wrong).length > 0 || amount === undefined || parts === undefined || every === undefined) return { wrong };
  const order = { inputToken: draft.sell, outputToken: draft.buy, ...more } as OrderWish;
  if (parts === 1) return { wishes: [{ ...order, amountIn: amount.toString() }] };
  if (amount < BigInt(parts)) return { wrong: { parts: "more parts than there are units of the token" } };
  return { wishes: inParts(order, amount, parts, Date.parse(draft.start), every * 60_000) };
}

/** The price at which a draft fires, or how far it trails; undefined where neither is readable. */
export function distanceOf(draft: Pick<Draft, "distance" | "unit">): { readonly trailingBps: number } | { readonly trailingAmount: string } | undefined {
  if (draft.unit === "percent") {
    const bps = toBaseUnits(draft.distance, 2);
    return bps === undefined || bps < 1n || bps > 9_999n ? undefined : { trailingBps: Number(bps) };
  }
  const price = toPrice(draft.distance);
  return price === undefined || price === 0n ? undefined : { trailingAmount: draft.distance.trim() };
}

/** An order as the form would have asked for it. */
export function draftOf(order: Order, decimals: Decimals): Draft {
  const percent = (bps: number | undefined): string => (bps === undefined ? "" : toWhole(bps, 2));
  const moment = (at: string | undefined): string => (at === undefined ? "" : localMoment(Date.parse(at)));
  const isTrailing = order.trailingBps !== undefined || order.trailingAmount !== undefined;
  const limit = order.limitPrice ?? "";
  return {
    kind: isTrailing ? "trail" : order.conditionToken === undefined ? "call" : order.conditionToken !== "*" ? "price" : limit ? "limit" : order.validFrom === undefined ? "now" : "time",
    sell: order.inputToken, buy: order.outputToken, amount: toWhole(order.amountIn, decimals(order.inputToken)),
    watch: order.conditionToken === undefined || order.conditionToken === "*" ? order.outputToken : order.conditionToken, base: order.baseAsset ?? "USD", direction: order.direction ?? "gt",
    target: order.targetPrice ?? "", distance: order.trailingAmount ?? percent(order.trailingBps), unit: order.trailingAmount === undefined ? "percent" : "price",
    rate: limit, floor: limit, start: moment(order.validFrom), parts: "1", every: "60", lasts: order.timeInForce, end: moment(order.validTo),
    minOut: order.minAmountOut === undefined ? "" : toWhole(order.minAmountOut, decimals(order.outputToken)), slippage: percent(order.slippageBps), band: percent(order.maxDeviationBps),
    recipient: order.recipient === order.owner ? "" : order.recipient,
  };
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
  const watched = { conditionToken: draft.watch, baseAsset: draft.base, direction: draft.direction };
  if (draft.kind === "trail") {
    const distance = distanceOf(draft);
    if (distance === undefined) wrong.distance = draft.unit === "percent" ? "more than 0 and less than 100 per cent, with at most 2 digits behind the point" : "a price above 0";
    return { ...watched, ...distance };
  }
  if (draft.kind !== "price") return { conditionToken: "*", targetPrice: "0", direction: "gt" };
  const target = toPrice(draft.target);
  if (target === undefined || target === 0n) wrong.target = "a price above 0";
  return { ...watched, targetPrice: draft.target.trim() };
}

// The least rate of a limit order, or of one that has fired; and the least amount.
function ratesOf(draft: Draft, decimals: Decimals, wrong: Wrong): Partial<OrderWish> {
  const more: Record<string, string> = {};
  const name = draft.kind === "limit" ? "rate" : draft.kind === "price" || draft.kind === "trail" ? "floor" : undefined;
  if (name === "rate" || (name !== undefined && draft[name].trim())) {
    const rate = toPrice(draft[name]);
    if (rate === undefined || rate === 0n) wrong[name] = "a rate above 0";
    else more["limitPrice"] = draft[name].trim();
  }
  if (draft.minOut.trim()) {
    const least = toBaseUnits(draft.minOut, decimals(draft.buy));
    if (least === undefined) wrong.minOut = `an amount with at most ${decimals(draft.buy)} digits behind the point`;
    else more["minAmountOut"] = least.toString();
  }
  return more;
}

function marginsOf(draft: Pick<Draft, "slippage" | "band">, wrong: Wrong): Partial<OrderWish> {
  const more: Record<string, number> = {};
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
  if (draft.kind === "time" || draft.start.trim()) {
    if (start === undefined) wrong.start = "a day and a time";
    else more["validFrom"] = start;
  }
  if (draft.lasts === "gtt" || (draft.lasts === "ioc" && draft.end.trim())) {
    if (end === undefined) wrong.end = "a day and a time";
    else more["validTo"] = end;
  }
  if (draft.lasts !== "gtc") more["timeInForce"] = draft.lasts;
  return more;
}

/** A moment as a field of day and time has it: in the zone of whoever looks. */
export const localMoment = (at: number): string => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 19);

/** A moment that a field of day and time has, as the service reads it. */
export const momentOf = (text: string): string | undefined => {
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
};

const wholeNumber = (text: string, most: number): number | undefined => (/^[1-9]\d{0,6}$/.test(text.trim()) && Number(text) <= most ? Number(text) : undefined);
