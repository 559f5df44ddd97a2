using Microsoft.AspNetCore.WebUtilities;

namespace OrderService.Api.Wire;

/// <summary>
/// Everything that is told about a refusal, whatever the shape: the sentence, the code, small facts by name (texts and whole numbers).
/// </summary>
internal sealed record ErrorFacts(int Status, string Code, string Sentence)
{
    /// <summary>Facts by name: the field, the txid, the expected value.</summary>
    public IReadOnlyDictionary<string, object> Details { get; init; } = new Dictionary<string, object>();

    /// <summary>When to come back.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The facts of a bare status: what routing, the server or a limiter answered without a body.</summary>
    public static ErrorFacts Of(int status) => status switch
    {
        StatusCodes.Status404NotFound => new(status, "not_found", "Not found"),
        StatusCodes.Status405MethodNotAllowed => new(status, "method_not_allowed", "Method not allowed"),
        StatusCodes.Status408RequestTimeout => new(status, "request_timeout", "The request took too long to arrive"),
        StatusCodes.Status413PayloadTooLarge => new(status, "body_too_large", "The body is too large"),
        StatusCodes.Status414UriTooLong => new(status, "uri_too_long", "The path and its query are too long"),
        StatusCodes.Status421MisdirectedRequest =>
            new(status, "wrong_host",
                "This service is not reached by that name: Service:Domain and Service:Hosts of its settings say by which"),
        StatusCodes.Status431RequestHeaderFieldsTooLarge => new(status, "headers_too_large", "The headers are too large"),
        StatusCodes.Status415UnsupportedMediaType =>
            new(status, "unsupported_media_type", "Send the body as Content-Type: application/json"),
        StatusCodes.Status429TooManyRequests => new(status, "too_many_requests", "Too many requests")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        },
        StatusCodes.Status503ServiceUnavailable => new(status, "unavailable", "The service is not available right now; try again")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        },
        >= 500 => new(status, "internal_error", "Internal error"),
        _ => new(status, "invalid_request", $"Invalid request: {ReasonPhrases.GetReasonPhrase(status)}"),
    };

    /// <summary>Adds a fact; one that is not known is left out.</summary>
    public ErrorFacts With(string name, string? value) => value is null ? this : Adding(name, value);

    /// <summary>Adds a number.</summary>
    public ErrorFacts With(string name, long value) => Adding(name, value);

    /// <summary>The facts as an answer has them; null where there are none.</summary>
    public IReadOnlyDictionary<string, object>? DetailsOrNull => Details.Count == 0 ? null : Details;

    private ErrorFacts Adding(string name, object value) => this with
    {
        Details = new Dictionary<string, object>(Details) { [name] = value },
    };
}
