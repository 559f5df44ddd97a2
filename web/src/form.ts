import { type Quote, Refusal } from "@orderservice/client";
import { priceText, ratio, show, showPrice, toBaseUnits, toPrice } from "./amounts";
import { fill, h, sentenceOf, tell } from "./dom";
import { choiceField, type Field, textField } from "./fields";
import type { Store } from "./store";
import { type Draft, type Kind, kinds, wishesOf, type Wrong } from "./wish";

const kindTexts: Readonly<Record<Kind, readonly [string, string]>> = {
  now: ["At once", "Swaps with the next tick."],
  price: ["At a price", "Waits until a watched price is reached, then swaps at what the pools pay."],
  limit: ["Limit", "Waits until the pools pay at least your rate."],
  time: ["At a time", "Swaps at a moment, or in parts from a moment on. Each part is signed now."],
  call: ["By call", "Swaps when you, or a program with a key of yours, call execute."],
};

// Which field of the form a refusal is about.
const fieldsOfWire: Readonly<Record<string, keyof Draft>> = {
  inputToken: "sell", outputToken: "buy", amountIn: "amount", conditionToken: "watch", baseAsset: "base", direction: "direction", targetPrice: "target", minAmountOut: "minOut",
  slippageBps: "slippage", maxDeviationBps: "band", validFrom: "start", validTo: "end", recipient: "recipient", tokenIn: "sell", tokenOut: "buy", amount: "amount",
};
const fieldsOfCode: Readonly<Record<string, keyof Draft>> = {
  same_token: "buy", not_a_subnet_token: "sell", recipient_is_venue: "recipient", recipient_is_token: "recipient", price_out_of_range: "target", target_price_zero: "target",
  valid_to_in_past: "end", amount_out_of_range: "amount", no_route: "buy", unprotected_output: "buy",
};

/** The form of a new order: what the service would pay is shown while it is filled in, and what is refused stands beside its field. */
export class OrderForm {
  readonly element: HTMLElement;

  readonly #fields: { readonly [K in Exclude<keyof Draft, "kind">]: Field };
  readonly #quoted = h("dl", { class: "quoted", "aria-live": "polite" });
  readonly #refused = h("p", { class: "why", role: "alert", hidden: true });
  readonly #explained = h("p", { class: "hint" });
  readonly #button = h("button", { type: "submit", class: "primary" }, "Sign and place");
  readonly #kinds = new Map<Kind, HTMLInputElement>();
  readonly #ofKind: Readonly<Record<Kind, HTMLElement>>;
  #asked: AbortController | undefined;
  #quote: { readonly of: string; readonly got: Quote } | undefined;
  #noQuote: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly store: Store, readonly onDraft: (draft: Draft) => void) {
    const tokens = [...store.tokens.values()];
    const sold = tokens.filter((token) => token.type === "SUBNET").map((token) => [token.contractId, token.symbol] as const);
    const all = tokens.map((token) => [token.contractId, token.symbol] as const);
    const number = { inputmode: "decimal" };
    const stx = tokens.find((token) => token.type === "NATIVE")?.contractId ?? "";
    this.#fields = {
      sell: choiceField("You sell", sold, { name: "sell" }),
      amount: textField("Amount", { ...number, name: "amount", value: "10" }),
      buy: choiceField("You buy", all, { name: "buy" }),
      watch: choiceField("Watched token", all, { name: "watch" }),
      base: choiceField("Priced in", [["USD", "USD"], ...all], { name: "base" }),
      direction: choiceField("When it is", [["gt", "at or above"], ["lt", "at or below"]], { name: "direction" }),
      target: textField("Target price", { ...number, name: "target" }, h("span", { class: "hint" }, "Or drag the line in the chart.")),
      rate: textField("At least, for each token sold", { ...number, name: "rate" }),
      start: textField("Not before", { type: "datetime-local", step: "1", name: "start" }),
      parts: textField("Parts", { inputmode: "numeric", name: "parts", value: "1" }),
      every: textField("Minutes between parts", { inputmode: "numeric", name: "every", value: "60" }),
      minOut: textField("Least to be paid", { ...number, name: "minOut" }),
      slippage: textField("Slippage below the quote, %", { ...number, name: "slippage", placeholder: "1" }),
      band: textField("Price band below the market, %", { ...number, name: "band", placeholder: "5" }),
      end: textField("Not after", { type: "datetime-local", step: "1", name: "end" }),
      recipient: textField("Paid to", { name: "recipient", placeholder: store.signer?.address ?? "your address" }),
    };
    this.#fields.sell.input.value = sold.find(([, symbol]) => symbol.startsWith("sUSDT"))?.[0] ?? sold[0]?.[0] ?? "";
    [this.#fields.buy.input.value, this.#fields.watch.input.value] = [stx, stx];
    this.#ofKind = {
      now: h("div"),
      price: h("div", { class: "row" }, this.#of("watch"), this.#of("base"), this.#of("direction"), this.#of("target")),
      limit: h("div", { class: "row" }, this.#of("rate")),
      time: h("div", { class: "row" }, this.#of("start"), this.#of("parts"), this.#of("every")),
      call: h("div"),
    };
    this.element = h("form", { class: "card", novalidate: true, "aria-label": "New order", onsubmit: (event) => void this.#submit(event) },
      h("h2", {}, "New order"),
      this.#kindChoice(), this.#explained,
      h("div", { class: "row" }, this.#of("sell"), this.#of("amount"), this.#of("buy")),
      ...Object.values(this.#ofKind),
      h("details", {}, h("summary", {}, "Protection, expiry, recipient"),
        h("div", { class: "row" }, this.#of("minOut"), this.#of("slippage"), this.#of("band"), this.#of("end"), this.#of("recipient"))),
      this.#quoted, this.#refused, this.#button);
    this.element.addEventListener("input", (event) => this.#edited(event.target));
    store.onChange(() => this.#showQuote());
    this.#choose("now");
    store.every(5_000, () => void this.#askQuote());
  }

  /** Sets the target, as the chart does. */
  aim(price: number): void {
    const text = priceText(toPrice(price.toFixed(price < 1 ? 8 : 4)) ?? 0n);
    this.#fields.target.input.value = text;
    if (this.#draft.kind !== "price") {
      const now = this.store.usd(this.#fields.watch.input.value);
      this.#fields.direction.input.value = now !== undefined && (toPrice(text) ?? 0n) < now ? "lt" : "gt";
      this.#choose("price");
    }
    this.#edited(this.#fields.target.input);
  }

  get #draft(): Draft {
    const kind = kinds.find((one) => this.#kinds.get(one)?.checked) ?? "now";
    const texts = Object.fromEntries(Object.entries(this.#fields).map(([name, field]) => [name, field.input.value]));
    return { ...(texts as unknown as Omit<Draft, "kind">), kind };
  }

  #of = (name: Exclude<keyof Draft, "kind">): HTMLElement => this.#fields[name].element;

  #kindChoice(): HTMLElement {
    const choices = kinds.map((kind) => {
      const input = h("input", { type: "radio", name: "kind", value: kind, onchange: () => this.#choose(kind) });
      this.#kinds.set(kind, input);
      return h("label", {}, input, h("span", {}, kindTexts[kind][0]));
    });
    return h("fieldset", { class: "kinds" }, h("legend", {}, "Kind"), ...choices);
  }

  #choose(kind: Kind): void {
    for (const [one, input] of this.#kinds) input.checked = one === kind;
    for (const [one, element] of Object.entries(this.#ofKind)) element.hidden = one !== kind;
    this.#fields.minOut.element.hidden = kind === "limit";
    this.#explained.textContent = kindTexts[kind][1];
    const draft = this.#draft;
    if (kind === "price" && !draft.target) this.#aimAtMarket();
    if (kind === "limit" && !draft.rate) this.#fields.rate.input.value = showPrice(this.store.price(draft.sell, draft.buy) ?? 0n);
    if (kind === "time" && !draft.start) this.#fields.start.input.value = localMoment(Date.now() + 60_000);
    this.#edited(undefined);
  }

  #edited(target: EventTarget | null | undefined): void {
    for (const field of Object.values(this.#fields)) if (field.input === target) field.refuse(undefined);
    if (target === this.#fields.buy.input) {
      this.#fields.watch.input.value = this.#fields.buy.input.value;
      this.#aimAtMarket();
    }
    if (target === this.#fields.sell.input || target === this.#fields.buy.input) {
      const draft = this.#draft;
      this.#fields.rate.input.value = showPrice(this.store.price(draft.sell, draft.buy) ?? 0n);
    }
    if (target === this.#fields.watch.input || target === this.#fields.base.input) this.#aimAtMarket();
    this.onDraft(this.#draft);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#askQuote(), 250);
  }

  // A target that belongs to another pair is none.
  #aimAtMarket(): void {
    const { watch, base } = this.#draft;
    this.#fields.target.input.value = showPrice(this.store.price(watch, base) ?? 0n);
  }

  async #askQuote(): Promise<void> {
    const draft = this.#draft;
    const amount = toBaseUnits(draft.amount, this.store.decimals(draft.sell));
    this.#asked?.abort();
    if (amount === undefined || amount === 0n || draft.sell === draft.buy) return this.#quoteIs(undefined, undefined);
    const asked = (this.#asked = new AbortController());
    const slippageBps = Number(toBaseUnits(draft.slippage, 2) ?? 100n) || 100;
    try {
      const got = await this.store.client.quote({ tokenIn: draft.sell, tokenOut: draft.buy, amount: amount.toString(), slippageBps: Math.min(slippageBps, 10_000) }, asked.signal);
      this.#quoteIs({ of: keyOf(draft), got }, undefined);
    } catch (refused) {
      if (!asked.signal.aborted) this.#quoteIs(undefined, sentenceOf(refused));
    }
  }

  #quoteIs(quote: { readonly of: string; readonly got: Quote } | undefined, why: string | undefined): void {
    [this.#quote, this.#noQuote] = [quote, why];
    this.#showQuote();
  }

  #showQuote(): void {
    const draft = this.#draft;
    const rows: [string, string, string?][] = [];
    const quote = this.#quote?.of === keyOf(draft) ? this.#quote.got : undefined;
    if (quote) {
      const symbol = this.store.symbol(draft.buy);
      const decimals = this.store.decimals(draft.buy);
      rows.push(["You get about", `${show(String(quote.amountOut), decimals)} ${symbol}`], ["At least", `${show(String(quote.minimumReceived), decimals)} ${symbol}`]);
      rows.push(["Way", quote.path.map((token) => token.symbol).join(" → ")], ["Pool fees", `${poolFees(quote).toFixed(3)} %`]);
      const off = this.#offMarket(draft, quote);
      if (off !== undefined) rows.push(["Against the market", `${signed(off)} %`, off < -5 ? "bad" : undefined] as [string, string, string?]);
    } else if (this.#noQuote !== undefined) {
      rows.push(["No quote", this.#noQuote, "bad"]);
    }
    if (draft.kind === "price") rows.push(...this.#wouldTrigger(draft));
    fill(this.#quoted, ...rows.flatMap(([name, value, kind]) => [h("dt", {}, name), h("dd", { class: kind }, value)]));
  }

  #wouldTrigger(draft: Draft): [string, string, string?][] {
    const [now, target] = [this.store.price(draft.watch, draft.base), toPrice(draft.target)];
    if (now === undefined || target === undefined) return [["Would it trigger now?", "the price is not known"]];
    const isDue = draft.direction === "gt" ? now >= target : now <= target;
    return [["Would it trigger now?", `${isDue ? "Yes" : "No"}: ${this.store.symbol(draft.watch)} is ${showPrice(now)} ${this.store.symbol(draft.base)}`, isDue ? "warn" : undefined] as [string, string, string?]];
  }

  // In per cent of what the believed prices say.
  #offMarket(draft: Draft, quote: Quote): number | undefined {
    const [sold, bought] = [this.store.usd(draft.sell), this.store.usd(draft.buy)];
    if (sold === undefined || bought === undefined) return undefined;
    const given = BigInt(String(quote.amountIn)) * sold * 10n ** BigInt(this.store.decimals(draft.buy));
    const got = BigInt(String(quote.amountOut)) * bought * 10n ** BigInt(this.store.decimals(draft.sell));
    return given === 0n ? undefined : Number(ratio(got, given)) / 1e16 - 100;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    this.#refuse(undefined, {});
    const made = wishesOf(this.#draft, this.store.decimals);
    if ("wrong" in made) return this.#refuse(undefined, made.wrong);
    if (!this.store.signer) return this.#refuse("Connect a wallet first: an order is signed by its owner.", {});
    this.#button.disabled = true;
    let placed = 0;
    try {
      const strategyId = made.wishes.length > 1 ? { strategyId: `page-${Date.now()}` } : {};
      for (const wish of made.wishes) {
        this.store.keep(await this.store.client.place({ ...wish, ...strategyId }));
        placed++;
      }
      tell(placed === 1 ? "The order is placed." : `${placed} orders are placed.`);
    } catch (refused) {
      this.#explainRefusal(refused, placed);
    } finally {
      this.#button.disabled = false;
    }
  }

  #explainRefusal(refused: unknown, placed: number): void {
    const before = placed === 0 ? "" : `${placed} orders were placed before this: `;
    if (!(refused instanceof Refusal)) return this.#refuse(before + sentenceOf(refused), {});
    const field = fieldsOfWire[refused.field ?? ""] ?? fieldsOfCode[refused.code];
    if (!field) return this.#refuse(before + refused.message, {});
    this.#refuse(placed === 0 ? undefined : before, { [field === "minOut" && this.#draft.kind === "limit" ? "rate" : field]: refused.message });
  }

  #refuse(whole: string | undefined, wrong: Wrong): void {
    this.#refused.textContent = whole ?? "";
    this.#refused.hidden = whole === undefined;
    for (const [name, field] of Object.entries(this.#fields)) field.refuse(wrong[name as keyof Draft]);
    const first = Object.entries(this.#fields).find(([name]) => wrong[name as keyof Draft] !== undefined)?.[1];
    first?.element.closest("details")?.setAttribute("open", "");
    first?.input.focus();
  }
}

const signed = (percent: number): string => percent.toFixed(2).replace(/^-(0\.00)$/, "$1").replace(/^(?=[1-9]|0\.\d*[1-9])/, "+");

const keyOf = (draft: Draft): string => [draft.sell, draft.buy, draft.amount, draft.slippage].join(" ");

const poolFees = (quote: Quote): number => 100 - quote.hops.reduce((left, hop) => left * (1 - (hop.vault.fee ?? 0) / 1e6), 100);

// As a field of day and time has it: in the zone of whoever looks.
const localMoment = (at: number): string => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
