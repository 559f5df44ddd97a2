using System.Text;
using OrderService.Api.Charisma;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Transactions;
using OrderService.Engine.Orders;

namespace OrderService.Tests.Charisma;

/// <summary>The quote among an order's metadata, whatever metadata its client gave.</summary>
public class QuotedSwapTests
{
    private const string Quote =
        "\"quote\":{\"amountIn\":1000000,\"amountOut\":7,\"timestamp\":\"2030-01-01T12:00:05.007Z\",\"slippage\":0.005}";

    [Theory]
    [InlineData("{}", "{" + Quote + "}")]
    [InlineData("{ }", "{ " + Quote + "}")]
    [InlineData("""{"n":1e7,"s":"\u0000"}""", """{"n":1e7,"s":"\u0000",""" + Quote + "}")]
    [InlineData("""{"a":{"quote":1}}""", """{"a":{"quote":1},""" + Quote + "}")]
    [InlineData("""{"quote":"mine"}""", """{"quote":"mine"}""")]
    [InlineData("{\"\\ud800\":1}", "{\"\\ud800\":1," + Quote + "}")]
    [InlineData("[1]", "[1]")]
    [InlineData("7", "7")]
    public void W8_The_quote_of_a_swap_stands_behind_what_the_client_has(string metadata, string told) =>
        Encoding.UTF8.GetString(Of().Among(new RawJson(Encoding.UTF8.GetBytes(metadata))).Utf8.Span).ShouldBe(told);

    [Fact]
    public void W8_Without_metadata_it_stands_alone() => Encoding.UTF8.GetString(Of().Among(null).Utf8.Span).ShouldBe("{" + Quote + "}");

    [Fact]
    public void An_order_that_was_not_sent_has_none() => QuotedSwap.Of(new OrderView(Samples.Order(), [], Samples.Start)).ShouldBeNull();

    private static QuotedSwap Of()
    {
        var order = Samples.Order(Samples.Terms() with { SlippageBps = 50 });
        var attempt = new SwapAttempt(order.Id, 1, AttemptKind.Swap,
            new PreparedTransaction(Samples.TxId, [1], Samples.Owner, 1, new TokenAmount(1)), new TokenAmount(7), new TokenAmount(6),
            Samples.Start.AddSeconds(5));
        return QuotedSwap.Of(new OrderView(order, [attempt], Samples.Start))!;
    }
}
