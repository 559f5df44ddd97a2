using System.Text;
using OrderService.Api.SwapCoffee;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;

namespace OrderService.Tests.SwapCoffee;

public class SwapCoffeeErrorsTests
{
    private static readonly (OrderError Error, int Status, string Sentence)[] Table =
    [
        (new OrderError.Field("amountIn", "must be positive"), 400, "input_amount must be positive"),
        (new OrderError.Field("settings.delay", "is required"), 400, "settings.delay is required"),
        (new OrderError.Malformed("Invalid request"), 400, "Invalid request"),
        (new OrderError.UnknownToken("outputToken", "x.y"), 400, "token_to is not a token this service knows: x.y"),
        (new OrderError.BadSignature("no"), 400, "signature verification failed: no"),
        (new OrderError.WrongNetwork("testnet", 7), 400, "signature is for another network: this service is on testnet, chain-id 7"),
        (new OrderError.WrongRouter("a.b"), 400, "signature names another router as its target: this service uses a.b"),
        (new OrderError.NotExecutable("no_route", "no route"), 400, "Order execution failed: no route"),
        (new OrderError.PriceImpact(new TokenAmount(1), new TokenAmount(3), new TokenAmount(2), 500), 400,
            "Order execution failed: the quote of 1 is more than 500 basis points below 3, which is what the believed prices say"),
        (new OrderError.BelowMin(new TokenAmount(1), new TokenAmount(2)), 400,
            "Order execution failed: the quote of 1 is below the min amount out of 2"),
        (new OrderError.InsufficientBalance(new TokenAmount(1), new TokenAmount(3)), 400,
            "Not enough balance: 3 is needed, 1 is available, 2 is missing"),
        (new OrderError.Unauthenticated("expired_timestamp", "x-verify has expired"), 401, "x-verify has expired"),
        (new OrderError.Forbidden("wrong_wallet", "no"), 403, "no"),
        (new OrderError.NotFound(), 404, "Not found"),
        (new OrderError.Gone("expired", null, DateTimeOffset.UnixEpoch), 410,
            "The order ended at 1970-01-01T00:00:00.000Z and is no longer kept"),
        (new OrderError.NotOpen("cancelling"), 409, "The order is not active: it is requested_cancellation"),
        (new OrderError.NotOpen("completed"), 409, "The order is not active: it is executed"),
        (new OrderError.NotOpen("failed"), 409, "The order is not active: it is failed"),
        (new OrderError.Exists("recipient"), 409, "an order with this uuid exists with another recipient"),
        (new OrderError.InFlight("abc"), 409, "Order is in flight in transaction abc"),
        (new OrderError.Conflict("taken", "exists"), 409, "exists"),
        (new OrderError.Unprocessable("idempotency_key_reused", "used"), 422, "used"),
        (new OrderError.TooMany("rate", "Rate limit exceeded", TimeSpan.FromSeconds(3)), 429, "Rate limit exceeded"),
        (new OrderError.Unavailable("away", "wait", TimeSpan.FromSeconds(2)), 503, "wait"),
    ];

    public static TheoryData<int> Rows() => [.. Enumerable.Range(0, Table.Length)];

    [Fact]
    public void Every_refusal_has_its_row()
    {
        var cases = typeof(OrderError).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(OrderError))).ToHashSet();
        Table.Select(row => row.Error.GetType()).ToHashSet().ShouldBe(cases, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_refusal_has_its_status_and_is_its_sentence_alone(int row)
    {
        var (error, status, sentence) = Table[row];
        var facts = SwapCoffeeErrors.FactsOf(error);
        facts.Status.ShouldBe(status);
        Encoding.UTF8.GetString(JsonAnswer.Bytes(json => SwapCoffeeErrors.Write(json, facts, DateTimeOffset.UnixEpoch)).Span)
            .ShouldBe($$"""{"error":"{{sentence}}"}""");
        (facts.RetryAfter is not null).ShouldBe(status is 429 or 503);
    }

    [Theory]
    [InlineData("inputToken", "token_from")]
    [InlineData("minAmountOut", "settings.min_output_amount")]
    [InlineData("slippageBps", "slippage")]
    [InlineData("parts", "max_suborders")]
    [InlineData("attemptsMax", "max_invocations")]
    [InlineData("interval", "settings.delay")]
    [InlineData("rateMin", "settings.price_range_from")]
    [InlineData("rateMax", "settings.price_range_to")]
    public void Fields_of_the_engine_have_this_wires_names(string field, string name) =>
    SwapCoffeeErrors.FactsOf(new OrderError.Field(field, "is wrong")).Sentence.ShouldBe($"{name} is wrong");
}
