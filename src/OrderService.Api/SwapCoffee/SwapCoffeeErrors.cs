using System.Diagnostics;
using System.Text.Json;
using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.SwapCoffee;

/// <summary>Every refusal in this dialect's words: <c>{"error": "…"}</c>, and nothing beside the sentence.</summary>
internal static class SwapCoffeeErrors
{
    /// <summary>The answer of every route.</summary>
    public static IResult From(OrderError error) => new ErrorAnswer(FactsOf(error), Write);

    /// <summary>Status and sentence of each refusal.</summary>
    public static ErrorFacts FactsOf(OrderError error) => error switch
    {
        OrderError.Field e => Of(400, SwapCoffeeDialect.Names.In(e)),
        OrderError.Malformed e => Of(400, e),
        OrderError.UnknownToken e => Of(400, SwapCoffeeDialect.Names.In(e)),
        OrderError.BadSignature e => Of(400, e),
        OrderError.WrongNetwork e => Of(400, e),
        OrderError.WrongRouter e => Of(400, e),
        OrderError.NotExecutable e => Of(400, e),
        OrderError.BelowMin e => Of(400, e),
        OrderError.PriceImpact e => Of(400, e),
        OrderError.InsufficientBalance e => Of(400, e),
        OrderError.Unauthenticated e => Of(401, e),
        OrderError.Forbidden e => Of(403, e),
        OrderError.NotFound e => Of(404, e),
        OrderError.Gone e => Of(410, e),
        OrderError.NotOpen e => Of(409, e, $"The order is not active: it is {WordOf(e.Status)}"),
        OrderError.Exists e => Of(409, e),
        OrderError.InFlight e => Of(409, e),
        OrderError.Conflict e => Of(409, e),
        OrderError.Unprocessable e => Of(422, e),
        OrderError.TooMany e => Of(429, e) with { RetryAfter = e.RetryAfter },
        OrderError.Unavailable e => Of(503, e) with { RetryAfter = e.RetryAfter },
        _ => throw new UnreachableException($"no answer for the refusal {error}"),
    };

    /// <summary>The shape.</summary>
    public static void Write(Utf8JsonWriter json, ErrorFacts facts, DateTimeOffset now) =>
        JsonSerializer.Serialize(json, new RefusalRecord { Error = facts.Sentence }, SwapCoffeeJson.Default.RefusalRecord);

    private static ErrorFacts Of(int status, OrderError error, string? sentence = null) =>
        new(status, error.Code, sentence ?? error.Message);

    private static string WordOf(string status) => status switch
    {
        "cancelling" => SwapCoffeeStatus.RequestedCancellation,
        "completed" => SwapCoffeeStatus.Executed,
        _ => status,
    };
}
