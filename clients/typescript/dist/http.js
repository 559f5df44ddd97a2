import { Refusal } from "./refusal.js";
const firstWait = 250;
/** Sends calls, and sends them again where that is safe and may help: 429, 503 and lost connections, after the time that the service says. */
export class Http {
    #options;
    #fetch;
    constructor(options) {
        this.#options = options;
        this.#fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    }
    /** The body of a success; a Refusal is thrown for the rest. Every call of this client may be repeated: an order by its uuid, the others since their end is the same. */
    async json(call) {
        return (await (await this.send(call)).json());
    }
    /** The answer of a success, its body not yet read. */
    async send(call) {
        for (let tries = 0;; tries++) {
            const failed = await this.#trySend(call);
            if (failed instanceof Response)
                return failed;
            const wait = this.#waitAfter(failed, tries);
            if (wait === undefined || call.signal?.aborted)
                throw failed;
            await pause(wait, call.signal);
        }
    }
    async #trySend(call) {
        const headers = { accept: "application/json", ...(await call.headers?.()) };
        if (this.#options.apiKey !== undefined)
            headers["x-api-key"] = this.#options.apiKey;
        const init = { method: call.method, headers, redirect: "error", cache: "no-store", credentials: "omit" };
        if (call.body !== undefined) {
            headers["content-type"] = "application/json";
            init.body = JSON.stringify(call.body);
        }
        if (call.signal)
            init.signal = call.signal;
        try {
            const response = await this.#fetch(this.#urlOf(call), init);
            return response.ok ? response : await Refusal.of(response);
        }
        catch (lost) {
            return lost instanceof Error ? lost : new Error(String(lost));
        }
    }
    #urlOf({ path, query }) {
        const url = new URL(path, this.#options.baseUrl);
        for (const [name, value] of Object.entries(query ?? {}))
            if (value !== undefined)
                url.searchParams.set(name, String(value));
        return url.href;
    }
    // What the caller did wrong stays wrong; what the service cannot do now it may do later.
    #waitAfter(failed, tries) {
        if (tries >= (this.#options.retriesMax ?? 4))
            return undefined;
        if (failed instanceof Refusal && failed.status !== 429 && failed.status !== 503)
            return undefined;
        const wait = failed instanceof Refusal && failed.retryAfter !== undefined ? failed.retryAfter : firstWait * 2 ** tries;
        return wait > (this.#options.waitMax ?? 30_000) ? undefined : wait;
    }
}
/** Waits, or throws as soon as a signal says to leave. */
export function pause(milliseconds, signal) {
    return new Promise((resolve, reject) => {
        if (signal?.aborted)
            return reject(signal.reason);
        const leave = () => {
            clearTimeout(timer);
            reject(signal?.reason);
        };
        const timer = setTimeout(() => {
            signal?.removeEventListener("abort", leave);
            resolve();
        }, milliseconds);
        signal?.addEventListener("abort", leave, { once: true });
    });
}
