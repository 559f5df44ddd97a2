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
/** Sends calls, and sends them again where that is safe and may help: 429, 503 and lost connections, after the time that the service says. */
export declare class Http {
    #private;
    constructor(options: HttpOptions);
    /** The body of a success; a Refusal is thrown for the rest. Every call of this client may be repeated: an order by its uuid, the others since their end is the same. */
    json<T>(call: Call): Promise<T>;
    /** The answer of a success, its body not yet read. */
    send(call: Call): Promise<Response>;
}
/** Waits, or throws as soon as a signal says to leave. */
export declare function pause(milliseconds: number, signal?: AbortSignal): Promise<void>;
