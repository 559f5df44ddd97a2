import { type Http } from "./http.js";
/** One message of a stream of server-sent events. */
export interface StreamMessage {
    readonly id: string;
    readonly data: string;
}
/** How a stream is followed. */
export interface StreamOptions {
    readonly path: string;
    readonly query?: Readonly<Record<string, string | undefined>>;
    readonly headers: () => Promise<Readonly<Record<string, string>>>;
    /** The id of the last message that the caller has dealt with. */
    readonly after?: string;
    readonly signal?: AbortSignal;
    /** How long a stream may say nothing, not even that it is there; 60 seconds where it is not given. */
    readonly silenceMax?: number;
    /** Told when the connection stands, and when it is lost. */
    readonly onState?: (isOpen: boolean) => void;
}
/**
 * Follows a stream for ever: where it ends, breaks off or falls silent, it comes back and goes on behind the last message, so that nothing is missed and nothing read twice.
 * It ends with its signal, and throws what will not get better by itself: a proof that is not accepted, or 410 position_gone.
 */
export declare function follow(http: Http, options: StreamOptions): AsyncGenerator<StreamMessage>;
