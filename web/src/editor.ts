import { type Changes, type Order, Refusal, type Revised } from "@orderservice/client";
import { toBaseUnits, toPrice, toWhole } from "./amounts";
import { fill, h, sentenceOf, tell } from "./dom";
import { type Field, textField } from "./fields";
import { swapText } from "./orders";
import type { Store } from "./store";
import { localMoment, momentOf } from "./wish";

type Name = keyof Changes;

/** One thing that can be changed: as text for the field, as the service has it, and back. */
interface Part {
  readonly label: string;
  readonly hint?: string;
  readonly isMoment?: boolean;
  /** What stands in the field at first; undefined where this order has no such thing. */
  of(order: Order): string | undefined;
  /** What is sent; undefined where the text is none. */
  read(text: string, order: Order): string | number | undefined;
  readonly wrong: string;
}

/** The changes of an order that waits, as a person makes them: what is not touched is not sent, and all of it applies or nothing. */
export class OrderEditor {
  readonly element = h("dialog", { class: "card editor", "aria-label": "Change the order" });

  #seen: Revised | undefined;
  #fields = new Map<Name, { readonly part: Part; readonly field: Field<HTMLInputElement>; readonly was: string }>();
  readonly #refused = h("p", { class: "why", role: "alert", hidden: true });
  readonly #button = h("button", { type: "submit", class: "primary" }, "Sign and change");

  constructor(readonly store: Store) {
    this.element.addEventListener("close", () => fill(this.element));
  }

  /** Opens for an order as it reads now, its target moved where the chart was dragged to. */
  async open(uuid: string, target?: string): Promise<void> {
    try {
      this.#seen = await this.store.client.revised(uuid);
    } catch (refused) {
      return tell(sentenceOf(refused), true);
    }
    const { order } = this.#seen;
    this.#fields = new Map();
    for (const [name, part] of Object.entries(this.#parts()) as [Name, Part][]) {
      const was = part.of(order);
      if (was === undefined) continue;
      const field = textField(part.label, part.isMoment ? { type: "datetime-local", step: "1", name, value: was } : { inputmode: "decimal", name, value: was }, part.hint === undefined ? undefined : h("span", { class: "hint" }, part.hint));
      field.input.addEventListener("input", () => field.refuse(undefined));
      this.#fields.set(name, { part, field, was });
    }
    if (target !== undefined) this.#fields.get("targetPrice")!.field.input.value = target;
    this.#refused.hidden = true;
    fill(this.element, h("form", { novalidate: true, onsubmit: (event) => void this.#submit(event) },
      h("h2", {}, "Change the order"), h("p", {}, swapText(this.store, order)),
      h("p", { class: "hint" }, "What its signature covers, what is bought and who is paid stay; for those another order takes its place. Nothing can be taken away again."),
      h("div", { class: "row" }, ...[...this.#fields.values()].map(({ field }) => field.element)), this.#refused,
      h("div", { class: "actions" }, this.#button, h("button", { type: "button", onclick: () => this.element.close() }, "Leave it as it is"))));
    if (!this.element.open) this.element.showModal();
  }

  #parts(): { readonly [K in Name]: Part } {
    const price = (name: "targetPrice" | "limitPrice" | "trailingAmount", label: string, isThere: (order: Order) => boolean, hint?: string): Part => ({
      label, ...(hint === undefined ? {} : { hint }), of: (order) => (isThere(order) ? (order[name] ?? "") : undefined),
      read: (text) => ((toPrice(text) ?? 0n) > 0n ? text.trim() : undefined), wrong: "a price above 0",
    });
    const percent = (name: "slippageBps" | "maxDeviationBps" | "trailingBps", label: string, isThere: (order: Order) => boolean): Part => ({
      label, of: (order) => (isThere(order) ? (order[name] === undefined ? "" : toWhole(order[name], 2)) : undefined),
      read: (text) => { const bps = toBaseUnits(text, 2); return bps !== undefined && bps <= 10_000n ? Number(bps) : undefined; }, wrong: "0 to 100 per cent, with at most 2 digits behind the point",
    });
    const moment = (name: "validFrom" | "validTo", label: string): Part => ({
      label, isMoment: true, of: (order) => (order[name] === undefined ? "" : localMoment(Date.parse(order[name]))), read: momentOf, wrong: "a day and a time",
    });
    const always = (): boolean => true;
    return {
      targetPrice: price("targetPrice", "Target price", (order) => order.conditionToken !== undefined && order.conditionToken !== "*" && order.targetPrice !== undefined),
      trailingBps: percent("trailingBps", "Distance from the best, %", (order) => order.trailingBps !== undefined),
      trailingAmount: price("trailingAmount", "Distance from the best", (order) => order.trailingAmount !== undefined, "In the price's unit."),
      limitPrice: price("limitPrice", "Least rate", always, "Of what is bought, for each token sold."),
      minAmountOut: {
        label: "Least to be paid", of: (order) => (order.minAmountOut === undefined ? "" : toWhole(order.minAmountOut, this.store.decimals(order.outputToken))),
        read: (text, order) => toBaseUnits(text, this.store.decimals(order.outputToken))?.toString(), wrong: "an amount",
      },
      slippageBps: percent("slippageBps", "Slippage below the quote, %", always),
      maxDeviationBps: percent("maxDeviationBps", "Price band below the market, %", always),
      validFrom: moment("validFrom", "Not before"),
      validTo: moment("validTo", "Not after"),
    };
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const seen = this.#seen as Revised;
    const changes: Partial<Record<Name, string | number>> = {};
    let isWrong = false;
    for (const [name, { part, field, was }] of this.#fields) {
      field.refuse(undefined);
      if (field.input.value.trim() === was) continue;
      const read = part.read(field.input.value, seen.order);
      if (read === undefined) [isWrong] = [true, field.refuse(part.wrong)];
      else changes[name] = read;
    }
    if (isWrong) return;
    if (Object.keys(changes).length === 0) return this.element.close();
    this.#button.disabled = true;
    try {
      this.store.keep(await this.store.client.amend(seen, changes as Changes));
      tell("The order is changed.");
      this.element.close();
    } catch (refused) {
      const field = refused instanceof Refusal ? this.#fields.get((/[^.]+$/.exec(refused.field ?? "")?.[0] ?? "") as Name)?.field : undefined;
      if (field) field.refuse(sentenceOf(refused));
      [this.#refused.textContent, this.#refused.hidden] = [field ? "" : sentenceOf(refused), field !== undefined];
    } finally {
      this.#button.disabled = false;
    }
  }
}
