using System.Diagnostics;
using System.Text.Json;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma;

/// <summary>
/// Every refusal in this dialect's words: <c>{"error", "code", "details", "timestamp"}</c>, and <c>success: false</c> in front on the quote
/// route.
/// </summary>
internal static class CharismaErrors
{
    /// <summary>The answer of the order, key, token and price routes.</summary>
    public static IResult From(OrderError error) => new ErrorAnswer(FactsOf(error), Write);

    /// <summary>The answer of the quote route.</summary>
    public static IResult FromQuote(OrderError error) => new ErrorAnswer(FactsOf(error), WriteOfQuote);

    /// <summary>A field that is missing or malformed.</summary>
    public static IResult Field(string name, string problem, string code = "invalid_field") =>
        From(new OrderError.Field(name, problem, code));

    /// <summary>A field with the original's own sentence about it.</summary>
    public static ErrorAnswer Sentence(string name, string sentence, string code = "invalid_field", bool ofQuote = false) =>
        new(new ErrorFacts(StatusCodes.Status400BadRequest, code, sentence).With("field", name), ofQuote ? WriteOfQuote : Write);

    /// <summary>Status, code and facts of each refusal.</summary>
    public static ErrorFacts FactsOf(OrderError error) => error switch
    {
        OrderError.Field e => Of(400, e).With("field", e.Name),
        OrderError.Malformed e => Of(400, e),
        OrderError.UnknownToken e => Of(400, e).With("field", e.Name).With("token", e.Token),
        OrderError.BadSignature e => Of(400, e),
        OrderError.WrongNetwork e => Of(400, e).With("expected", e.Expected).With("chainId", e.ChainId),
        OrderError.WrongRouter e => Of(400, e).With("expected", e.Expected),
        OrderError.NotOpen e => Ended(e),
        OrderError.NotExecutable e => Of(400, e).With("reason", e.Detail),
        OrderError.BelowMin e => Of(400, e).With("quoted", e.Quoted.ToString()).With("minAmountOut", e.Min.ToString()),
        OrderError.PriceImpact e =>
            Of(400, e).With("quoted", e.Quoted.ToString()).With("believed", e.Believed.ToString()).With("minAmountOut", e.Min.ToString()),
        OrderError.Unauthenticated e => Of(401, e),
        OrderError.Forbidden e => Of(403, e),
        OrderError.NotFound e => Of(404, e),
        OrderError.Gone e => Gone(e),
        OrderError.Exists e => Of(409, e).With("field", e.Name),
        OrderError.InFlight e => Of(409, e).With("txid", e.TxId),
        // The original answers a name that is taken with 400 and a code of its own, and clients look for it.
        OrderError.Conflict { Code: CreateApiKey.DuplicateName } e => Of(400, e).With("code", "DUPLICATE_KEY_NAME"),
        OrderError.Conflict { Code: "revision_mismatch" } e => Of(412, e),
        OrderError.Conflict e => Of(409, e),
        OrderError.InsufficientBalance e =>
            Of(422, e).With("available", e.Available.ToString()).With("required", e.Required.ToString())
                .With("missing", e.Missing.ToString()),
        OrderError.Unprocessable e => Of(422, e),
        OrderError.TooMany e => Of(429, e) with { RetryAfter = e.RetryAfter },
        OrderError.Unavailable e => Of(503, e) with { RetryAfter = e.RetryAfter },
        _ => throw new UnreachableException($"no answer for the refusal {error}"),
    };

    /// <summary>The shape of most routes.</summary>
    public static void Write(Utf8JsonWriter json, ErrorFacts facts, DateTimeOffset now) =>
        JsonSerializer.Serialize(json, RecordOf(facts, now), CharismaJson.Default.RefusalRecord);

    /// <summary>The refusal as it stands in an answer.</summary>
    public static RefusalRecord RecordOf(ErrorFacts facts, DateTimeOffset now) => new()
    {
        Error = facts.Sentence, Code = facts.Code, Details = facts.DetailsOrNull, Timestamp = IsoTime.Text(now),
    };

    /// <summary>The shape of the quote route.</summary>
    public static void WriteOfQuote(Utf8JsonWriter json, ErrorFacts facts, DateTimeOffset now) => JsonSerializer.Serialize(
        json, new QuoteRefusalRecord { Success = false, Error = facts.Sentence, Code = facts.Code, Details = facts.DetailsOrNull,
            Timestamp = IsoTime.Text(now) }, CharismaJson.Default.QuoteRefusalRecord);

    // The engine says how an order stands in its own words.
    private static ErrorFacts Ended(OrderError.NotOpen error)
    {
        var (status, reason) = CharismaStatus.Of(error.Status);
        var isOpen = status == CharismaStatus.Open;
        var stands = reason is null ? status : isOpen ? reason : $"{status} ({reason})";
        return new ErrorFacts(400, error.Code, $"Order not open: it is {stands}").With("status", status).With("reason", reason);
    }

    private static ErrorFacts Gone(OrderError.Gone error)
    {
        var (status, reason) = CharismaStatus.Of(error.Status);
        return Of(410, error).With("status", status).With("reason", reason ?? error.Reason)
            .With("endedAt", IsoTime.Text(error.EndedAt));
    }

    private static ErrorFacts Of(int status, OrderError error) => new(status, error.Code, error.Message);
}
