using System.Text;
using OrderService.Api.Charisma;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;

namespace OrderService.Tests.Charisma;

public class CharismaErrorsTests
{
    private static readonly (OrderError Error, int Status, string Code, string? Details)[] Table =
    [
        (new OrderError.Field("amountIn", "must be positive"), 400, "invalid_field", """{"field":"amountIn"}"""),
        (new OrderError.Malformed("Invalid request"), 400, "invalid_request", null),
        (new OrderError.UnknownToken("outputToken", "x.y"), 400, "unknown_token", """{"field":"outputToken","token":"x.y"}"""),
        (new OrderError.BadSignature("no"), 400, "invalid_signature", null),
        (new OrderError.WrongNetwork("testnet", 2147483648), 400, "wrong_network", """{"expected":"testnet","chainId":2147483648}"""),
        (new OrderError.WrongRouter("a.b"), 400, "wrong_router", """{"expected":"a.b"}"""),
        (new OrderError.NotOpen("cancelled"), 400, "order_not_open", """{"status":"cancelled"}"""),
        (new OrderError.NotExecutable("no_route", "no route"), 400, "no_route", """{"reason":"no route"}"""),
        (new OrderError.BelowMin(new TokenAmount(1), new TokenAmount(2)), 400, "min_amount_out", """{"quoted":"1","minAmountOut":"2"}"""),
        (new OrderError.PriceImpact(new TokenAmount(1), new TokenAmount(3), new TokenAmount(2), 500), 400, "price_impact",
            """{"quoted":"1","believed":"3","minAmountOut":"2"}"""),
        (new OrderError.Unauthenticated("invalid_api_key", "Invalid API key"), 401, "invalid_api_key", null),
        (new OrderError.Forbidden("permission_denied", "no"), 403, "permission_denied", null),
        (new OrderError.NotFound(), 404, "not_found", null),
        (new OrderError.Gone("expired", "valid_to_passed", new DateTimeOffset(2025, 11, 21, 3, 21, 0, TimeSpan.Zero)), 410, "order_gone",
            """{"status":"cancelled","reason":"expired","endedAt":"2025-11-21T03:21:00.000Z"}"""),
        (new OrderError.Exists("recipient"), 409, "order_exists", """{"field":"recipient"}"""),
        (new OrderError.InFlight("abc"), 409, "order_in_flight", """{"txid":"abc"}"""),
        (new OrderError.Conflict("taken", "exists"), 409, "taken", null),
        (new OrderError.Conflict("duplicate_key_name", "exists"), 400, "duplicate_key_name", """{"code":"DUPLICATE_KEY_NAME"}"""),
        (new OrderError.InsufficientBalance(new TokenAmount(4), new TokenAmount(10)), 422, "insufficient_balance",
            """{"available":"4","required":"10","missing":"6"}"""),
        (new OrderError.Unprocessable("idempotency_key_reused", "no"), 422, "idempotency_key_reused", null),
        (new OrderError.TooMany("rate_limit_exceeded", "Rate limit exceeded", TimeSpan.FromSeconds(3)), 429, "rate_limit_exceeded", null),
        (new OrderError.Unavailable("tokens_not_loaded", "wait", TimeSpan.FromSeconds(2)), 503, "tokens_not_loaded", null),
    ];

    public static TheoryData<int> Rows() => [.. Enumerable.Range(0, Table.Length)];

    [Fact]
    public void Every_refusal_has_its_row()
    {
        var cases = typeof(OrderError).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(OrderError))).ToHashSet();
        Table.Select(row => row.Error.GetType()).ToHashSet().ShouldBe(cases, ignoreOrder: true);
    }

    [Theory]
    [InlineData("completed", "confirmed", null, "it is confirmed")]
    [InlineData("expired", "cancelled", "expired", "it is cancelled (expired)")]
    [InlineData("paused", "open", "paused", "it is paused")]
    [InlineData("failed", "failed", null, "it is failed")]
    [InlineData("cancelling", "cancelling", null, "it is cancelling")]
    public void W20_How_an_order_stands_is_told_in_this_wire_s_words(string engineWord, string status, string? reason, string sentence)
    {
        var facts = CharismaErrors.FactsOf(new OrderError.NotOpen(engineWord));
        facts.Sentence.ShouldBe($"Order not open: {sentence}");
        (facts.Details["status"], facts.Details.GetValueOrDefault("reason")).ShouldBe((status, reason));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_refusal_has_its_status_its_code_and_its_facts(int row)
    {
        var (error, status, code, details) = Table[row];
        var facts = CharismaErrors.FactsOf(error);
        facts.Status.ShouldBe(status);
        var now = Samples.Start;
        var start = $$"""{"error":"{{error.Message}}","code":"{{code}}",""";
        var expected = start + (details is null ? "" : $"\"details\":{details},") + "\"timestamp\":\"2030-01-01T12:00:00.007Z\"}";
        Text(json => CharismaErrors.Write(json, facts, now)).ShouldBe(expected);
        Text(json => CharismaErrors.WriteOfQuote(json, facts, now)).ShouldBe("""{"success":false,""" + expected[1..]);
        (facts.RetryAfter is not null).ShouldBe(status is 429 or 503);
    }

    [Fact]
    public void A_txid_that_is_not_known_yet_is_left_out() => CharismaErrors.FactsOf(new OrderError.InFlight(null)).Details.ShouldBeEmpty();

    private static string Text(Action<System.Text.Json.Utf8JsonWriter> write) => Encoding.UTF8.GetString(JsonAnswer.Bytes(write).Span);
}
