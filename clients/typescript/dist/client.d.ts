import type { components } from "./api/charisma.js";
import { type HttpOptions } from "./http.js";
import { type Signer } from "./signing/signer.js";
type Schemas = components["schemas"];
export type Network = Schemas["Network"];
export type Token = Schemas["Token"];
export type Price = Schemas["Price"];
export type Candle = Schemas["Candle"];
export type Quote = Schemas["Quote"];
export type Order = Schemas["Order"];
export type NewOrder = Schemas["NewOrder"];
export type Event = Schemas["Event"];
export type EventPage = Schemas["EventPage"];
export type OrderPage = Schemas["OrderList"];
type Known<T> = {
    [K in keyof T as string extends K ? never : K]: T[K];
};
/** What an order asks for; its uuid, owner, recipient and signatures are added where they are not given. Fields of one's own are kept. */
export type OrderWish = Omit<Known<NewOrder>, "uuid" | "owner" | "recipient" | "signature" | "termsSignature"> & {
    readonly uuid?: string;
    readonly recipient?: string;
    readonly [own: string]: unknown;
};
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
/** The native API of an OrderService. Each call may be made again: that is what it does itself after an outage. */
export declare class OrderServiceClient {
    #private;
    constructor(options: ClientOptions);
    /** What this service wants signed. It is asked once. */
    network(): Promise<Network>;
    tokens: () => Promise<readonly Token[]>;
    /** The believed prices, in dollars. */
    prices: () => Promise<readonly Price[]>;
    candles: (token: string, query: {
        readonly interval: string;
        readonly from?: string;
        readonly to?: string;
    }) => Promise<readonly Candle[]>;
    /** What a swap would pay now; amounts in base units. */
    quote: (wish: {
        readonly tokenIn: string;
        readonly tokenOut: string;
        readonly amount: string;
        readonly slippageBps?: number;
    }, signal?: AbortSignal) => Promise<Quote>;
    /**
     * Signs an order and places it. Its uuid is what makes it one order: a try that is repeated finds the one that was stored.
     * Give the uuid where the program itself may be started again between its decision and the answer.
     */
    place(wish: OrderWish): Promise<Order>;
    /** One order, as anyone sees it who knows its uuid. */
    order: (uuid: string, signal?: AbortSignal) => Promise<Order>;
    /** The signer's orders, newest first; nextCursor leads to the next ones. */
    orders: (query?: {
        readonly status?: string;
        readonly cursor?: string;
        readonly limit?: number;
        readonly search?: string;
    }) => Promise<OrderPage>;
    cancel: (uuid: string) => Promise<Order>;
    pause: (uuid: string) => Promise<Order>;
    resume: (uuid: string) => Promise<Order>;
    /** Swaps now, whatever the price; the id of the transaction. One try, unless the order is to be tried again by itself. */
    execute(uuid: string, retry?: boolean): Promise<string>;
    /** What happened behind a position, oldest first. */
    events: (after?: string, limit?: number) => Promise<EventPage>;
    /** What happens, from a position on, for ever: it comes back by itself, misses nothing and tells nothing twice. */
    watch(options?: {
        readonly after?: string;
        readonly signal?: AbortSignal;
        readonly onState?: (isOpen: boolean) => void;
    }): AsyncGenerator<Event & {
        readonly id: string;
    }>;
    /** Waits until an order has ended, or has a status. */
    settled(uuid: string, options?: {
        readonly status?: string;
        readonly signal?: AbortSignal;
    }): Promise<Order>;
}
/** True where nothing more will happen to an order. */
export declare const isEnded: (order: Order) => boolean;
/** A fresh random uuid. `crypto.randomUUID` is there on secure pages only. */
export declare function newUuid(): string;
export {};
