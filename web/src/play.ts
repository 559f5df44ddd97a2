import { priceText, show, showPrice, toBaseUnits } from "./amounts";
import { clock, spanText } from "./clock";
import { fill, h, sentenceOf, tell } from "./dom";
import { choiceField, textField } from "./fields";
import { clockText } from "./orders";
import type { Store } from "./store";

/** What only a play chain has: money for the asking, and prices and a clock that anyone may set. */
export class PlayTools {
  readonly element: HTMLElement;

  readonly #balances = h("dl", { class: "balances" });
  readonly #token;
  readonly #amount = textField("Amount", { inputmode: "decimal", value: "1000", name: "faucetAmount" });
  readonly #pinned;
  readonly #slider = h("input", { type: "range", min: "-100", max: "100", value: "0", id: "price-slider", "aria-label": "Price against now, from half to double" });
  readonly #sliderText = h("output", { for: "price-slider" });
  readonly #pace = choiceField("Time runs", [["1", "as it does"]], { name: "pace" });
  readonly #time = h("p", { class: "hint", "data-time": "" });
  #from: bigint | undefined;

  constructor(readonly store: Store, onWallet: () => void) {
    const tokens = [...store.tokens.values()];
    this.#token = choiceField("Token", tokens.map((token) => [token.contractId, token.symbol]), { name: "faucetToken" });
    this.#token.input.value = tokens.find((token) => token.type === "SUBNET")?.contractId ?? "";
    this.#pinned = choiceField("Price of", tokens.filter((token) => token.base === undefined || token.base === null).map((token) => [token.contractId, token.symbol]), { name: "pinnedToken" });
    this.element = h("section", { class: "card", "aria-label": "Play money" },
      h("h2", {}, "Play money"), h("p", { class: "hint" }, "This service swaps on a play chain: nothing here is worth anything. A key that this browser made signs for you."), this.#balances,
      h("form", { class: "row", onsubmit: (event) => void this.#give(event) }, this.#token.element, this.#amount.element, h("button", { type: "submit" }, "Get play money")),
      h("div", { class: "actions" }, h("button", { type: "button", onclick: onWallet }, "Use my wallet instead")),
      h("h3", {}, "Move the market"),
      h("div", { class: "row" }, this.#pinned.element, h("div", { class: "field" }, this.#slider, this.#sliderText)),
      h("div", { class: "actions" }, h("button", { type: "button", onclick: () => void this.#release() }, "Let it walk again")),
      h("h3", {}, "Let time run faster"), h("div", { class: "row" }, this.#pace.element), this.#time);
    for (const pace of [10, 60, 600, clock.paceMax].filter((one, at, all) => one > 1 && one <= clock.paceMax && all.indexOf(one) === at)) {
      this.#pace.input.append(h("option", { value: String(pace) }, `${pace} times as fast`));
    }
    this.#pace.input.value = String(clock.next && clock.pace === 1 ? clock.next.pace : clock.pace);
    this.#pace.input.addEventListener("change", () => void this.#hurry());
    store.onChange(() => this.#showTime());
    this.#showTime();
    this.#slider.addEventListener("input", () => this.#slide());
    this.#slider.addEventListener("change", () => void this.#pin());
    this.#pinned.input.addEventListener("change", () => this.#recentre());
    store.onChange(() => this.#showPrice());
    this.#recentre();
    void this.askBalances();
    store.every(3_000, () => void this.askBalances());
  }

  /** Asks what the wallet holds. */
  async askBalances(): Promise<void> {
    const { signer } = this.store;
    if (!signer) return;
    const response = await fetch(`/simulator/accounts/${signer.address}`, { cache: "no-store" }).catch(() => undefined);
    if (!response?.ok) return;
    const { balances } = (await response.json()) as { readonly balances: readonly { readonly symbol: string; readonly decimals: number; readonly amount: string }[] };
    const rows = balances.flatMap((held) => [h("dt", {}, held.symbol), h("dd", {}, show(held.amount, held.decimals))]);
    fill(this.#balances, ...(rows.length > 0 ? rows : [h("dt", {}, "Nothing yet"), h("dd", {}, "ask below")]));
  }

  async #give(event: Event): Promise<void> {
    event.preventDefault();
    const token = this.#token.input.value;
    const amount = toBaseUnits(this.#amount.input.value, this.store.decimals(token));
    if (amount === undefined || amount === 0n) return this.#amount.refuse("an amount above 0");
    if (!this.store.signer) return this.#amount.refuse("connect a wallet first");
    this.#amount.refuse(undefined);
    const refused = await post("/simulator/faucet", { address: this.store.signer.address, token, amount: amount.toString() });
    if (refused !== undefined) return this.#amount.refuse(refused);
    tell(`You were given ${show(amount, this.store.decimals(token))} ${this.store.symbol(token)}.`);
    await this.askBalances();
  }

  #recentre(): void {
    this.#from = this.store.usd(this.#pinned.input.value);
    this.#slider.value = "0";
    this.#showPrice();
  }

  // From half to double, on a scale on which both are as far away.
  #wanted = (): bigint | undefined => {
    const factor = BigInt(Math.round(2 ** (Number(this.#slider.value) / 100) * 1e6));
    return this.#from === undefined ? undefined : (this.#from * factor) / 1_000_000n;
  };

  #slide(): void {
    this.#from ??= this.store.usd(this.#pinned.input.value);
    const wanted = this.#wanted();
    this.#sliderText.textContent = wanted === undefined ? "" : `to ${showPrice(wanted)} USD`;
  }

  #showPrice(): void {
    const now = this.store.usd(this.#pinned.input.value);
    if (this.#slider.value === "0") this.#sliderText.textContent = now === undefined ? "no price" : `${showPrice(now)} USD now`;
  }

  async #pin(): Promise<void> {
    const wanted = this.#wanted();
    if (wanted === undefined) return;
    const shown = priceText(wanted).replace(/^(\d+\.\d{8}).*$/, "$1");
    const refused = await post("/simulator/prices", { token: this.#pinned.input.value, usd: shown });
    tell(refused ?? `${this.store.symbol(this.#pinned.input.value)} is held at ${showPrice(shown)} USD.`, refused !== undefined);
  }

  // Whoever set it and whenever it ends, the choice says how fast time runs, but while somebody chooses.
  #showTime(): void {
    const { pace, next } = clock;
    const soon = next && pace === 1 ? `; ${next.pace} times as fast in ${spanText(next.inMs)}` : "";
    const ends = next && pace > 1 ? `; ${next.pace === 1 ? "as it does" : `${next.pace} times as fast`} again in ${spanText(next.inMs)}` : "";
    this.#time.textContent = `It is ${clockText(new Date(clock.now()).toISOString())} for every order here${soon}${ends}. What has gone by does not come back: it stays ${clock.ahead < 1_000 ? "as it is" : `${spanText(clock.ahead)} ahead`}.`;
    if (document.activeElement !== this.#pace.input) this.#pace.input.value = String(next && pace === 1 ? next.pace : pace);
  }

  async #hurry(): Promise<void> {
    const pace = Number(this.#pace.input.value);
    const refused = await post("/simulator/clock", { pace });
    this.#pace.refuse(refused);
    if (refused === undefined) tell(pace === 1 ? "Time runs as it does again." : `In three seconds time runs ${pace} times as fast.`);
    this.#pace.input.blur();
    await this.store.askClock();
  }

  async #release(): Promise<void> {
    const refused = await post("/simulator/prices", { token: this.#pinned.input.value, usd: null });
    tell(refused ?? `${this.store.symbol(this.#pinned.input.value)} walks again.`, refused !== undefined);
    this.#recentre();
  }
}

// Why it was refused, or nothing.
export async function post(path: string, body: unknown): Promise<string | undefined> {
  try {
    const response = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    return response.ok ? undefined : (((await response.json()) as { readonly error?: string }).error ?? `the service answered ${response.status}`);
  } catch (lost) {
    return sentenceOf(lost);
  }
}
