import { type GroupType, type OrderWish, type Preview, type Quote, Refusal } from "@orderservice/client";
import { ratio, show, showPrice, toBaseUnits, toPrice } from "./amounts";
import { fill, h, sentenceOf } from "./dom";
import { type Refused } from "./refused";
import type { Store } from "./store";
import { type Draft, wishesOf } from "./wish";

type Row = readonly [name: string, value: string, kind?: string | undefined];

/** The group that is being written, where it is one. */
export interface LegsNow { readonly type: GroupType | undefined; readonly at: number; readonly drafts: readonly Draft[] }

/** What the order that is being written would be now: its quote, its cost, whether it would trigger, and what it would be refused for. */
export class Quoted {
  readonly element: HTMLElement;

  readonly #rows = h("dl", { class: "quoted", "aria-live": "polite" });
  readonly #words = h("p", { class: "hint" });
  #asked: AbortController | undefined;
  #pastOf = "";
  #quote: { readonly of: string; readonly got?: Quote; readonly why?: string } | undefined;
  #preview: { readonly of: string; readonly got: Preview } | undefined;

  readonly #past = h("button", { type: "button", hidden: true, onclick: () => void this.#askHistory() }, "When would it have fired in the last day?");
  readonly #pastSays = h("p", { class: "hint", role: "status" });

  constructor(readonly store: Store, readonly draft: () => Draft, readonly legs: () => LegsNow, readonly onPreview: (refused: readonly Refused[], firesAt: number | undefined, wrongLegs: readonly number[]) => void) {
    this.element = h("div", {}, this.#rows, this.#words, this.#past, this.#pastSays);
  }

  /** Asks anew, and leaves the question before. */
  async ask(): Promise<void> {
    const draft = this.draft();
    this.#asked?.abort();
    const asked = (this.#asked = new AbortController());
    const amount = toBaseUnits(draft.amount, this.store.decimals(draft.sell));
    if (amount === undefined || amount === 0n || draft.sell === draft.buy) [this.#quote, this.#preview] = [undefined, undefined];
    else await Promise.all([this.#askQuote(draft, amount, asked.signal), this.#askPreview(draft, asked.signal)]);
    if (!asked.signal.aborted) this.show();
  }

  /** Shows what was answered, beside the prices of now. */
  show(): void {
    const draft = this.draft();
    const preview = this.#preview?.of === keyOf(draft) ? this.#preview.got : undefined;
    fill(this.#rows, ...[...this.#quoteRows(draft, preview), ...this.#previewRows(draft, preview)].flatMap(([name, value, kind]) => [h("dt", {}, name), h("dd", { class: kind }, value)]));
    this.#past.hidden = draft.kind !== "price" && draft.kind !== "trail";
    if (this.#pastOf !== keyOf(draft)) this.#pastSays.textContent = "";
    this.#words.textContent = preview?.acceptable === true ? preview.sentence : "";
  }

  async #askQuote(draft: Draft, amount: bigint, signal: AbortSignal): Promise<void> {
    const slippageBps = Number(toBaseUnits(draft.slippage, 2) ?? 100n) || 100;
    const wish = { tokenIn: draft.sell, tokenOut: draft.buy, amount: amount.toString(), slippageBps: Math.min(slippageBps, 10_000) };
    try {
      this.#quote = { of: quoteKeyOf(draft), got: await this.store.client.quote(wish, signal) };
    } catch (refused) {
      if (!signal.aborted) this.#quote = { of: quoteKeyOf(draft), why: sentenceOf(refused) };
    }
  }

  // Nothing is signed for it. What the page itself finds wrong is said when the order is placed, and asks nobody.
  async #askPreview(draft: Draft, signal: AbortSignal): Promise<void> {
    const made = wishesOf(draft, this.store.decimals);
    if (!this.store.signer || "wrong" in made) return void (this.#preview = undefined);
    try {
      const { got, wrongLegs } = await this.#previewOf(made.wishes[0] as OrderWish, signal);
      this.#preview = { of: keyOf(draft), got };
      const firesAt = Number(got.price?.figures?.["firesAt"] ?? Number.NaN);
      this.onPreview(got.refusals.map(({ code, field, error }) => ({ code, field, text: error })), draft.kind === "trail" && firesAt > 0 ? firesAt : undefined, wrongLegs);
    } catch (lost) {
      if (!signal.aborted && !(lost instanceof Refusal)) this.#preview = undefined;
    }
  }

  // A leg as the leg that it is; the others are looked at too, as far as they can be read.
  async #previewOf(wish: OrderWish, signal: AbortSignal): Promise<{ readonly got: Preview; readonly wrongLegs: readonly number[] }> {
    const { type, at, drafts } = this.legs();
    if (type === undefined) return { got: await this.store.client.preview(wish, signal), wrongLegs: [] };
    const made = drafts.map((draft) => wishesOf(draft, this.store.decimals));
    const unread = made.flatMap((one, leg) => ("wrong" in one ? [leg] : []));
    if (unread.length > 0) return { got: await this.store.client.preview(wish, signal), wrongLegs: unread };
    const { legs } = await this.store.client.previewGroup(type, made.map((one) => ("wishes" in one ? one.wishes[0] : wish) as OrderWish), signal);
    return { got: legs[at] as Preview, wrongLegs: legs.flatMap((leg, number) => (leg.acceptable ? [] : [number])) };
  }

  async #askHistory(): Promise<void> {
    const draft = this.draft();
    const made = wishesOf(draft, this.store.decimals);
    if (!this.store.signer || "wrong" in made) return void (this.#pastSays.textContent = "It cannot be read yet.");
    this.#pastOf = keyOf(draft);
    try {
      const { history } = await this.store.client.preview(made.wishes[0] as OrderWish, undefined, { against: "history" });
      this.#pastSays.textContent = history?.says ?? "It watches no price.";
    } catch (refused) {
      this.#pastSays.textContent = sentenceOf(refused);
    }
  }

  #quoteRows(draft: Draft, preview: Preview | undefined): readonly Row[] {
    const { got: quote, why } = this.#quote?.of === quoteKeyOf(draft) ? this.#quote : {};
    if (!quote) return why === undefined ? [] : [["No quote", why, "bad"]];
    const paid = (units: string | number): string => `${show(String(units), this.store.decimals(draft.buy))} ${this.store.symbol(draft.buy)}`;
    const off = this.#offMarket(draft, quote);
    return [
      ["You get about", paid(quote.amountOut)], ["At least", paid(preview?.swap?.minAmountOut ?? quote.minimumReceived)],
      ["Way", quote.path.map((token) => token.symbol).join(" → ")], ["Pool fees", `${poolFees(quote).toFixed(3)} %`],
      ...(off === undefined ? [] : [["Against the market", `${signed(off)} %`, off < -5 ? "bad" : undefined] as const]),
    ];
  }

  #previewRows(draft: Draft, preview: Preview | undefined): readonly Row[] {
    const rows: Row[] = [];
    const { swap, funds } = preview ?? {};
    if (swap?.impactBps !== undefined) rows.push(["Cost of its size", `${(swap.impactBps / 100).toFixed(2)} %`]);
    if (swap?.fee !== undefined) rows.push(["Transaction fee", `${show(swap.fee, 6)} STX, paid by the service`]);
    if (swap?.taken === false) rows.push(["It would wait", swap.why ?? swap.reason ?? "", "warn"]);
    if (funds?.enough === false) rows.push(["You hold", `${show(funds.balance, this.store.decimals(draft.sell))} ${this.store.symbol(draft.sell)}: too little, so it would wait`, "warn"]);
    if (draft.kind === "price") rows.push(this.#wouldTrigger(draft));
    else if (preview) rows.push(["Would it trigger now?", `${preview.wouldTriggerNow ? "Yes" : "No"}${preview.price ? `: ${preview.price.says}` : ""}`]);
    return rows;
  }

  #wouldTrigger(draft: Draft): Row {
    const [now, target] = [this.store.price(draft.watch, draft.base), toPrice(draft.target)];
    if (now === undefined || target === undefined) return ["Would it trigger now?", "the price is not known"];
    const isDue = draft.direction === "gt" ? now >= target : now <= target;
    return ["Would it trigger now?", `${isDue ? "Yes" : "No"}: ${this.store.symbol(draft.watch)} is ${showPrice(now)} ${this.store.symbol(draft.base)}`, isDue ? "warn" : undefined];
  }

  // In per cent of what the believed prices say.
  #offMarket(draft: Draft, quote: Quote): number | undefined {
    const [sold, bought] = [this.store.usd(draft.sell), this.store.usd(draft.buy)];
    if (sold === undefined || bought === undefined) return undefined;
    const given = BigInt(String(quote.amountIn)) * sold * 10n ** BigInt(this.store.decimals(draft.buy));
    const got = BigInt(String(quote.amountOut)) * bought * 10n ** BigInt(this.store.decimals(draft.sell));
    return given === 0n ? undefined : Number(ratio(got, given)) / 1e16 - 100;
  }
}

const signed = (percent: number): string => percent.toFixed(2).replace(/^-(0\.00)$/, "$1").replace(/^(?=[1-9]|0\.\d*[1-9])/, "+");

const quoteKeyOf = (draft: Draft): string => [draft.sell, draft.buy, draft.amount, draft.slippage].join(" ");

const keyOf = (draft: Draft): string => JSON.stringify(draft);

const poolFees = (quote: Quote): number => 100 - quote.hops.reduce((left, hop) => left * (1 - (hop.vault.fee ?? 0) / 1e6), 100);
