/** What the service said no to. The sentence is for people and may change; the code does not. */
export declare class Refusal extends Error {
    readonly status: number;
    readonly code: string;
    readonly details: Readonly<Record<string, unknown>>;
    /** When to ask again, in milliseconds, where the service said so. */
    readonly retryAfter?: number | undefined;
    /** The id under which the service's log has the request. */
    readonly requestId?: string | undefined;
    /** The service's clock when it refused, in milliseconds since 1970. */
    readonly at?: number | undefined;
    readonly name = "Refusal";
    constructor(status: number, code: string, message: string, details?: Readonly<Record<string, unknown>>, 
    /** When to ask again, in milliseconds, where the service said so. */
    retryAfter?: number | undefined, 
    /** The id under which the service's log has the request. */
    requestId?: string | undefined, 
    /** The service's clock when it refused, in milliseconds since 1970. */
    at?: number | undefined);
    /** The field of the body or the query that it is about. */
    get field(): string | undefined;
    /** Of an answer that was not a success. */
    static of(response: Response): Promise<Refusal>;
}
