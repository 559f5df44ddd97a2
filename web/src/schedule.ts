import { type Account, newUuid, Refusal } from "@orderservice/client";
import { show, showPrice, toBaseUnits, toPrice } from "./amounts";
import { clock, spanText } from "./clock";
import { fill, h, sentenceOf, tell } from "./dom";
import { choiceField, type Field, textField } from "./fields";
import { clockText } from "./orders";
import type { Store } from "./store";

const kinds = [["dca", "the same again and again (DCA)"], ["TWAP", "evenly (TWAP)"], ["VWAP", "as the market trades (VWAP)"], ["IS", "early (implementation shortfall)"], ["Target Time", "around the middle (target time)"]] as const;
const periods = { minute: 60, hour: 3_600, day: 86_400, week: 604_800 } as const;

type Named = "account" | "kind" | "sell" | "buy" | "amount" | "times" | "every" | "period" | "minutes" | "least" | "most";

// Which field a refusal of the two APIs is about: by its name, by its code, or by the name in its sentence.
const about: readonly (readonly [Named, RegExp])[] = [
  ["account", /fromWalletAddress|accounts|_account/], ["sell", /fromTokenAddress|not_sellable|unsupported_token/], ["buy", /toTokenAddress|same_token|pair/],
  ["amount", /fromTokenAmount|sell_token_amount|insufficient_balance|amount_out_of_range/], ["times", /numberOfOrders/], ["every", /interval/], ["minutes", /duration/],
  ["least", /minRate|limit_price/], ["most", /maxRate/],
];

/** The form of what sells over time from an account that the service holds: in parts at an interval, or along a curve. */
export class ScheduleForm {
  readonly element: HTMLElement;

  readonly #fields: { readonly [K in Named]: Field };
  readonly #rows = h("dl", { "aria-live": "polite" });
  readonly #refused = h("p", { class: "why", role: "alert", hidden: true });
  readonly #button = h("button", { type: "submit" }, "Start the schedule");
  #accounts: readonly Account[] = [];
  #key: { readonly key: string; readonly until: number } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: AbortController | undefined;

  constructor(readonly store: Store, readonly onStarted: () => void) {
    const tokens = [...store.tokens.values()].map((token) => [token.contractId, token.symbol] as const);
    const number = { inputmode: "decimal" };
    this.#fields = {
      account: choiceField("From", [["", "no account yet: open one below"]], { name: "scheduleAccount" }),
      kind: choiceField("It sells", kinds, { name: "scheduleKind" }),
      sell: choiceField("What goes", tokens, { name: "scheduleSell" }), buy: choiceField("What comes", tokens, { name: "scheduleBuy" }),
      amount: textField("Sold in all", { ...number, name: "scheduleAmount", value: "30" }),
      times: textField("How many times", { inputmode: "numeric", name: "scheduleTimes", value: "3" }),
      every: textField("Once every", { inputmode: "numeric", name: "scheduleEvery", value: "1" }), period: choiceField("of", Object.keys(periods).map((name) => [name, name] as const), { name: "schedulePeriod" }),
      minutes: textField("Over how many minutes", { inputmode: "numeric", name: "scheduleMinutes", value: "60" }),
      least: textField("No worse than", { ...number, name: "scheduleLeast", placeholder: "any rate" }, h("span", { class: "hint" }, "Of what comes, for each that goes.")),
      most: textField("No better than", { ...number, name: "scheduleMost", placeholder: "any rate" }),
    };
    const of = (...names: Named[]): HTMLElement[] => names.map((name) => this.#fields[name].element);
    this.#fields.sell.input.value = [...store.tokens.values()].find((token) => token.type === "SUBNET" && token.symbol.startsWith("sUSDT"))?.contractId ?? "";
    this.#fields.buy.input.value = [...store.tokens.values()].find((token) => token.type === "NATIVE")?.contractId ?? "";
    this.#fields.period.input.value = "hour";
    this.element = h("section", { class: "card", "aria-label": "Sell over time" }, h("details", {}, h("summary", {}, "Sell over time"),
      h("form", { novalidate: true, "aria-label": "New schedule", onsubmit: (event) => void this.#start(event) },
        h("p", { class: "hint" }, "Schedules and curves sell from an account whose key the service holds. Starting one makes an API key for this page, which your wallet signs once and which ends within the hour."),
        h("div", { class: "row" }, ...of("account", "kind")), h("div", { class: "row" }, ...of("sell", "amount", "buy")),
        h("div", { class: "row" }, ...of("times", "every", "period", "minutes")), h("div", { class: "row" }, ...of("least", "most")), this.#rows, this.#refused, this.#button)));
    this.element.addEventListener("input", (event) => this.#edited(event.target));
    this.#edited(undefined);
  }

  /** The accounts that it can sell from. */
  take(accounts: readonly Account[]): void {
    this.#accounts = accounts;
    const { input } = this.#fields.account;
    const chosen = input.value;
    fill(input, ...(accounts.length === 0 ? [h("option", { value: "" }, "no account yet: open one below")] : accounts.map((one) => h("option", { value: one.id }, one.name))));
    if (accounts.some((one) => one.id === chosen)) input.value = chosen;
    this.#edited(undefined);
  }

  #text = (name: Named): string => this.#fields[name].input.value.trim();

  get #isDca(): boolean {
    return this.#text("kind") === "dca";
  }

  #edited(target: EventTarget | null | undefined): void {
    for (const field of Object.values(this.#fields)) if (field.input === target) field.refuse(undefined);
    for (const name of ["times", "every", "period", "most"] as const) this.#fields[name].element.hidden = !this.#isDca;
    this.#fields.minutes.element.hidden = this.#isDca;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#preview(), 250);
  }

  // What is wrong with it as far as the page can tell.
  #wrong(): Partial<Record<Named, string>> {
    const wrong: Partial<Record<Named, string>> = {};
    const isCount = (text: string): boolean => /^[1-9]\d{0,5}$/.test(text);
    if (!this.#account) wrong.account = "open an account first, or show those that you have";
    const amount = toBaseUnits(this.#text("amount"), this.store.decimals(this.#text("sell")));
    if (amount === undefined || amount === 0n) wrong.amount = `an amount above 0 with at most ${this.store.decimals(this.#text("sell"))} digits behind the point`;
    if (this.#text("sell") === this.#text("buy")) wrong.buy = "another token than what goes";
    for (const name of this.#isDca ? (["times", "every"] as const) : (["minutes"] as const)) if (!isCount(this.#text(name))) wrong[name] = "a whole number above 0";
    for (const name of this.#isDca ? (["least", "most"] as const) : (["least"] as const)) if (this.#text(name) && !toPrice(this.#text(name))) wrong[name] = "a rate above 0";
    return wrong;
  }

  get #account(): Account | undefined {
    return this.#accounts.find((one) => one.id === this.#text("account"));
  }

  async #preview(): Promise<void> {
    this.#asked?.abort();
    const asked = (this.#asked = new AbortController());
    const rows: (readonly [string, string])[] = [];
    const [sell, buy, wrong] = [this.#text("sell"), this.#text("buy"), this.#wrong()];
    const held = this.#account?.balances?.find((one) => one.token === sell);
    if (this.#account) rows.push(["The account has", `${held ? show(held.available, held.decimals) : "0"} ${this.store.symbol(sell)} free`]);
    const amount = toBaseUnits(this.#text("amount"), this.store.decimals(sell)) ?? 0n;
    if (amount > 0n && !wrong.buy && !wrong.times && !wrong.every && !wrong.minutes) {
      const times = this.#isDca ? BigInt(this.#text("times")) : 1n;
      const lasts = this.#isDca ? (Number(times) - 1) * Number(this.#text("every")) * periods[this.#text("period") as keyof typeof periods] : Number(this.#text("minutes")) * 60;
      const part = amount / times;
      try {
        const quote = part === 0n ? undefined : await this.store.client.quote({ tokenIn: sell, tokenOut: buy, amount: part.toString(), slippageBps: 100 }, asked.signal);
        if (quote) rows.push([this.#isDca ? "Each time, as of now" : "All of it, as of now", `${show(part.toString(), this.store.decimals(sell))} ${this.store.symbol(sell)} → ${show(String(quote.amountOut), this.store.decimals(buy))} ${this.store.symbol(buy)}`]);
      } catch (refused) {
        rows.push(["No quote", sentenceOf(refused)]);
      }
      const market = this.store.price(sell, buy);
      if (market !== undefined) rows.push(["The market's rate", `${showPrice(market)} ${this.store.symbol(buy)} for each ${this.store.symbol(sell)}`]);
      rows.push(["It ends", `in ${spanText(lasts * 1000)}, ${clockText(new Date(clock.now() + lasts * 1000).toISOString())}`]);
    }
    if (!asked.signal.aborted) fill(this.#rows, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
  }

  async #start(event: Event): Promise<void> {
    event.preventDefault();
    this.#refuse({});
    if (!this.store.signer) return this.#refuse({}, "Connect a wallet first.");
    const wrong = this.#wrong();
    if (Object.keys(wrong).length > 0) return this.#refuse(wrong);
    this.#button.disabled = true;
    try {
      await (this.#isDca ? this.#startParts() : this.#startCurve());
      tell("The schedule runs.");
      this.onStarted();
    } catch (refused) {
      const said = refused instanceof Refusal ? `${refused.field ?? ""} ${refused.code} ${refused.message}` : "";
      const named = about.find(([, word]) => word.test(said))?.[0];
      if (named) this.#refuse({ [named]: sentenceOf(refused) });
      else this.#refuse({}, sentenceOf(refused));
    } finally {
      this.#button.disabled = false;
    }
  }

  async #startParts(): Promise<void> {
    const rates = { ...(this.#text("least") ? { minRateToTokenPerFromToken: this.#text("least") } : {}), ...(this.#text("most") ? { maxRateToTokenPerFromToken: this.#text("most") } : {}) };
    await this.#post("/dca/v1/createOrder", { "x-api-key": await this.#apiKey() }, {
      chainId: String(this.store.network.chainId), toWalletAddress: this.store.signer?.address, fromWalletAddress: this.#account?.address, fromTokenAddress: this.#text("sell"), toTokenAddress: this.#text("buy"),
      fromTokenAmount: { value: this.#text("amount"), type: "total" }, interval: { value: this.#text("every"), timePeriod: this.#text("period") }, numberOfOrders: Number(this.#text("times")), ...rates,
    });
  }

  async #startCurve(): Promise<void> {
    await this.#post("/api/orders/", { authorization: `Token ${await this.#apiKey()}` }, {
      pair: `${this.store.symbol(this.#text("sell"))}-${this.store.symbol(this.#text("buy"))}`, side: "sell", accounts: [this.#account?.name], strategy: this.#text("kind"),
      duration: Number(this.#text("minutes")) * 60, sell_token_amount: this.#text("amount"), ...(this.#text("least") ? { limit_price: this.#text("least") } : {}),
    });
  }

  async #post(path: string, headers: Readonly<Record<string, string>>, body: unknown): Promise<void> {
    const response = await fetch(path, { method: "POST", headers: { "content-type": "application/json", accept: "application/problem+json", "idempotency-key": newUuid(), ...headers }, body: JSON.stringify(body) });
    if (!response.ok) throw await Refusal.of(response);
  }

  // Kept in this page only, and made anew before it ends.
  async #apiKey(): Promise<string> {
    if (this.#key && this.#key.until > Date.now() + 60_000) return this.#key.key;
    const until = Date.now() + 3_600_000;
    const { apiKey } = await this.store.client.createApiKey(`page ${newUuid()}`, ["create", "trade"], new Date(until));
    this.#key = { key: apiKey, until };
    return apiKey;
  }

  #refuse(wrong: Partial<Record<Named, string>>, whole?: string): void {
    this.#refused.textContent = whole ?? "";
    this.#refused.hidden = whole === undefined;
    for (const [name, field] of Object.entries(this.#fields)) field.refuse(wrong[name as Named]);
    Object.entries(this.#fields).find(([name]) => wrong[name as Named] !== undefined)?.[1].input.focus();
  }
}
