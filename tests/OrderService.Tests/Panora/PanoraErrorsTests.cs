using System.Text;
using System.Text.Json.Nodes;
using OrderService.Api.Panora;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;

namespace OrderService.Tests.Panora;

public class PanoraErrorsTests
{
    private static readonly (OrderError Error, int Status, string Reason, string More)[] Table =
    [
        (new OrderError.Field("interval.timePeriod", "is missing", "missing_field"), 400, "Bad Request",
            "\"field\":\"interval.timePeriod\",\"code\":\"missing_field\""),
        (new OrderError.Malformed("Invalid request"), 400, "Bad Request", "\"code\":\"invalid_request\""),
        (new OrderError.UnknownToken("toTokenAddress", "x.y"), 400, "Bad Request",
            "\"field\":\"toTokenAddress\",\"code\":\"unknown_token\",\"details\":{\"token\":\"x.y\"}"),
        (new OrderError.BadSignature("no"), 400, "Bad Request", "\"code\":\"invalid_signature\""),
        (new OrderError.WrongNetwork("testnet", 2147483648), 400, "Bad Request",
            "\"code\":\"wrong_network\",\"details\":{\"expected\":\"testnet\",\"chainId\":2147483648}"),
        (new OrderError.WrongRouter("a.b"), 400, "Bad Request", "\"code\":\"wrong_router\",\"details\":{\"expected\":\"a.b\"}"),
        (new OrderError.Unauthenticated("missing_api_key", "Send a key"), 401, "Unauthorized", "\"code\":\"missing_api_key\""),
        (new OrderError.Forbidden("wrong_wallet", "no"), 403, "Forbidden", "\"code\":\"wrong_wallet\""),
        (new OrderError.NotFound(), 404, "Not Found", "\"code\":\"not_found\""),
        (new OrderError.Gone("expired", null, DateTimeOffset.UnixEpoch), 410, "Gone", "\"code\":\"order_gone\""),
        (new OrderError.NotOpen("filled"), 409, "Conflict", "\"code\":\"order_not_open\",\"details\":{\"status\":\"filled\"}"),
        (new OrderError.Exists("schedule"), 409, "Conflict", "\"field\":\"schedule\",\"code\":\"order_exists\""),
        (new OrderError.InFlight("abc"), 409, "Conflict", "\"code\":\"order_in_flight\",\"details\":{\"txId\":\"0xabc\"}"),
        (new OrderError.InFlight(null), 409, "Conflict", "\"code\":\"order_in_flight\""),
        (new OrderError.Conflict("idempotency_in_flight", "running"), 409, "Conflict", "\"code\":\"idempotency_in_flight\""),
        (new OrderError.NotExecutable("no_route", "none"), 422, "Unprocessable Entity",
            "\"code\":\"no_route\",\"details\":{\"reason\":\"none\"}"),
        (new OrderError.PriceImpact(new TokenAmount(1), new TokenAmount(3), new TokenAmount(2), 500), 422, "Unprocessable Entity",
            "\"code\":\"price_impact\",\"details\":{\"quoted\":\"1\",\"believed\":\"3\",\"minAmountOut\":\"2\"}"),
        (new OrderError.BelowMin(new TokenAmount(1), new TokenAmount(2)), 422, "Unprocessable Entity",
            "\"code\":\"min_amount_out\",\"details\":{\"quoted\":\"1\",\"minAmountOut\":\"2\"}"),
        (new OrderError.InsufficientBalance(new TokenAmount(1), new TokenAmount(3)), 422, "Unprocessable Entity",
            "\"code\":\"insufficient_balance\",\"details\":{\"available\":\"1\",\"required\":\"3\",\"missing\":\"2\"}"),
        (new OrderError.Unprocessable("no_managed_account", "none"), 422, "Unprocessable Entity", "\"code\":\"no_managed_account\""),
        (new OrderError.TooMany("rate_limit_exceeded", "Rate limit exceeded", TimeSpan.FromSeconds(3)), 429, "Too Many Requests",
            "\"code\":\"rate_limit_exceeded\""),
        (new OrderError.Unavailable("tokens_not_loaded", "wait", TimeSpan.FromSeconds(2)), 503, "Service Unavailable",
            "\"code\":\"tokens_not_loaded\""),
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
    public void A_refusal_has_its_status_its_reason_its_code_and_its_facts(int row)
    {
        var (error, status, reason, more) = Table[row];
        var facts = PanoraErrors.FactsOf(error);
        var text = Encoding.UTF8.GetString(JsonAnswer.Bytes(json => PanoraErrors.Write(json, facts, DateTimeOffset.UnixEpoch)).Span);
        text.ShouldBe(
            $$"""{"statusCode":{{status}},"message":{{JsonValue.Create(error.Message)!.ToJsonString()}},"error":"{{reason}}",{{more}}}""");
        (facts.RetryAfter is not null).ShouldBe(status is 429 or 503);
    }

    [Theory]
    [InlineData("amountIn", "fromTokenAmount.value", "fromTokenAmount")]
    [InlineData("inputToken", "fromTokenAddress", "fromTokenAddress")]
    [InlineData("outputToken", "toTokenAddress", "toTokenAddress")]
    [InlineData("parts", "numberOfOrders", "parts")]
    [InlineData("interval", "interval.value", "interval")]
    [InlineData("rateMin", "minRateToTokenPerFromToken", "rateToTokenPerFromToken")]
    [InlineData("validTo", "validTo", "expiry.value")]
    public void A_field_of_the_engine_is_called_as_in_the_call(string name, string dca, string limit)
    {
        foreach (var (product, expected) in ((PanoraProduct, string)[])[(PanoraProduct.Dca, dca), (PanoraProduct.Limit, limit)])
        {
            var named = product.FieldNames.In(new OrderError.Field(name, "is wrong", "some_code")).ShouldBeOfType<OrderError.Field>();
            (named.Name, named.Message, named.Code).ShouldBe((expected, $"{expected} is wrong", "some_code"));
        }
    }
}
