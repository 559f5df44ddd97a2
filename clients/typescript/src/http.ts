import { Refusal } from "./refusal.js";

/** How requests are made and made again. */
export interface HttpOptions {
  /** Where the service is, such as http://127.0.0.1:5080. */
  readonly baseUrl: string;
  /** A key of the wallet's, where the caller is a program. */
  readonly apiKey?: string;
  /** How often a call is made again after an outage or a limit; 4 where it is not given. */
  readonly retriesMax?: number;
  /** The longest wait before such a try, in milliseconds; 30 seconds where it is not given. Whoever is told to wait longer gets the refusal. */
  readonly waitMax?: number;
  readonly fetch?: typeof globalThis.fetch;
}

/** A call. */
export interface Call {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** Headers, made anew for each try: a signed message works once. */
  readonly headers?: () => Promise<Readonly<Record<string, string>>>;
  readonly signal?: AbortSignal;
}

const firstWait = 250;

/** Sends calls, and sends them again where that is safe and may help: 429, 503 and lost connections, after the time that the service says. */
export class Http {
  readonly #options: HttpOptions;
  readonly #fetch: typeof globalThis.fetch;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  }

  /** The body of a success; a Refusal is thrown for the rest. Every call of this client may be repeated: an order by its uuid, the others since their end is the same. */
  async json<T>(call: Call): Promise<T> {
    return (await (await this.send(call)).json()) as T;
  }

  /** The answer of a success, its body not yet read. */
  async send(call: Call): Promise<Response> {
    for (let tries = 0; ; tries++) {
      const failed = await this.#trySend(call);
      if (failed instanceof Response) return failed;
      const wait = this.#waitAfter(failed, tries);
      if (wait === undefined || call.signal?.aborted) throw failed;
      await pause(wait, call.signal);
    }
  }

  async #trySend(call: Call): Promise<Response | Error> {
    const headers: Record<string, string> = { accept: "application/json", ...(await call.headers?.()) };
    if (this.#options.apiKey !== undefined) headers["x-api-key"] = this.#options.apiKey;
    const init: RequestInit = { method: call.method, headers, redirect: "error", cache: "no-store", credentials: "omit" };
    if (call.body !== undefined) {
      headers["content-type"] = "application/json";
      init.body = JSON.stringify(call.body);
    }
    if (call.signal) init.signal = call.signal;
    try {
      const response = await this.#fetch(this.#urlOf(call), init);
      return response.ok ? response : await Refusal.of(response);
    } catch (lost) {
      return lost instanceof Error ? lost : new Error(String(lost));
    }
  }

  #urlOf({ path, query }: Call): string {
    const url = new URL(path, this.#options.baseUrl);
    for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) url.searchParams.set(name, String(value));
    return url.href;
  }

  // What the caller did wrong stays wrong; what the service cannot do now it may do later.
  #waitAfter(failed: Error, tries: number): number | undefined {
    if (tries >= (this.#options.retriesMax ?? 4)) return undefined;
    if (failed instanceof Refusal && failed.status !== 429 && failed.status !== 503) return undefined;
    const wait = failed instanceof Refusal && failed.retryAfter !== undefined ? failed.retryAfter : firstWait * 2 ** tries;
    return wait > (this.#options.waitMax ?? 30_000) ? undefined : wait;
  }
}

/** Waits, or throws as soon as a signal says to leave. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const leave = (): void => {
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
