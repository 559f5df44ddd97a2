import type { Order } from "@orderservice/client";
import { show } from "./amounts";
import { freshId, h } from "./dom";
import { clockText } from "./orders";
import type { Store } from "./store";

/** How far an order has come that runs in parts or along a curve; nothing for one of a single swap. */
export function progressOf(store: Store, order: Order): HTMLElement | undefined {
  const { progress } = order;
  if (!progress) return undefined;
  const id = freshId("progress");
  const amounts = `${show(progress.sold, store.decimals(order.inputToken))} of ${show(progress.toSell, store.decimals(order.inputToken))} ${store.symbol(order.inputToken)} sold`;
  const paid = `for ${show(progress.paid, store.decimals(order.outputToken))} ${store.symbol(order.outputToken)}`;
  const parts = progress.parts === undefined ? `in ${progress.swaps} swaps` : `${progress.swaps} of ${progress.parts} parts`;
  const next = progress.nextAt === undefined ? undefined : `next at ${clockText(progress.nextAt)}`;
  const ends = progress.endsAt === undefined ? undefined : `ends at ${clockText(progress.endsAt)}`;
  return h("div", { class: "progress" }, h("progress", { max: "100", value: String(progress.doneBps / 100), "aria-labelledby": id }),
    h("span", { class: "hint", id }, [amounts, paid, parts, next, ends].filter((text) => text !== undefined).join(", ")));
}
