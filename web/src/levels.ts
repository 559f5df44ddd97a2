import { isEnded, type Order } from "@orderservice/client";
import { showPrice } from "./amounts";
import type { Store } from "./store";

const shownMax = 20;

/** Where the open orders that trail a price would fire now, as the service tells it: they have no target of their own. */
export class TrailLevels {
  readonly levels = new Map<string, string>();

  constructor(readonly store: Store, readonly onNews: () => void) {
    store.every(4_000, () => void this.ask());
  }

  /** Asks for each that waits. */
  async ask(): Promise<void> {
    const trailing = [...this.store.orders.values()].filter((order) => isTrailing(order) && !isEnded(order) && order.status === "open").slice(0, shownMax);
    let isNews = false;
    await Promise.all(trailing.map(async (order) => {
      const told = await this.store.client.explain(order.uuid).catch(() => undefined);
      const firesAt = told?.gates.find((gate) => gate.name === "price")?.figures?.["firesAt"];
      if (firesAt === this.levels.get(order.uuid)) return;
      isNews = true;
      if (firesAt === undefined) this.levels.delete(order.uuid);
      else this.levels.set(order.uuid, firesAt);
    }));
    if (isNews) this.onNews();
  }

  /** In words; empty where it is not known. */
  textOf = (order: Order): string => (this.levels.has(order.uuid) ? `fires at ${showPrice(this.levels.get(order.uuid) as string)}` : "");
}

/** True where an order trails the price. */
export const isTrailing = (order: Order): boolean => order.trailingBps !== undefined || order.trailingAmount !== undefined;
