import { follow } from "./events.js";
import { Http } from "./http.js";
import { Refusal } from "./refusal.js";
import { signIntent, signMessage, signTerms } from "./signing/signer.js";
const base = "/api/v1";
const listLasts = 11 * 60 * 60 * 1000; // of the 12 hours for which a signed list_orders may be repeated
/** The native API of an OrderService. Each call may be made again: that is what it does itself after an outage. */
export class OrderServiceClient {
    #options;
    #http;
    #now;
    #network;
    #listing;
    #clockOffset = 0;
    constructor(options) {
        this.#options = options;
        this.#http = new Http(options);
        this.#now = options.now ?? Date.now;
    }
    /** What this service wants signed. It is asked once. */
    network() {
        return (this.#network ??= this.#askNetwork().catch((lost) => {
            this.#network = undefined;
            throw lost;
        }));
    }
    tokens = () => this.#get("/tokens");
    /** The believed prices, in dollars. */
    prices = () => this.#get("/prices", { limit: 1000 });
    candles = (token, query) => this.#get(`/prices/${encodeURIComponent(token)}/candles`, { ...query });
    /** What a swap would pay now; amounts in base units. */
    quote = (wish, signal) => this.#get("/quote", { ...wish }, signal);
    /**
     * Signs an order and places it. Its uuid is what makes it one order: a try that is repeated finds the one that was stored.
     * Give the uuid where the program itself may be started again between its decision and the answer.
     */
    async place(wish) {
        const signer = this.#signer;
        const { router, chainId } = await this.network();
        const body = { ...wish, uuid: wish.uuid ?? newUuid(), owner: signer.address, recipient: wish.recipient ?? signer.address };
        const signature = await signIntent(signer, { uuid: body.uuid, inputToken: body.inputToken, amountIn: body.amountIn, router, chainId });
        const terms = this.#options.bindsTerms ? { termsSignature: await signTerms(signer, { ...body, router, chainId }) } : {};
        return (await this.#http.json({ method: "POST", path: `${base}/orders/new`, body: { ...body, signature, ...terms } })).data;
    }
    /** One order, as anyone sees it who knows its uuid. */
    order = (uuid, signal) => this.#get(`/orders/${uuid}`, undefined, signal);
    /** The signer's orders, newest first; nextCursor leads to the next ones. */
    orders = (query = {}) => this.#http.json({ method: "GET", path: `${base}/orders`, query: { cursor: "", ...query, ...this.#ownerQuery() }, headers: () => this.#listProof() });
    cancel = (uuid) => this.#change("cancel", uuid, "cancelled");
    pause = (uuid) => this.#change("pause", uuid);
    resume = (uuid) => this.#change("resume", uuid);
    /** Swaps now, whatever the price; the id of the transaction. One try, unless the order is to be tried again by itself. */
    async execute(uuid, retry = false) {
        const query = retry ? { retry } : {};
        return (await this.#signed({ method: "POST", path: `${base}/orders/${uuid}/execute`, query }, "execute_order", uuid)).txid;
    }
    /** What happened behind a position, oldest first. */
    events = async (after, limit = 1000) => (await this.#http.json({ method: "GET", path: `${base}/events`, query: { after, limit, ...this.#ownerQuery() }, headers: () => this.#listProof() })).data;
    /** What happens, from a position on, for ever: it comes back by itself, misses nothing and tells nothing twice. */
    async *watch(options = {}) {
        const stream = { path: `${base}/events`, query: this.#ownerQuery(), headers: () => this.#listProof(), ...options };
        for await (const { id, data } of follow(this.#http, stream))
            yield { ...JSON.parse(data), id };
    }
    /** Waits until an order has ended, or has a status. */
    async settled(uuid, options = {}) {
        for (;;) {
            const order = await this.order(uuid, options.signal);
            if (options.status === undefined ? isEnded(order) : order.status === options.status)
                return order;
            if (isEnded(order))
                throw new Error(`order ${uuid} ended as ${order.status}, not as ${options.status}`);
            await new Promise((resolve) => setTimeout(resolve, 500));
        }
    }
    get #signer() {
        if (!this.#options.signer)
            throw new Error("this call needs a signer");
        return this.#options.signer;
    }
    #ownerQuery = () => ({ owner: this.#options.signer?.address });
    #get = async (path, query, signal) => (await this.#http.json({ method: "GET", path: base + path, ...(query ? { query } : {}), ...(signal ? { signal } : {}) })).data;
    async #askNetwork() {
        const network = await this.#get("/network");
        const { service } = this.#options;
        if (service !== undefined && service !== network.service)
            throw new Error(`this is ${network.service}, not ${service}: nothing is signed for it`);
        return network;
    }
    // A call whose answer was lost may have taken effect: the second one finds the order as it wanted it.
    async #change(verb, uuid, wanted) {
        try {
            return (await this.#signed({ method: "PATCH", path: `${base}/orders/${uuid}/${verb}` }, `${verb}_order`, uuid)).data;
        }
        catch (refused) {
            if (refused instanceof Refusal && refused.code === "order_not_open" && wanted !== undefined && refused.details["status"] === wanted)
                return this.order(uuid);
            throw refused;
        }
    }
    // A machine whose clock is wrong signs once more, by the clock of the service.
    async #signed(call, action, uuid) {
        const signed = { ...call, headers: () => this.#proof(action, { uuid }) };
        try {
            return await this.#http.json(signed);
        }
        catch (refused) {
            if (!(refused instanceof Refusal) || refused.code !== "expired_timestamp")
                throw refused;
            const told = refused.at;
            if (told === undefined)
                throw refused;
            this.#clockOffset = told - this.#now();
            return this.#http.json(signed);
        }
    }
    #listProof() {
        if (this.#options.apiKey !== undefined)
            return Promise.resolve({});
        const now = this.#now();
        if (!this.#listing || this.#listing.until < now) {
            const headers = this.#proof("list_orders", { owner: this.#signer.address });
            this.#listing = { headers, until: now + listLasts };
            headers.catch(() => (this.#listing = undefined));
        }
        return this.#listing.headers;
    }
    async #proof(action, members) {
        if (this.#options.apiKey !== undefined && !this.#options.signer)
            return {};
        const { service, chainId } = await this.network();
        const message = JSON.stringify({
            service, chainId, address: this.#signer.address, action, ...members, timestamp: Math.round(this.#now() + this.#clockOffset), salt: newUuid(),
        });
        return { "x-message": message, "x-signature": await signMessage(this.#signer, message) };
    }
}
/** True where nothing more will happen to an order. */
export const isEnded = (order) => order.status === "confirmed" || order.status === "failed" || order.status === "cancelled";
/** A fresh random uuid. `crypto.randomUUID` is there on secure pages only. */
export function newUuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
}
