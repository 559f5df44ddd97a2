using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using OrderService.Api.Panora.Records;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Panora;

/// <summary>
/// Every refusal under these paths. The original documents none, so the shape is our own: <c>{"statusCode", "message", "error", "field",
/// "code", "details"}</c>.
/// </summary>
internal static class PanoraErrors
{
    private const string FieldName = "field";

    /// <summary>The answer of every route.</summary>
    public static IResult From(OrderError error) => From(FactsOf(error));

    /// <summary>The answer where the route knows more than the refusal.</summary>
    public static IResult From(ErrorFacts facts) => new ErrorAnswer(facts, Write);

    /// <summary>Status, code and facts of each refusal.</summary>
    public static ErrorFacts FactsOf(OrderError error) => error switch
    {
        OrderError.Field e => Of(400, e).With(FieldName, e.Name),
        OrderError.Malformed e => Of(400, e),
        OrderError.UnknownToken e => Of(400, e).With(FieldName, e.Name).With("token", e.Token),
        OrderError.BadSignature e => Of(400, e),
        OrderError.WrongNetwork e => Of(400, e).With("expected", e.Expected).With("chainId", e.ChainId),
        OrderError.WrongRouter e => Of(400, e).With("expected", e.Expected),
        OrderError.Unauthenticated e => Of(401, e),
        OrderError.Forbidden e => Of(403, e),
        OrderError.NotFound e => Of(404, e),
        OrderError.Gone e => Of(410, e),
        OrderError.NotOpen e => Of(409, e).With("status", e.Status),
        OrderError.Exists e => Of(409, e).With(FieldName, e.Name),
        OrderError.InFlight e => Of(409, e).With("txId", e.TxId is null ? null : "0x" + e.TxId),
        OrderError.Conflict e => Of(409, e),
        OrderError.NotExecutable e => Of(422, e).With("reason", e.Detail),
        OrderError.BelowMin e => Of(422, e).With("quoted", e.Quoted.ToString()).With("minAmountOut", e.Min.ToString()),
        OrderError.PriceImpact e =>
            Of(422, e).With("quoted", e.Quoted.ToString()).With("believed", e.Believed.ToString()).With("minAmountOut", e.Min.ToString()),
        OrderError.InsufficientBalance e =>
            Of(422, e).With("available", e.Available.ToString()).With("required", e.Required.ToString())
                .With("missing", e.Missing.ToString()),
        OrderError.Unprocessable e => Of(422, e),
        OrderError.TooMany e => Of(429, e) with { RetryAfter = e.RetryAfter },
        OrderError.Unavailable e => Of(503, e) with { RetryAfter = e.RetryAfter },
        _ => throw new UnreachableException($"no answer for the refusal {error}"),
    };

    /// <summary>The shape.</summary>
    public static void Write(Utf8JsonWriter json, ErrorFacts facts, DateTimeOffset now) =>
        JsonSerializer.Serialize(json, Of(facts), PanoraJson.Default.RefusalRecord);

    private static RefusalRecord Of(ErrorFacts facts) => new()
    {
        StatusCode = facts.Status,
        Message = facts.Sentence,
        Error = ReasonPhrases.GetReasonPhrase(facts.Status),
        Field = facts.Details.TryGetValue(FieldName, out var field) ? field.ToString() : null,
        Code = facts.Code,
        Details = (facts with { Details = facts.Details.Where(d => d.Key != FieldName).ToDictionary() }).DetailsOrNull,
    };

    private static ErrorFacts Of(int status, OrderError error) => new(status, error.Code, error.Message);
}
