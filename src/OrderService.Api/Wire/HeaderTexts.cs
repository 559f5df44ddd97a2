using Microsoft.OpenApi;

namespace OrderService.Api.Wire;

/// <summary>The headers of answers, told once in a document and named where they stand.</summary>
internal sealed class HeaderTexts(OpenApiDocument document, bool withKey, IReadOnlyList<string> ofRefusals)
{
    /// <summary>The id of a request.</summary>
    public const string RequestId = "X-Request-Id";

    private static readonly string[] OfAll = [RateBudgets.PolicyHeader, RateBudgets.LeftHeader, RequestId];
    private static readonly string[] OfKey = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-RateLimit-Window"];

    private static readonly Dictionary<string, (JsonSchemaType Type, string Description)> All = new()
    {
        [RequestId] = (JsonSchemaType.String,
            "The id of this request, which the service's log has too: name it when you ask about an answer."),
        ["X-RateLimit-Limit"] = (JsonSchemaType.Integer, "Requests that the API key has in a window. There where a key was sent."),
        ["X-RateLimit-Remaining"] = (JsonSchemaType.Integer, "Requests that are left in this window."),
        ["X-RateLimit-Reset"] = (JsonSchemaType.Integer, "When the window ends, in Unix seconds."),
        ["X-RateLimit-Window"] = (JsonSchemaType.Integer, "How long a window is, in seconds."),
        [RateBudgets.PolicyHeader] = (JsonSchemaType.String,
            "The budgets that this request counts in, by draft-ietf-httpapi-ratelimit-headers: q requests, or units qu, in w seconds. key-minute, key-hour and key-day are the API key's, key-cancels-… those of its cancels, owner-creates, owner-calls, owner-cancels and owner-reads the wallet's, address and address-cancels the remote address's, address-bytes (of bodies), address-creates and address-proofs what these cost, wrong-keys its keys that nobody has."),
        [RateBudgets.LeftHeader] = (JsonSchemaType.String,
            "What is left of them: r requests, all of them again in t seconds where there is such a moment."),
        ["Retry-After"] = (JsonSchemaType.Integer, "Seconds after which the request may be sent again."),
        ["WWW-Authenticate"] = (JsonSchemaType.String, "How a caller can prove who it is."),
        [IdempotencyFilter.OrderHeader] = (JsonSchemaType.String, "The id of the order that the answer is about."),
        [IdempotencyFilter.ReplayedHeader] = (JsonSchemaType.String,
            "true where the request was answered before, and this is that answer again."),
        ["ETag"] = (JsonSchemaType.String, "The order's revision in quotes, which If-Match takes: 1, and one more with each change."),
        ["X-Error-Code"] = (JsonSchemaType.String, "The refusal in a word, for programs."),
    };

    /// <summary>Writes all of them into a document.</summary>
    public static void AddTo(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.Headers = All.ToDictionary(
            h => h.Key,
            IOpenApiHeader (h) =>
                new OpenApiHeader { Description = h.Value.Description, Schema = new OpenApiSchema { Type = h.Value.Type } });
    }

    /// <summary>Those of a success.</summary>
    public Dictionary<string, IOpenApiHeader> OfSuccess(IEnumerable<string> more) => Of(more);

    /// <summary>Those of a refusal with this status.</summary>
    public Dictionary<string, IOpenApiHeader> OfRefusal(int status) => Of(status switch
    {
        StatusCodes.Status401Unauthorized => [.. ofRefusals, "WWW-Authenticate"],
        StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => [.. ofRefusals, "Retry-After"],
        _ => ofRefusals,
    });

    private Dictionary<string, IOpenApiHeader> Of(IEnumerable<string> names) =>
        names.Concat(withKey ? OfKey : []).Concat(OfAll)
            .ToDictionary(name => name, IOpenApiHeader (name) => new OpenApiHeaderReference(name, document));
}
