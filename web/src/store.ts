import { type Event, isEnded, type Network, type Order, OrderServiceClient, Refusal, type Signer, type Token } from "@orderservice/client";
import { ratio, toPrice } from "./amounts";
import { clock, type ToldClock } from "./clock";

/** What the page knows, kept fresh: prices by asking, orders by what the service tells of them. */
export class Store {
  readonly prices = new Map<string, bigint>();
  readonly orders = new Map<string, Order>();
  isLive = false;
  fault: string | undefined;

  readonly #listeners = new Set<() => void>();
  readonly #asked = new Set<string>();
  readonly #over = new AbortController();
  #isDrawing = false;
  #isListing = false;

  private constructor(
    readonly client: OrderServiceClient,
    readonly network: Network,
    readonly tokens: ReadonlyMap<string, Token>,
    readonly signer: Signer | undefined,
  ) {}

  /** Asks for what does not change, and begins to follow the rest. */
  static async open(signer: Signer | undefined): Promise<Store> {
    const client = new OrderServiceClient({ baseUrl: location.origin, bindsTerms: false, ...(signer ? { signer } : {}) });
    const [network, tokens] = await Promise.all([client.network(), client.tokens()]);
    const store = new Store(client, network, new Map(tokens.map((token) => [token.contractId, token])), signer);
    await Promise.all([store.#askPrices(), store.askClock()]);
    if (store.isPlay) store.every(1_000, () => void store.askClock());
    store.every(2_000, () => void store.#askPrices());
    if (signer) void store.#followOrders();
    return store;
  }

  /** Leaves everything that is followed. */
  close(): void {
    this.#over.abort();
    this.#listeners.clear();
  }

  /** Does something again and again while a person looks, until the store is closed. */
  every(milliseconds: number, act: () => void): void {
    const timer = setInterval(() => { if (!document.hidden) act(); }, milliseconds);
    this.#over.signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  }

  /** Play money, on a chain in miniature. */
  get isPlay(): boolean {
    return this.network.venue === "simulated";
  }

  /** Calls back after changes, several at once; the answer ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  token = (id: string): Token | undefined => this.tokens.get(id);
  symbol = (id: string): string => this.tokens.get(id)?.symbol ?? (id.includes(".") ? (id.split(".")[1] as string) : id);
  decimals = (id: string): number => this.tokens.get(id)?.decimals ?? 0;

  /** The price of a token in dollars; a subnet token has that of what it wraps. */
  usd = (id: string): bigint | undefined => (id === "USD" ? 10n ** 18n : (this.prices.get(id) ?? this.prices.get(this.tokens.get(id)?.base ?? "")));

  /** The price of one token in another. */
  price(watched: string, base: string): bigint | undefined {
    const [one, other] = [this.usd(watched), this.usd(base)];
    return one === undefined || other === undefined ? undefined : ratio(one, other);
  }

  /** Asks what time it is for the service, where that may run faster. */
  async askClock(): Promise<void> {
    if (!this.isPlay) return;
    const response = await fetch("/simulator/clock", { cache: "no-store" }).catch(() => undefined);
    if (!response?.ok) return;
    clock.hear((await response.json()) as ToldClock);
    this.#changed();
  }

  /** Keeps what an answer said of an order. */
  keep(order: Order): void {
    this.orders.set(order.uuid, order);
    this.#changed();
  }

  /** Asks for an order anew. */
  async refresh(uuid: string): Promise<void> {
    if (this.#asked.has(uuid)) return;
    this.#asked.add(uuid);
    await new Promise((resolve) => setTimeout(resolve, 40)); // what happens at once is told at once
    this.#asked.delete(uuid);
    try {
      this.keep((await this.client.revised(uuid)).order);
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused; // an order of another API is not this page's to show
    }
  }

  async #followOrders(): Promise<void> {
    for (;;) {
      try {
        const { log, head } = await this.client.events(undefined, 1);
        for (const order of (await this.client.orders()).data) this.orders.set(order.uuid, order);
        this.#changed();
        for await (const event of this.client.watch({ after: `${log}-${head}`, signal: this.#over.signal, onState: (isLive) => this.#setLive(isLive) })) this.#hear(event);
        return;
      } catch (broken) {
        if (this.#over.signal.aborted) return;
        this.fault = broken instanceof Error ? broken.message : String(broken);
        this.#changed();
        await new Promise((resolve) => setTimeout(resolve, 5_000)); // a log that was restored is read anew
      }
    }
  }

  #hear(event: Event): void {
    if (event.order === undefined) return;
    if (event.dialect === "charisma") void this.refresh(event.order).catch(() => undefined);
    else void this.#list(); // other APIs have ids of their own
  }

  // The newest orders, of every API, once for all that happened within a moment.
  async #list(): Promise<void> {
    if (this.#isListing) return;
    this.#isListing = true;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    this.#isListing = false;
    try {
      for (const order of (await this.client.orders()).data) this.orders.set(order.uuid, order);
      this.#changed();
    } catch {
      // What happens next asks again.
    }
  }

  #setLive(isLive: boolean): void {
    this.isLive = isLive;
    if (isLive) {
      this.fault = undefined;
      for (const order of this.orders.values()) if (!isEnded(order)) void this.refresh(order.uuid).catch(() => undefined);
    }
    this.#changed();
  }

  async #askPrices(): Promise<void> {
    try {
      for (const { tokenId, usdPriceExact } of await this.client.prices()) {
        const price = toPrice(usdPriceExact);
        if (price !== undefined) this.prices.set(tokenId, price);
      }
      this.#changed();
    } catch {
      // The next round asks again, and what is shown stays as it was.
    }
  }

  #changed(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    setTimeout(() => {
      this.#isDrawing = false;
      for (const listener of this.#listeners) listener();
    }, 16);
  }
}
