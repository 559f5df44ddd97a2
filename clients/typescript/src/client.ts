import type { components } from "./api/charisma.js";
import { follow } from "./events.js";
import { type Call, Http, type HttpOptions } from "./http.js";
import { Refusal } from "./refusal.js";
import { signIntent, signMessage, type Signer, signTerms } from "./signing/signer.js";

type Schemas = components["schemas"];
export type Network = Schemas["Network"];
export type Token = Schemas["Token"];
export type Price = Schemas["Price"];
export type Candle = Schemas["Candle"];
export type Quote = Schemas["Quote"];
export type Order = Schemas["Order"];
export type NewOrder = Schemas["NewOrder"];
export type Group = Schemas["Group"];
export type CancelledOrder = Schemas["BulkItem"];
export type GroupType = Schemas["NewGroup"]["type"];
export type Preview = Schemas["Preview"];
export type GroupPreview = Schemas["GroupPreview"];
export type Explanation = Schemas["Explanation"];
export type Changes = Schemas["Changes"];
export type Account = Schemas["Account"];
export type Withdrawal = Schemas["Withdrawal"];
export type Event = Schemas["Event"];
export type EventPage = Schemas["EventPage"];
export type OrderPage = Schemas["OrderList"];
export type BulkItem = Schemas["BulkItem"];

type Known<T> = { [K in keyof T as string extends K ? never : K]: T[K] };

/** What an order asks for; its uuid, owner, recipient and signatures are added where they are not given. Fields of one's own are kept. */
export type OrderWish = Omit<Known<NewOrder>, "uuid" | "owner" | "recipient" | "signature" | "termsSignature">
  & { readonly uuid?: string; readonly recipient?: string; readonly [own: string]: unknown };

/** An order, and which of its revisions it was when it was read. */
export interface Revised {
  readonly order: Order;
  readonly revision: number;
}

/** Whose client it is. */
export interface ClientOptions extends HttpOptions {
  /** Signs what is asked for; without one only what is open to everybody can be asked. */
  readonly signer?: Signer;
  /** The service that messages are signed for. A program that signs for real funds says it here: whoever it asks could name another. */
  readonly service?: string;
  /** Signs all terms of each order too, which is one more question of a wallet. */
  readonly bindsTerms?: boolean;
  /** The clock, in milliseconds. */
  readonly now?: () => number;
}

const base = "/api/v1";
const listLasts = 11 * 60 * 60 * 1000; // of the 12 hours for which a signed list_orders may be repeated

const accountsLast = 4 * 60 * 1000; // of 5 minutes

type Headers = Readonly<Record<string, string>>;
type Query = NonNullable<Call["query"]>;
interface Answer<T> { readonly data: T }

/** The native API of an OrderService. Each call may be made again: that is what it does itself after an outage. */
export class OrderServiceClient {
  readonly #options: ClientOptions;
  readonly #http: Http;
  readonly #now: () => number;
  #network: Promise<Network> | undefined;
  readonly #readings = new Map<string, { readonly headers: Promise<Headers>; readonly until: number }>();
  #clockOffset = 0;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#http = new Http(options);
    this.#now = options.now ?? Date.now;
  }

  /** What this service wants signed. It is asked once. */
  network(): Promise<Network> {
    return (this.#network ??= this.#askNetwork().catch((lost: unknown) => {
      this.#network = undefined;
      throw lost;
    }));
  }

  tokens = (): Promise<readonly Token[]> => this.#get<readonly Token[]>("/tokens");

  /** The believed prices, in dollars. */
  prices = (): Promise<readonly Price[]> => this.#get<readonly Price[]>("/prices", { limit: 1000 });

  candles = (token: string, query: { readonly interval: string; readonly from?: string; readonly to?: string }): Promise<readonly Candle[]> =>
    this.#get<readonly Candle[]>(`/prices/${encodeURIComponent(token)}/candles`, { ...query });

  /** What a swap would pay now; amounts in base units. */
  quote = (wish: { readonly tokenIn: string; readonly tokenOut: string; readonly amount: string; readonly slippageBps?: number }, signal?: AbortSignal): Promise<Quote> =>
    this.#get<Quote>("/quote", { ...wish }, signal);

  /**
   * Signs an order and places it. Its uuid is what makes it one order: a try that is repeated finds the one that was stored.
   * Give the uuid where the program itself may be started again between its decision and the answer.
   */
  async place(wish: OrderWish): Promise<Order> {
    return (await this.#http.json<Answer<Order>>({ method: "POST", path: `${base}/orders/new`, body: await this.#sign(wish) })).data;
  }

  /**
   * Signs orders that depend on each other and places them together or not at all: one cancels the other (oco), one triggers the other (oto), or an entry and then two exits of which one cancels the other (bracket).
   * The id is what makes it one group, as an order's uuid does: give it, and the legs' uuids, where the program itself may be started again.
   */
  async placeGroup(type: GroupType, wishes: readonly OrderWish[], groupId: string = newUuid()): Promise<Group> {
    const legs: object[] = [];
    const group = groupId.toLowerCase(); // as it is signed
    for (const wish of wishes) legs.push(await this.#sign(wish, { groupId: group, leg: legs.length + 1 })); // a wallet is asked one question after the other
    return (await this.#http.json<Answer<Group>>({ method: "POST", path: `${base}/orders/groups`, body: { type, groupId: group, legs } })).data;
  }

  /** What an order would be, with all that it would be refused for; nothing is signed and nothing stored. With `against` also when it would have fired in the recorded prices. */
  preview = async (wish: OrderWish, signal?: AbortSignal, history: { readonly against?: "history"; readonly from?: string } = {}): Promise<Preview> =>
    (await this.#http.json<Answer<Preview>>({ method: "POST", path: `${base}/orders/preview`, query: { ...history }, body: this.#unsigned(wish), ...(signal ? { signal } : {}) })).data;

  /** The same of a group: what is wrong with it, and a preview of each leg. */
  previewGroup = async (type: GroupType, wishes: readonly OrderWish[], signal?: AbortSignal): Promise<GroupPreview> =>
    (await this.#http.json<Answer<GroupPreview>>({ method: "POST", path: `${base}/orders/groups/preview`, body: { type, legs: wishes.map((wish) => this.#unsigned(wish)) }, ...(signal ? { signal } : {}) })).data;

  /** Why an order stands where it does. */
  explain = (uuid: string, signal?: AbortSignal): Promise<Explanation> =>
    this.#http.json<Answer<Explanation>>({ method: "GET", path: `${base}/orders/${uuid}/explain`, headers: () => this.#ownProof(), ...(signal ? { signal } : {}) }).then((told) => told.data);

  /** A group with its legs, as anyone sees it who knows its id. */
  group = (groupId: string, signal?: AbortSignal): Promise<Group> => this.#get<Group>(`/orders/groups/${groupId}`, undefined, signal);

  /** Cancels all legs of a group; what became of each. One that is in flight says so, with its transaction. */
  async cancelGroup(groupId: string): Promise<readonly CancelledOrder[]> {
    const asked = { filter: { groupId } };
    const body = this.#options.apiKey === undefined ? {} : { body: asked }; // what a wallet signs stands in the message alone
    return (await this.#signed<Answer<readonly CancelledOrder[]>>({ method: "POST", path: `${base}/orders/cancel-all`, ...body }, "cancel_all", asked)).data;
  }

  /** Signs up to a hundred orders and places them by one call; what became of each, in their order. With `atomic` all are stored or none. */
  async placeMany(wishes: readonly OrderWish[], atomic = false): Promise<readonly BulkItem[]> {
    const orders: object[] = [];
    for (const wish of wishes) orders.push(await this.#sign(wish)); // a wallet is asked for one signature at a time
    return (await this.#http.json<Answer<readonly BulkItem[]>>({ method: "POST", path: `${base}/orders/batch`, body: { orders, atomic } })).data;
  }

  /** One order, as anyone sees it who knows its uuid. */
  order = (uuid: string, signal?: AbortSignal): Promise<Order> => this.#get<Order>(`/orders/${uuid}`, undefined, signal);

  /** One order with its revision, which {@link amend} wants; of a managed account too, which only its owner is told of. */
  async revised(uuid: string, signal?: AbortSignal): Promise<Revised> {
    const answer = await this.#http.send({ method: "GET", path: `${base}/orders/${uuid}`, headers: () => this.#ownProof(), ...(signal ? { signal } : {}) });
    const revision = Number(/^"(\d+)"$/.exec(answer.headers.get("etag") ?? "")?.[1] ?? 1);
    return { order: ((await answer.json()) as Answer<Order>).data, revision };
  }

  /**
   * Changes an order that has not ended, in that revision of it which was read: somebody else's change in between is refused (`revision_mismatch`) and not written over. Where its owner has signed all
   * terms, the terms as they are changed are signed as well.
   */
  async amend({ order, revision }: Revised, changes: Changes): Promise<Order> {
    const signatures = await this.#changedTerms(order, changes);
    for (const [at, termsSignature] of signatures.entries()) {
      try {
        return await this.#amend(order, revision, changes, termsSignature);
      } catch (refused) {
        if (!(refused instanceof Refusal)) throw refused;
        if (refused.code === "revision_mismatch") return await this.#afterLostAnswer(order.uuid, revision, changes, refused);
        if (refused.code !== "invalid_terms_signature" || at === signatures.length - 1) throw refused;
      }
    }
    throw new Error("unreachable");
  }

  /** Cancels an order and places another in its stead, both or neither. A leg of a group cannot be replaced. */
  async replace(uuid: string, wish: OrderWish): Promise<Order> {
    const order = await this.#sign(wish) as { readonly uuid: string };
    const call: Call = { method: "POST", path: `${base}/orders/${uuid}/replace`, body: { order } };
    return (await this.#signed<Answer<Order>>(call, "replace_order", { uuid, newUuid: order.uuid })).data;
  }

  /** The accounts that the service holds for the signer's wallet, with what each has. */
  accounts = async (): Promise<readonly Account[]> =>
    (await this.#http.json<{ readonly accounts: readonly Account[] }>({ method: "GET", path: `${base}/accounts`, headers: () => this.#accountsProof() })).accounts;

  /** Makes an API key of the signer's wallet: what it may do, and when it ends. Its secret is told this once. */
  createApiKey = (keyName: string, permissions: readonly string[], expiresAt?: Date): Promise<{ readonly apiKey: string; readonly keyId: string }> =>
    this.#signed({ method: "POST", path: `${base}/api-keys` }, "create_api_key", { keyName, permissions, ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : {}) },
      { "x-wallet-address": this.#signer.address });

  /** Opens an account. */
  async openAccount(name: string): Promise<Account> {
    const body = this.#options.apiKey === undefined ? {} : { body: { name } };
    return (await this.#signed<{ readonly account: Account }>({ method: "POST", path: `${base}/accounts`, ...body }, "create_account", { name })).account;
  }

  /** Pays the owner's wallet out of an account; the amount in base units. */
  async withdraw(accountId: string, token: string, amount: string): Promise<Withdrawal> {
    const body = this.#options.apiKey === undefined ? {} : { body: { token, amount } };
    return (await this.#signed<{ readonly withdrawal: Withdrawal }>({ method: "POST", path: `${base}/accounts/${accountId}/withdraw`, ...body }, "withdraw", { accountId, token, amount })).withdrawal;
  }

  /** The signer's orders, newest first; nextCursor leads to the next ones. */
  orders = (query: { readonly status?: string; readonly cursor?: string; readonly limit?: number; readonly search?: string } = {}): Promise<OrderPage> =>
    this.#http.json<OrderPage>({ method: "GET", path: `${base}/orders`, query: { cursor: "", ...query, ...this.#ownerQuery() }, headers: () => this.#listProof() });

  cancel = (uuid: string): Promise<Order> => this.#change("cancel", uuid, "cancelled");
  pause = (uuid: string): Promise<Order> => this.#change("pause", uuid);
  resume = (uuid: string): Promise<Order> => this.#change("resume", uuid);

  /** Swaps now, whatever the price; the id of the transaction. One try, unless the order is to be tried again by itself. */
  async execute(uuid: string, retry = false): Promise<string> {
    const query = retry ? { retry } : {};
    return (await this.#signed<{ readonly txid: string }>({ method: "POST", path: `${base}/orders/${uuid}/execute`, query }, "execute_order", { uuid })).txid;
  }

  /** Swaps up to a hundred orders now, together; what became of each, in their order. */
  async executeMany(uuids: readonly string[], retry = false): Promise<readonly BulkItem[]> {
    const asked = { uuids, ...(retry ? { retry } : {}) };
    const body = this.#options.apiKey === undefined ? {} : { body: asked };
    return (await this.#signed<Answer<readonly BulkItem[]>>({ method: "POST", path: `${base}/orders/batch/execute`, ...body }, "execute_orders", asked)).data;
  }

  /** What happened behind a position, oldest first; of one order where it is named. */
  events = async (after?: string, limit = 1000, order?: string): Promise<EventPage> =>
    (await this.#http.json<Answer<EventPage>>({ method: "GET", path: `${base}/events`, query: { after, limit, order, ...this.#ownerQuery() }, headers: () => this.#listProof() })).data;

  /** What happens, from a position on, for ever: it comes back by itself, misses nothing and tells nothing twice. */
  async *watch(options: { readonly after?: string; readonly signal?: AbortSignal; readonly onState?: (isOpen: boolean) => void } = {}): AsyncGenerator<Event & { readonly id: string }> {
    const stream = { path: `${base}/events`, query: this.#ownerQuery(), headers: () => this.#listProof(), ...options };
    for await (const { id, data } of follow(this.#http, stream)) yield { ...(JSON.parse(data) as Event), id };
  }

  /** Waits until an order has ended, or has a status. */
  async settled(uuid: string, options: { readonly status?: string; readonly signal?: AbortSignal } = {}): Promise<Order> {
    for (;;) {
      const order = await this.order(uuid, options.signal);
      if (options.status === undefined ? isEnded(order) : order.status === options.status) return order;
      if (isEnded(order)) throw new Error(`order ${uuid} ended as ${order.status}, not as ${options.status}`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  #unsigned = (wish: OrderWish): object => ({ ...wish, owner: this.#signer.address, recipient: wish.recipient ?? this.#signer.address });

  async #sign(wish: OrderWish, group: { readonly groupId?: string; readonly leg?: number } = {}): Promise<object> {
    const signer = this.#signer;
    const { router, chainId } = await this.network();
    const body = { ...wish, uuid: wish.uuid ?? newUuid(), owner: signer.address, recipient: wish.recipient ?? signer.address };
    const signature = await signIntent(signer, { uuid: body.uuid, inputToken: body.inputToken, amountIn: body.amountIn, router, chainId });
    const terms = this.#options.bindsTerms ? { termsSignature: await signTerms(signer, { ...(body as NewOrder), ...group, router, chainId }) } : {};
    return { ...body, signature, ...terms };
  }

  async #amend(order: Order, revision: number, changes: Changes, termsSignature: string | undefined): Promise<Order> {
    const byKey = this.#options.apiKey !== undefined;
    const body = { ...(byKey ? { changes } : {}), ...(termsSignature === undefined ? {} : { termsSignature }) };
    const call: Call = { method: "PATCH", path: `${base}/orders/${order.uuid}`, ...(Object.keys(body).length > 0 ? { body } : {}) };
    return (await this.#signed<Answer<Order>>(call, "amend_order", { uuid: order.uuid, changes }, { "if-match": `"${revision}"` })).data;
  }

  // The order tells the band that holds, and not whether its owner had signed one: where that may be the service's default, the terms without it are the second guess.
  async #changedTerms(order: Order, changes: Changes): Promise<readonly (string | undefined)[]> {
    if (order.termsBound !== true) return [undefined];
    const { router, chainId } = await this.network();
    const { maxDeviationBps, timeInForce, ...rest } = { ...order, ...changes };
    const terms = { ...rest, ...(timeInForce === "ioc" ? { timeInForce } : {}), router, chainId }; // gtc and gtt follow from the window as it is changed
    const shown = await signTerms(this.#signer, maxDeviationBps === undefined ? terms : { ...terms, maxDeviationBps });
    return maxDeviationBps === undefined || changes.maxDeviationBps !== undefined ? [shown] : [shown, await signTerms(this.#signer, terms)];
  }

  // A call whose answer was lost may have taken effect.
  async #afterLostAnswer(uuid: string, revision: number, changes: Changes, refused: Refusal): Promise<Order> {
    const now = await this.revised(uuid);
    const isDone = now.revision === revision + 1 && Object.entries(changes).every(([name, value]) => String((now.order as unknown as Readonly<Record<string, unknown>>)[name]) === String(value));
    if (isDone) return now.order;
    throw refused;
  }

  get #signer(): Signer {
    if (!this.#options.signer) throw new Error("this call needs a signer");
    return this.#options.signer;
  }

  #ownerQuery = (): Record<string, string | undefined> => ({ owner: this.#options.signer?.address });

  #get = async <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
    (await this.#http.json<Answer<T>>({ method: "GET", path: base + path, ...(query ? { query } : {}), ...(signal ? { signal } : {}) })).data;

  async #askNetwork(): Promise<Network> {
    const network = await this.#get<Network>("/network");
    const { service } = this.#options;
    if (service !== undefined && service !== network.service) throw new Error(`this is ${network.service}, not ${service}: nothing is signed for it`);
    return network;
  }

  // A call whose answer was lost may have taken effect: the second one finds the order as it wanted it.
  async #change(verb: "cancel" | "pause" | "resume", uuid: string, wanted?: string): Promise<Order> {
    try {
      return (await this.#signed<Answer<Order>>({ method: "PATCH", path: `${base}/orders/${uuid}/${verb}` }, `${verb}_order`, { uuid })).data;
    } catch (refused) {
      if (refused instanceof Refusal && refused.code === "order_not_open" && wanted !== undefined && refused.details["status"] === wanted) return this.order(uuid);
      throw refused;
    }
  }

  // A machine whose clock is wrong signs once more, by the clock of the service.
  async #signed<T>(call: Call, action: string, members: Readonly<Record<string, unknown>>, more: Headers = {}): Promise<T> {
    const signed = { ...call, headers: async () => ({ ...more, ...(await this.#proof(action, members)) }) };
    try {
      return await this.#http.json<T>(signed);
    } catch (refused) {
      if (!(refused instanceof Refusal) || refused.code !== "expired_timestamp") throw refused;
      const told = refused.at;
      if (told === undefined) throw refused;
      this.#clockOffset = told - this.#now();
      return this.#http.json<T>(signed);
    }
  }

  #listProof = (): Promise<Headers> => this.#lasting("list_orders", listLasts);

  #accountsProof = (): Promise<Headers> => this.#lasting("list_accounts", accountsLast);

  // Whoever asks for an order that everyone may read needs no proof; a client that cannot prove anything asks without.
  #ownProof = (): Promise<Headers> => (this.#options.signer === undefined ? Promise.resolve({}) : this.#listProof());

  // A message that only reads is signed once and repeated while it lasts: a wallet asks its person for each.
  #lasting(action: string, lasts: number): Promise<Headers> {
    if (this.#options.apiKey !== undefined) return Promise.resolve({});
    const now = this.#now();
    const kept = this.#readings.get(action);
    if (kept && kept.until >= now) return kept.headers;
    const headers = this.#proof(action, { owner: this.#signer.address });
    this.#readings.set(action, { headers, until: now + lasts });
    headers.catch(() => this.#readings.delete(action));
    return headers;
  }

  async #proof(action: string, members: Readonly<Record<string, unknown>>): Promise<Headers> {
    if (this.#options.apiKey !== undefined) return {}; // where a key is sent nothing else is looked at
    const { service, chainId } = await this.network();
    const message = JSON.stringify({
      service, chainId, address: this.#signer.address, action, ...members, timestamp: Math.round(this.#now() + this.#clockOffset), salt: newUuid(),
    });
    return { "x-message": message, "x-signature": await signMessage(this.#signer, message) };
  }
}

/** True where nothing more will happen to an order. */
export const isEnded = (order: Order): boolean => order.status === "confirmed" || order.status === "failed" || order.status === "cancelled";

/** A fresh random uuid. `crypto.randomUUID` is there on secure pages only. */
export function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
}
