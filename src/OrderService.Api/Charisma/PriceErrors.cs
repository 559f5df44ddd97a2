using System.Text.Json;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Charisma;

/// <summary>
/// Refusals about the token of a price route's path: one that is not known is 404 in the original's own shape, all others are as
/// everywhere.
/// </summary>
internal static class PriceErrors
{
    private const string Unknown = "unknown_token";
    private const string Token = "token";

    /// <summary>The answer of the routes with a token in their path.</summary>
    public static IResult From(OrderError error) => new ErrorAnswer(FactsOf(error), Write);

    /// <summary>A token as the path has it, known or not even one.</summary>
    public static IResult NotFound(string token) => From(new OrderError.UnknownToken(Token, token));

    /// <summary>Status, code and facts of each refusal.</summary>
    public static ErrorFacts FactsOf(OrderError error) => error is OrderError.UnknownToken unknown
        ? new ErrorFacts(StatusCodes.Status404NotFound, Unknown, "Token not found").With(Token, unknown.Token)
        : CharismaErrors.FactsOf(error);

    /// <summary>The original's shape for an unknown token.</summary>
    public static void Write(Utf8JsonWriter json, ErrorFacts facts, DateTimeOffset now)
    {
        if (facts.Code != Unknown)
        {
            CharismaErrors.Write(json, facts, now);
            return;
        }
        var unknown = new UnknownTokenRecord
        {
            Status = "error", Error = facts.Sentence, Message = $"No price data available for token: {facts.Details[Token]}",
            Code = facts.Code, Timestamp = IsoTime.Text(now),
        };
        JsonSerializer.Serialize(json, unknown, CharismaJson.Default.UnknownTokenRecord);
    }
}
