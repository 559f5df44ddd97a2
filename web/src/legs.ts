import type { GroupType } from "@orderservice/client";
import { atRate, priceText, showPrice, toBaseUnits, toPrice, toWhole } from "./amounts";
import { fill, h } from "./dom";
import type { Store } from "./store";
import type { Draft } from "./wish";

/** What orders can be to each other. */
export const groupTexts: Readonly<Record<GroupType, readonly [name: string, means: string, ...legs: string[]]>> = {
  oco: ["One cancels the other", "Two orders, such as a take-profit and a stop-loss: when one is swapped, the other is cancelled.", "One", "The other"],
  oto: ["One, then the other", "The second waits until the first is swapped. What it sells is fixed now, when it is signed.", "First", "Then"],
  bracket: ["Bracket", "An entry; once it is swapped, two exits of which one is swapped at most. What they sell is fixed now.", "Entry", "Take profit", "Stop loss"],
};

/** The legs of a group that is being written: one is in the form, the others wait here. */
export class Legs {
  readonly element = h("div", { class: "actions legs", role: "group", "aria-label": "Legs of the group", hidden: true });

  type: GroupType | undefined;
  at = 0;
  #drafts: Draft[] = [];

  constructor(readonly store: Store, readonly onChoose: (leg: number) => void) {}

  /** The drafts, the one in the form as it is there now. */
  drafts = (inForm: Draft): readonly Draft[] => (this.type === undefined ? [inForm] : this.#drafts.map((draft, at) => (at === this.at ? inForm : draft)));

  /** Begins a group with the order that is in the form; the others are proposed from it. Without a type there is none any more. */
  begin(type: GroupType | undefined, first: Draft): Draft {
    [this.type, this.at] = [type, 0];
    this.#drafts = type === undefined ? [] : this.#proposals(type, first);
    this.#draw();
    return this.#drafts[0] ?? first;
  }

  /** Marks the legs that would be refused. */
  mark(wrong: readonly number[]): void {
    for (const [leg, button] of [...this.element.children].entries()) button.classList.toggle("wrong", wrong.includes(leg));
    this.element.title = wrong.length === 0 ? "" : `Would be refused: ${wrong.map((leg) => leg + 1).join(", ")}`;
  }

  /** Puts another leg into the form, and keeps the one that was there. */
  choose(leg: number, inForm: Draft): Draft {
    this.#drafts[this.at] = inForm;
    this.at = leg;
    this.#draw();
    return this.#drafts[leg] ?? inForm;
  }

  #draw(): void {
    this.element.hidden = this.type === undefined;
    if (this.type === undefined) return;
    const [, , ...names] = groupTexts[this.type];
    fill(this.element, ...names.map((name, leg) => h("button", { type: "button", "aria-pressed": String(leg === this.at), onclick: () => this.onChoose(leg) }, `${leg + 1}. ${name}`)));
  }

  #proposals(type: GroupType, first: Draft): Draft[] {
    if (type === "oco") return [this.#exit(first, "gt"), this.#exit(first, "lt")];
    const entry = { ...first, buy: this.#sellable(first.buy, first.sell) ?? first.buy };
    const back = this.#back(entry);
    return type === "oto" ? [entry, this.#exit(back, "gt")] : [entry, this.#exit(back, "gt"), this.#exit(back, "lt")];
  }

  // What can be sold again: the token itself, or the subnet token that wraps it.
  #sellable(token: string, not: string): string | undefined {
    if (this.store.token(token)?.type === "SUBNET") return token;
    return [...this.store.tokens.values()].find((one) => one.type === "SUBNET" && one.base === token && one.contractId !== not)?.contractId;
  }

  // A tenth above or below what the market says now.
  #exit(draft: Draft, direction: "gt" | "lt"): Draft {
    const now = this.store.price(draft.watch, draft.base) ?? 0n;
    return { ...draft, kind: "price", direction, floor: "", target: now === 0n ? "" : showPrice(priceText((now * (direction === "gt" ? 11n : 9n)) / 10n)) };
  }

  // Sells what the entry buys, for what that sold.
  #back(entry: Draft): Draft {
    const watch = this.store.token(entry.buy)?.base ?? entry.buy;
    return { ...entry, sell: entry.buy, buy: entry.sell, watch, base: "USD", amount: this.#leastBought(entry), minOut: "", floor: "", recipient: "" };
  }

  // The least that is certain: at its own rate, or a hundredth below the market.
  #leastBought(draft: Draft): string {
    const [sold, bought] = [this.store.decimals(draft.sell), this.store.decimals(draft.buy)];
    const least = toBaseUnits(draft.minOut, bought);
    if (draft.minOut.trim() && least !== undefined) return toWhole(least, bought);
    const market = ((this.store.price(draft.sell, draft.buy) ?? 0n) * 99n) / 100n;
    const rate = toPrice(draft.kind === "limit" ? draft.rate : draft.floor) ?? market;
    const amount = toBaseUnits(draft.amount, sold) ?? 0n;
    return toWhole(atRate(amount, sold, rate, bought), bought);
  }
}
