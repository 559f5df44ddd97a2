/** What the service said no to. The sentence is for people and may change; the code does not. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    /** When to ask again, in milliseconds, where the service said so. */
    readonly retryAfter?: number,
    /** The id under which the service's log has the request. */
    readonly requestId?: string,
    /** The service's clock when it refused, in milliseconds since 1970. */
    readonly at?: number,
  ) {
    super(message);
  }

  /** The field of the body or the query that it is about. */
  get field(): string | undefined {
    const field = this.details["field"];
    return typeof field === "string" ? field : undefined;
  }

  /** Of an answer that was not a success. */
  static async of(response: Response): Promise<Refusal> {
    const said = await response.json().catch(() => undefined) as Readonly<Record<string, unknown>> | undefined;
    const text = (name: string): string | undefined => (typeof said?.[name] === "string" ? said[name] : undefined);
    const details = typeof said?.["details"] === "object" && said["details"] !== null ? (said["details"] as Readonly<Record<string, unknown>>) : {};
    const at = Date.parse(text("timestamp") ?? "");
    const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
    return new Refusal(
      response.status, text("code") ?? "unknown", text("error") ?? text("detail") ?? `the service answered ${response.status}`, details,
      Number.isFinite(seconds) ? seconds * 1000 : undefined, response.headers.get("x-request-id") ?? undefined,
      Number.isNaN(at) ? undefined : at,
    );
  }
}
