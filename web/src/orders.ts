import { isEnded, type Order } from "@orderservice/client";
import { show, showPrice, toWhole } from "./amounts";
import { clock } from "./clock";
import { drawReleased, fill, h, sentenceOf, tell } from "./dom";
import { isTrailing } from "./levels";
import { progressOf } from "./progress";
import type { Store } from "./store";
import { statusText, whyText } from "./words";

/** What the page does with an order beyond its calls: each opens something. */
export interface OrderTools {
  readonly change: (order: Order) => void;
  readonly replace: (order: Order) => void;
  readonly levelOf: (order: Order) => string;
}

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

  constructor(readonly store: Store, readonly tools: OrderTools) {
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

  /** Draws the orders anew; the row that has the focus keeps it, and what is pressed is let go first. */
  draw = (): void => drawReleased(this.#draw);

  readonly #draw = (): void => {
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
  };

  #choose(view: View): void {
    this.#view = this.#view === view ? undefined : view;
    this.draw();
  }

  #row(order: Order): HTMLElement {
    const cell = (name: string, ...children: (Node | string | undefined)[]): HTMLElement => h("td", { "data-label": name }, h("div", {}, ...children));
    const why = whyText(order);
    return h("tr", { "data-uuid": order.uuid, "data-status": order.status },
      cell("Placed", h("a", { href: `#/order/${order.uuid}` }, h("time", { datetime: order.createdAt }, clockText(order.createdAt)))),
      cell("Swap", swapText(this.store, order), progressOf(this.store, order), legText(order)),
      cell("When", conditionText(this.store, order), levelHint(this.tools, order)),
      cell("Status", badge(order), why ? h("span", { class: "hint" }, why) : undefined),
      cell("Actions", ...actionsOf(this.store, order, this.tools)));
  }
}

const levelHint = (tools: OrderTools, order: Order): HTMLElement | undefined => {
  const text = isEnded(order) ? "" : tools.levelOf(order);
  return text ? h("span", { class: "hint", "data-level": "" }, text) : undefined;
};

/** Which leg of which group it is. */
export const legText = (order: Order): HTMLElement | undefined => (order.groupId === undefined ? undefined : h("span", { class: "hint" }, `leg ${order.leg} of group ${order.groupId.slice(0, 8)}`));

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
  const rate = order.limitPrice === undefined ? "" : `at ${showPrice(order.limitPrice)} ${store.symbol(order.outputToken)} or more for each`;
  const first = order.conditionToken === undefined ? "by call" : order.conditionToken === "*" ? (from || least || rate ? "" : "at once") : watchedText(store, order);
  return [first, from, rate, least, order.timeInForce === "ioc" ? "in one try" : "", order.validTo === undefined ? "" : `until ${clockText(order.validTo)}`].filter((part) => part).join(" ");
}

function watchedText(store: Store, order: Order): string {
  const [watched, unit] = [store.symbol(order.conditionToken as string), store.symbol(order.baseAsset ?? "USD")];
  if (!isTrailing(order)) return `${watched} ${order.direction === "gt" ? "≥" : "≤"} ${showPrice(order.targetPrice ?? "0")} ${unit}`;
  const distance = order.trailingAmount === undefined ? `${toWhole(order.trailingBps as number, 2)} %` : `${showPrice(order.trailingAmount)} ${unit}`;
  return `${watched} ${distance} ${order.direction === "gt" ? "above its lowest" : "below its highest"}`;
}

/** What can be done with it now. */
export function actionsOf(store: Store, order: Order, tools: OrderTools): HTMLElement[] {
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
  const opens = (name: string, open: (order: Order) => void): HTMLElement => h("button", { type: "button", "data-action": `${name} ${order.uuid}`, onclick: () => open(order) }, name);
  // what runs in parts is changed by its own API
  if (order.progress !== undefined) return [action("Cancel", "The order is cancelled: no part follows.", () => client.cancel(order.uuid))];
  return [
    action("Cancel", "The order is cancelled: no swap follows.", () => client.cancel(order.uuid)),
    order.paused ? action("Resume", "The order goes on.", () => client.resume(order.uuid)) : action("Pause", "The order is paused.", () => client.pause(order.uuid)),
    ...(order.paused ? [] : [action("Execute", "The swap is sent.", () => client.execute(order.uuid))]),
    opens("Change", tools.change),
    order.groupId === undefined ? opens("Replace", tools.replace) : action("Cancel group", "The group is cancelled.", () => cancelGroup(store, order.groupId as string)),
  ];
}

async function cancelGroup(store: Store, groupId: string): Promise<void> {
  const results = await store.client.cancelGroup(groupId);
  for (const leg of store.orders.values()) if (leg.groupId === groupId) void store.refresh(leg.uuid).catch(() => undefined);
  const refused = results.find((one) => !one.ok)?.refusal;
  if (refused) throw new Error(refused.error);
}

/** A moment for reading: the time, and the day where it is another one. */
export function clockText(moment: string): string {
  const at = new Date(moment);
  const time = at.toLocaleTimeString("en-GB");
  return at.toDateString() === new Date(clock.now()).toDateString() ? time : `${at.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" })}, ${time}`;
}
