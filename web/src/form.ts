import { type GroupType, type Order, type OrderWish, Refusal } from "@orderservice/client";
import { priceText, showPrice, toPrice } from "./amounts";
import { clock } from "./clock";
import { fill, h, sentenceOf, tell } from "./dom";
import { choiceField, type Field, textField } from "./fields";
import { groupTexts, Legs } from "./legs";
import { Quoted } from "./quoted";
import { type Refused, wrongOf } from "./refused";
import type { Store } from "./store";
import { type Draft, draftOf, type Kind, kinds, localMoment, wishesOf, type Wrong } from "./wish";

const kindTexts: Readonly<Record<Kind, readonly [string, string]>> = {
  now: ["At once", "Swaps with the next tick."],
  price: ["At a price", "Waits until a watched price is reached, then swaps at what the pools pay, or at your least rate: a stop-limit."],
  trail: ["Trailing stop", "Follows the best price since it was armed, and swaps when the price has come back from it by your distance."],
  limit: ["Limit", "Waits until the pools pay at least your rate."],
  time: ["At a time", "Swaps at a moment, or in parts from a moment on. Each part is signed now."],
  call: ["By call", "Swaps when you, or a program with a key of yours, call execute."],
};
const directionTexts = { price: ["at or above", "at or below"], trail: ["risen from its lowest", "fallen from its highest"] } as const;

type Named = Exclude<keyof Draft, "kind">;

/** The form of new orders: what the service would pay is shown while it is filled in, and what is refused stands beside its field. */
export class OrderForm {
  readonly element: HTMLElement;

  readonly #fields: { readonly [K in Named]: Field };
  readonly #title = h("h2", {}, "New order");
  readonly #about = h("div", { class: "about", hidden: true });
  readonly #refused = h("p", { class: "why", role: "alert", hidden: true });
  readonly #explained = h("p", { class: "hint" });
  readonly #button = h("button", { type: "submit", class: "primary" });
  readonly #kinds = new Map<Kind, HTMLInputElement>();
  readonly #shown: readonly (readonly [HTMLElement, (draft: Draft) => boolean])[];
  readonly #start = h("div");
  readonly #quoted: Quoted;
  readonly #legs: Legs;
  readonly #group;
  #replaced: Order | undefined;
  #firesAt: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly store: Store, readonly onDraft: (draft: Draft, legs: readonly Draft[], firesAt: number | undefined) => void) {
    this.#fields = fieldsOf(store);
    this.#quoted = new Quoted(store, () => this.#draft, () => ({ type: this.#legs.type, at: this.#legs.at, drafts: this.#legs.drafts(this.#draft) }), (refused, firesAt, wrongLegs) => this.#previewed(refused, firesAt, wrongLegs));
    this.#legs = new Legs(store, (leg) => this.#show(this.#legs.choose(leg, this.#draft)));
    this.#group = choiceField("Linked orders", [["", "None: one order"], ...Object.entries(groupTexts).map(([type, [name]]) => [type, name] as const)], { name: "group" });
    this.#group.input.addEventListener("change", () => this.#show(this.#legs.begin((this.#group.input.value || undefined) as GroupType | undefined, this.#draft)));
    const row = (...names: Named[]): HTMLElement => h("div", { class: "row" }, ...names.map(this.#of));
    const is = (...of: Kind[]) => (draft: Draft): boolean => of.includes(draft.kind);
    this.#shown = [
      [row("watch", "base", "direction"), is("price", "trail")], [row("target"), is("price")], [row("distance", "unit"), is("trail")], [row("floor"), is("price", "trail")],
      [row("rate"), is("limit")], [row("parts", "every"), is("time")], [this.#of("end"), (draft) => draft.lasts !== "gtc"], [this.#of("minOut"), (draft) => draft.kind !== "limit"],
    ];
    this.element = h("form", { class: "card", novalidate: true, "aria-label": "New order", onsubmit: (event) => void this.#submit(event) },
      this.#title, this.#about, this.#group.element, this.#legs.element, this.#kindChoice(), this.#explained, row("sell", "amount", "buy"), this.#start,
      ...this.#shown.slice(0, 6).map(([element]) => element), h("div", { class: "row" }, this.#of("lasts"), this.#of("end")),
      h("details", {}, h("summary", {}, "Protection, beginning, recipient"), h("div", { class: "row" }, this.#of("minOut"), this.#of("slippage"), this.#of("band"), this.#of("start"), this.#of("recipient"))),
      this.#quoted.element, this.#refused, this.#button);
    this.element.addEventListener("input", (event) => { if (event.target !== this.#group.input) this.#edited(event.target); });
    store.onChange(() => this.#quoted.show());
    this.#choose("now");
    store.every(5_000, () => void this.#quoted.ask());
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

  /** Takes up an order that is to be placed in the stead of another. */
  replace(order: Order | undefined): void {
    this.#replaced = order;
    this.#title.textContent = order ? "Another order in its stead" : "New order";
    this.#about.hidden = !order;
    this.#group.element.hidden = order !== undefined;
    if (!order) return this.#choose(this.#draft.kind);
    this.#group.input.value = "";
    this.#legs.begin(undefined, this.#draft);
    fill(this.#about, h("p", {}, `Order ${order.uuid.slice(0, 8)} is cancelled and this one placed, both or neither.`), h("button", { type: "button", onclick: () => this.replace(undefined) }, "Leave it as it is"));
    this.#show(draftOf(order, this.store.decimals));
    this.element.scrollIntoView({ block: "start" });
    this.#fields.amount.input.focus();
  }

  get #draft(): Draft {
    const kind = kinds.find((one) => this.#kinds.get(one)?.checked) ?? "now";
    const texts = Object.fromEntries(Object.entries(this.#fields).map(([name, field]) => [name, field.input.value]));
    return { ...(texts as unknown as Omit<Draft, "kind">), kind };
  }

  #of = (name: Named): HTMLElement => this.#fields[name].element;

  #kindChoice(): HTMLElement {
    const choices = kinds.map((kind) => {
      const input = h("input", { type: "radio", name: "kind", value: kind, onchange: () => this.#choose(kind) });
      this.#kinds.set(kind, input);
      return h("label", {}, input, h("span", {}, kindTexts[kind][0]));
    });
    return h("fieldset", { class: "kinds" }, h("legend", {}, "Kind"), ...choices);
  }

  // Puts a draft into the fields.
  #show(draft: Draft): void {
    for (const [name, field] of Object.entries(this.#fields)) {
      field.input.value = draft[name as Named];
      field.refuse(undefined);
    }
    this.#choose(draft.kind, false);
  }

  #choose(kind: Kind, isNew = true): void {
    for (const [one, input] of this.#kinds) input.checked = one === kind;
    this.#explained.textContent = kindTexts[kind][1];
    const draft = this.#draft;
    if (kind === "price" && !draft.target) this.#aimAtMarket();
    if (kind === "limit" && !draft.rate) this.#fields.rate.input.value = showPrice(this.store.price(draft.sell, draft.buy) ?? 0n);
    if (kind === "trail" && isNew) this.#fields.direction.input.value = "lt";
    if (kind === "time" && !draft.start) this.#fields.start.input.value = localMoment(clock.now() + 60_000);
    if (kind !== "time" && isNew) this.#fields.start.input.value = "";
    // The beginning is what an order at a time is about, and else one more protection.
    if (kind === "time") this.#start.append(this.#of("start"));
    else this.#of("recipient").before(this.#of("start"));
    for (const [at, text] of directionTexts[kind === "trail" ? "trail" : "price"].entries()) (this.#fields.direction.input as HTMLSelectElement).options[at]!.textContent = text;
    this.#edited(undefined);
  }

  #edited(target: EventTarget | null | undefined): void {
    for (const field of Object.values(this.#fields)) if (field.input === target) field.refuse(undefined);
    if (target === this.#fields.buy.input) {
      this.#fields.watch.input.value = this.#fields.buy.input.value;
      this.#aimAtMarket();
    }
    if (target === this.#fields.sell.input || target === this.#fields.buy.input) {
      const { sell, buy } = this.#draft;
      this.#fields.rate.input.value = showPrice(this.store.price(sell, buy) ?? 0n);
    }
    if (target === this.#fields.watch.input || target === this.#fields.base.input) this.#aimAtMarket();
    const draft = this.#draft;
    for (const [element, isShown] of this.#shown) element.hidden = !isShown(draft);
    this.#button.textContent = this.#replaced ? "Sign and replace" : this.#legs.type ? "Sign and place the group" : "Sign and place";
    if (draft.kind !== "trail") this.#firesAt = undefined;
    this.#tellDraft(draft);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#quoted.ask(), 250);
  }

  #tellDraft = (draft: Draft): void => this.onDraft(draft, this.#legs.drafts(draft).filter((other) => other !== draft), this.#firesAt);

  // A target that belongs to another pair is none.
  #aimAtMarket(): void {
    const { watch, base } = this.#draft;
    this.#fields.target.input.value = showPrice(this.store.price(watch, base) ?? 0n);
  }

  // What the service would refuse is said while it is written, but where the page has said something itself.
  #previewed(refused: readonly Refused[], firesAt: number | undefined, wrongLegs: readonly number[]): void {
    const draft = this.#draft;
    this.#legs.mark(wrongLegs);
    const wrong: Wrong = Object.assign({}, ...refused.map((one) => wrongOf(one, draft)));
    for (const [name, field] of Object.entries(this.#fields)) field.foresee(wrong[name as Named]);
    this.#firesAt = firesAt;
    this.#tellDraft(draft);
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    this.#refuse(undefined, {});
    const wishes = this.#wishes();
    if (!wishes) return;
    if (!this.store.signer) return this.#refuse("Connect a wallet first: an order is signed by its owner.", {});
    this.#button.disabled = true;
    const progress = { placed: 0 };
    try {
      tell(await this.#place(wishes, progress));
    } catch (refused) {
      this.#explainRefusal(refused, progress.placed);
    } finally {
      this.#button.disabled = false;
    }
  }

  // The orders of all legs; or the first leg with something wrong comes into the form.
  #wishes(): readonly OrderWish[] | undefined {
    const drafts = this.#legs.drafts(this.#draft);
    const wishes: OrderWish[] = [];
    for (const [leg, draft] of drafts.entries()) {
      const made = wishesOf(draft, this.store.decimals);
      const isOne = this.#legs.type === undefined && !this.#replaced;
      const wrong: Wrong | undefined = "wrong" in made ? made.wrong : made.wishes.length > 1 && !isOne ? { parts: "one order only" } : undefined;
      if (wrong) {
        if (leg !== this.#legs.at && this.#legs.type) this.#show(this.#legs.choose(leg, this.#draft));
        return void this.#refuse(undefined, wrong);
      }
      if ("wishes" in made) wishes.push(...made.wishes);
    }
    return wishes;
  }

  async #place(wishes: readonly OrderWish[], progress: { placed: number }): Promise<string> {
    const { client } = this.store;
    if (this.#replaced) {
      const old = this.#replaced.uuid;
      this.store.keep(await client.replace(old, wishes[0] as OrderWish));
      void this.store.refresh(old).catch(() => undefined);
      this.replace(undefined);
      return "The order is replaced.";
    }
    if (this.#legs.type) {
      const { legs } = await client.placeGroup(this.#legs.type, wishes);
      for (const leg of legs) this.store.keep(leg);
      return `The group is placed: ${legs.length} orders.`;
    }
    const strategyId = wishes.length > 1 ? { strategyId: `page-${Date.now()}` } : {};
    for (const wish of wishes) {
      this.store.keep(await client.place({ ...wish, ...strategyId }));
      progress.placed++;
    }
    return wishes.length === 1 ? "The order is placed." : `${wishes.length} orders are placed.`;
  }

  #explainRefusal(refused: unknown, placed: number): void {
    const before = placed === 0 ? "" : `${placed} orders were placed before this: `;
    if (!(refused instanceof Refusal)) return this.#refuse(before + sentenceOf(refused), {});
    const leg = refused.details["index"];
    if (this.#legs.type && typeof leg === "number" && leg !== this.#legs.at) this.#show(this.#legs.choose(leg, this.#draft));
    const wrong = wrongOf({ code: refused.code, field: refused.field, text: refused.message }, this.#draft);
    this.#refuse(wrong ? before || undefined : before + refused.message, wrong ?? {});
  }

  #refuse(whole: string | undefined, wrong: Wrong): void {
    this.#refused.textContent = whole ?? "";
    this.#refused.hidden = whole === undefined;
    for (const [name, field] of Object.entries(this.#fields)) field.refuse(wrong[name as Named]);
    const first = Object.entries(this.#fields).find(([name]) => wrong[name as Named] !== undefined)?.[1];
    first?.element.closest("details")?.setAttribute("open", "");
    first?.input.focus();
  }
}

function fieldsOf(store: Store): { readonly [K in Named]: Field } {
  const tokens = [...store.tokens.values()];
  const sold = tokens.filter((token) => token.type === "SUBNET").map((token) => [token.contractId, token.symbol] as const);
  const all = tokens.map((token) => [token.contractId, token.symbol] as const);
  const number = { inputmode: "decimal" };
  const fields = {
    sell: choiceField("You sell", sold, { name: "sell" }),
    amount: textField("Amount", { ...number, name: "amount", value: "10" }),
    buy: choiceField("You buy", all, { name: "buy" }),
    watch: choiceField("Watched token", all, { name: "watch" }),
    base: choiceField("Priced in", [["USD", "USD"], ...all], { name: "base" }),
    direction: choiceField("When it is", [["gt", "at or above"], ["lt", "at or below"]], { name: "direction" }),
    target: textField("Target price", { ...number, name: "target" }, h("span", { class: "hint" }, "Or drag the line in the chart.")),
    distance: textField("Distance from the best", { ...number, name: "distance", value: "5" }),
    unit: choiceField("Counted in", [["percent", "% of the best"], ["price", "the price's unit"]], { name: "unit" }),
    rate: textField("At least, for each token sold", { ...number, name: "rate" }),
    floor: textField("Least rate once it has fired", { ...number, name: "floor", placeholder: "any" }, h("span", { class: "hint" }, "Of what you buy, for each token sold. It is a stop-limit then.")),
    start: textField("Not before", { type: "datetime-local", step: "1", name: "start" }),
    parts: textField("Parts", { inputmode: "numeric", name: "parts", value: "1" }),
    every: textField("Minutes between parts", { inputmode: "numeric", name: "every", value: "60" }),
    lasts: choiceField("It stays", [["gtc", "until it is cancelled"], ["gtt", "until a moment"], ["ioc", "for one try (IOC)"]], { name: "lasts" }),
    end: textField("Not after", { type: "datetime-local", step: "1", name: "end" }),
    minOut: textField("Least to be paid", { ...number, name: "minOut" }),
    slippage: textField("Slippage below the quote, %", { ...number, name: "slippage", placeholder: "1" }),
    band: textField("Price band below the market, %", { ...number, name: "band", placeholder: "5" }),
    recipient: textField("Paid to", { name: "recipient", placeholder: store.signer?.address ?? "your address" }),
  };
  const stx = tokens.find((token) => token.type === "NATIVE")?.contractId ?? "";
  fields.sell.input.value = sold.find(([, symbol]) => symbol.startsWith("sUSDT"))?.[0] ?? sold[0]?.[0] ?? "";
  [fields.buy.input.value, fields.watch.input.value] = [stx, stx];
  return fields;
}
