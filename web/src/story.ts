import type { Event, Order } from "@orderservice/client";
import { show, showPrice } from "./amounts";
import { drawReleased, fill, h, sentenceOf } from "./dom";
import { actionsOf, badge, clockText, conditionText, type OrderTools, swapText } from "./orders";
import { progressOf } from "./progress";
import type { Store } from "./store";
import { eventText, inWords, whyText } from "./words";

const pagesMax = 10;

/** One order: its terms, where it stands and why, its transactions, and what happened to it. */
export class OrderStory {
  readonly element = h("main", { class: "story" });

  #events: readonly Event[] = [];
  #known = "";
  #fault: string | undefined;
  readonly #leave: () => void;

  constructor(readonly store: Store, readonly uuid: string, readonly tools: OrderTools) {
    this.#leave = store.onChange(this.#draw);
    this.#draw();
    void store.refresh(uuid).catch((fault: unknown) => this.#failed(fault)).then(() => {
      if (!store.orders.has(uuid)) this.#failed(new Error("No order has this uuid, or it is not yours to see."));
    });
  }

  /** Leaves what it follows. */
  close = (): void => this.#leave();

  #failed(fault: unknown): void {
    this.#fault = sentenceOf(fault);
    this.#draw();
  }

  readonly #draw = (): void => drawReleased(this.#drawNow);

  readonly #drawNow = (): void => {
    const order = this.store.orders.get(this.uuid);
    const back = h("p", {}, h("a", { href: "#/" }, "← All orders"));
    if (!order) return fill(this.element, back, h("h1", {}, "Order"), h("p", { role: "status" }, this.#fault ?? "Looking …"));
    const why = whyText(order);
    fill(this.element, back,
      h("h1", {}, swapText(this.store, order), " ", badge(order)),
      why ? h("p", { class: "lead" }, why) : undefined,
      h("div", { class: "actions" }, ...actionsOf(this.store, order, this.tools)),
      progressOf(this.store, order),
      h("div", { class: "columns" },
        h("section", { class: "card", "aria-label": "Terms" }, h("h2", {}, "Terms"), factsOf(this.#terms(order))),
        h("section", { class: "card", "aria-label": "What happened" }, h("h2", {}, "What happened"), this.#timeline(order)),
        h("section", { class: "card", "aria-label": "Transactions" }, h("h2", {}, "Transactions"), this.#attempts(order))));
    const now = JSON.stringify(order);
    if (now !== this.#known) {
      this.#known = now;
      void this.#readEvents().catch(() => undefined);
    }
  };

  #terms(order: Order): readonly (readonly [string, string | undefined])[] {
    const paid = (amount: string | undefined): string | undefined => (amount === undefined ? undefined : `${show(amount, this.store.decimals(order.outputToken))} ${this.store.symbol(order.outputToken)}`);
    const percent = (bps: number | undefined): string | undefined => (bps === undefined ? undefined : `${bps / 100} %`);
    return [
      ["uuid", order.uuid], ["Owner", order.owner], ["Paid to", order.recipient === order.owner ? "the owner" : order.recipient], ["When", conditionText(this.store, order)],
      ["Fires at", this.tools.levelOf(order).replace("fires at ", "")], ["Stays", stays[order.timeInForce]], ["Group", order.groupId === undefined ? undefined : `leg ${order.leg} of ${order.groupId}`],
      ["Least to be paid", paid(order.minAmountOut)], ["Slippage", percent(order.slippageBps)], ["Price band", percent(order.maxDeviationBps)],
      ["All terms signed", order.termsBound ? "yes" : "no: the signature covers token, amount and uuid"],
      ["Paid", paid(order.amountOut)],
      ["Watched price then", order.trigger?.watchedPrice == null ? undefined : `${showPrice(order.trigger.watchedPrice)} USD, from ${order.trigger.priceSources ?? "its sources"}`],
    ];
  }

  // Whoever only knows the uuid sees the order as it is; what happened is its owner's to see.
  #timeline(order: Order): HTMLElement {
    const events = this.#events;
    if (events.length === 0) {
      const known = ([["created", order.createdAt], ["confirmed", order.confirmedAt], ["failed", order.failedAt], ["cancelled", order.cancelledAt]] as const)
        .flatMap(([kind, at]) => (at === undefined ? [] : [h("li", {}, h("time", { datetime: at }, clockText(at)), h("strong", {}, eventText({ kind } as Event)))]));
      return h("ol", { class: "timeline" }, ...known);
    }
    return h("ol", { class: "timeline" }, ...events.map((event) => h("li", { "data-kind": event.kind },
      h("time", { datetime: event.at }, clockText(event.at)), h("strong", {}, eventText(event)), factText(event),
      event.actor === "system" ? undefined : h("span", { class: "hint" }, event.actor === order.owner ? "by its owner" : `by ${event.actor}`))));
  }

  #attempts(order: Order): HTMLElement {
    const attempts = order.attempts ?? [];
    if (attempts.length === 0) return h("p", { class: "hint" }, "None yet: nothing was sent.");
    return h("ol", { class: "timeline" }, ...attempts.map((attempt) => h("li", {},
      h("strong", {}, `${attempt.kind === "swap" ? "Swap" : "Spend of the uuid"}: ${attempt.status}`), h("code", {}, attempt.txid), attempt.reason ? h("span", { class: "hint" }, inWords(attempt.reason)) : undefined)));
  }

  async #readEvents(): Promise<void> {
    if (!this.store.signer || this.store.orders.get(this.uuid)?.owner !== this.store.signer.address) return;
    const found: Event[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < pagesMax; pages++) {
      const page = await this.store.client.events(after, 1000, this.uuid);
      found.push(...page.events);
      if (page.events.length < 1000) break;
      after = page.next;
    }
    this.#events = found;
    this.#draw();
  }
}

const stays: Readonly<Record<Order["timeInForce"], string>> = { gtc: "until it is cancelled", gtt: "until its window closes", ioc: "for one try" };

const factsOf = (facts: readonly (readonly [string, string | undefined])[]): HTMLElement =>
  h("dl", {}, ...facts.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [h("dt", {}, name), h("dd", {}, value)])));

// The facts of an event that say something to a person.
function factText(event: Event): HTMLElement | undefined {
  const facts = (event.facts ?? {}) as Readonly<Record<string, unknown>>;
  const parts: string[] = [];
  if (typeof facts["reason"] === "string") parts.push(inWords(facts["reason"]) as string);
  if (typeof facts["blockHeight"] === "number") parts.push(`block ${facts["blockHeight"]}`);
  if (typeof facts["txid"] === "string") parts.push(`transaction ${facts["txid"].slice(0, 12)}…`);
  return parts.length === 0 ? undefined : h("span", { class: "hint" }, parts.join(", "));
}
