/** What the service said no to. The sentence is for people and may change; the code does not. */
export class Refusal extends Error {
    status;
    code;
    details;
    retryAfter;
    requestId;
    at;
    name = "Refusal";
    constructor(status, code, message, details = {}, 
    /** When to ask again, in milliseconds, where the service said so. */
    retryAfter, 
    /** The id under which the service's log has the request. */
    requestId, 
    /** The service's clock when it refused, in milliseconds since 1970. */
    at) {
        super(message);
        this.status = status;
        this.code = code;
        this.details = details;
        this.retryAfter = retryAfter;
        this.requestId = requestId;
        this.at = at;
    }
    /** The field of the body or the query that it is about. */
    get field() {
        const field = this.details["field"];
        return typeof field === "string" ? field : undefined;
    }
    /** Of an answer that was not a success. */
    static async of(response) {
        const said = await response.json().catch(() => undefined);
        const text = (name) => (typeof said?.[name] === "string" ? said[name] : undefined);
        const details = typeof said?.["details"] === "object" && said["details"] !== null ? said["details"] : {};
        const at = Date.parse(text("timestamp") ?? "");
        const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
        return new Refusal(response.status, text("code") ?? "unknown", text("error") ?? text("detail") ?? `the service answered ${response.status}`, details, Number.isFinite(seconds) ? seconds * 1000 : undefined, response.headers.get("x-request-id") ?? undefined, Number.isNaN(at) ? undefined : at);
    }
}
