import { isEnded, type Order } from "@orderservice/client";
import { show, showPrice } from "./amounts";
import { fill, h, sentenceOf, tell } from "./dom";
import type { Store } from "./store";
import { statusText, whyText } from "./words";

const views = { open: "Open", flight: "In flight", ended: "Ended" } as const;
type View = keyof typeof views;

const viewOf = (order: Order): View => (isEnded(order) ? "ended" : order.status === "open" ? "open" : "flight");

/** The orders of the wallet, as they stand. */
export class OrderList {
  readonly element: HTMLElement;

  readonly #body = h("tbody");
  readonly #none = h("p", { class: "hint" });
  readonly #buttons = new Map<View, HTMLButtonElement>();
  #view: View | undefined;

  constructor(readonly store: Store) {
    const tabs = (Object.keys(views) as View[]).map((view) => {
      const button = h("button", { type: "button", "aria-pressed": "false", onclick: () => this.#choose(view) });
      this.#buttons.set(view, button);
      return button;
    });
    this.element = h("section", { class: "card orders", "aria-label": "Your orders" },
      h("div", { class: "head" }, h("h2", {}, "Your orders"), h("div", { class: "tabs", role: "group", "aria-label": "Which orders" }, ...tabs)),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of orders" },
        h("table", {}, h("thead", {}, h("tr", {}, ...["Placed", "Swap", "When", "Status", "Actions"].map((name) => h("th", { scope: "col" }, name)))), this.#body)),
      this.#none);
    store.onChange(() => this.draw());
    this.draw();
  }

  /** Draws the orders anew; the row that has the focus keeps it. */
  draw(): void {
    const orders = [...this.store.orders.values()].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    const view = this.#view ?? (orders.some((order) => !isEnded(order)) || orders.length === 0 ? undefined : "ended");
    const shown = orders.filter((order) => (view === undefined ? !isEnded(order) : viewOf(order) === view));
    for (const [one, button] of this.#buttons) {
      button.textContent = `${views[one]} (${orders.filter((order) => viewOf(order) === one).length})`;
      button.setAttribute("aria-pressed", String(one === view || (view === undefined && one !== "ended")));
    }
    const focused = document.activeElement?.getAttribute("data-action");
    fill(this.#body, ...shown.map((order) => this.#row(order)));
    if (focused) this.#body.querySelector<HTMLElement>(`[data-action="${CSS.escape(focused)}"]`)?.focus();
    this.#none.hidden = shown.length > 0;
    this.#none.textContent = this.store.signer ? "None of these yet." : "Connect a wallet to see its orders.";
  }

  #choose(view: View): void {
    this.#view = this.#view === view ? undefined : view;
    this.draw();
  }

  #row(order: Order): HTMLElement {
    const cell = (name: string, ...children: (Node | string | undefined)[]): HTMLElement => h("td", { "data-label": name }, h("div", {}, ...children));
    const why = whyText(order);
    return h("tr", { "data-uuid": order.uuid, "data-status": order.status },
      cell("Placed", h("a", { href: `#/order/${order.uuid}` }, h("time", { datetime: order.createdAt }, clockText(order.createdAt)))),
      cell("Swap", swapText(this.store, order)),
      cell("When", conditionText(this.store, order)),
      cell("Status", badge(order), why ? h("span", { class: "hint" }, why) : undefined),
      cell("Actions", ...actionsOf(this.store, order)));
  }
}

/** The status as a badge. */
export const badge = (order: Order): HTMLElement => h("span", { class: `badge ${order.paused ? "paused" : order.status}` }, statusText(order));

/** What is swapped for what. */
export function swapText(store: Store, order: Order): string {
  const sold = `${show(order.amountIn, store.decimals(order.inputToken))} ${store.symbol(order.inputToken)}`;
  const bought = order.amountOut === undefined ? "" : `${show(order.amountOut, store.decimals(order.outputToken))} `;
  return `${sold} → ${bought}${store.symbol(order.outputToken)}`;
}

/** What it waits for. */
export function conditionText(store: Store, order: Order): string {
  const least = order.minAmountOut === undefined || order.minAmountOut === "0" ? "" : `for at least ${show(order.minAmountOut, store.decimals(order.outputToken))} ${store.symbol(order.outputToken)}`;
  const from = order.validFrom === undefined ? "" : `from ${clockText(order.validFrom)}`;
  const first = order.conditionToken === undefined ? "by call" : order.conditionToken === "*" ? (from || least ? "" : "at once")
    : `${store.symbol(order.conditionToken)} ${order.direction === "gt" ? "≥" : "≤"} ${showPrice(order.targetPrice ?? "0")} ${store.symbol(order.baseAsset ?? "USD")}`;
  return [first, from, least, order.validTo === undefined ? "" : `until ${clockText(order.validTo)}`].filter((part) => part).join(" ");
}

/** What can be done with it now. */
export function actionsOf(store: Store, order: Order): HTMLElement[] {
  if (isEnded(order) || order.status !== "open" || store.signer?.address !== order.owner) return [];
  const { client } = store;
  const action = (name: string, done: string, act: () => Promise<unknown>): HTMLElement => {
    const button = h("button", { type: "button", "data-action": `${name} ${order.uuid}`, onclick: () => void run() }, name);
    const run = async (): Promise<void> => {
      button.disabled = true;
      try {
        await act();
        tell(done);
      } catch (refused) {
        tell(sentenceOf(refused), true);
      }
      button.disabled = false;
      void store.refresh(order.uuid).catch(() => undefined);
    };
    return button;
  };
  return [
    action("Cancel", "The order is cancelled: no swap follows.", () => client.cancel(order.uuid)),
    order.paused ? action("Resume", "The order goes on.", () => client.resume(order.uuid)) : action("Pause", "The order is paused.", () => client.pause(order.uuid)),
    ...(order.paused ? [] : [action("Execute", "The swap is sent.", () => client.execute(order.uuid))]),
  ];
}

/** A moment for reading: the time, and the day where it is another one. */
export function clockText(moment: string): string {
  const at = new Date(moment);
  const time = at.toLocaleTimeString("en-GB");
  return at.toDateString() === new Date().toDateString() ? time : `${at.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" })}, ${time}`;
}
