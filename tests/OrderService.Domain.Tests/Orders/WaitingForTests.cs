using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Domain.Transactions;

namespace OrderService.Domain.Tests.Orders;

/// <summary>What an order waits for, as its rows alone say it.</summary>
public class WaitingForTests
{
    private static readonly DateTimeOffset Now = Sample.Start;

    [Fact]
    public void What_was_just_made_waits_for_what_makes_it_due()
    {
        Of(Sample.Order(Sample.Terms(SliceTrigger.Manual))).ShouldBe(WaitingFor.Call);
        Of(Sample.Order(Sample.Terms())).ShouldBe(WaitingFor.Tick);
        Of(Sample.Order(Sample.Terms() with { ValidFrom = Now.AddHours(1) })).ShouldBe(WaitingFor.Start);
        Of(Sample.Order(Sample.Terms(SliceTrigger.Price))).ShouldBe(WaitingFor.Price);
        var past = Sample.Order(Sample.Terms() with { ValidTo = Now.AddHours(1) });
        WaitingForOrder.Of(past, Now.AddHours(2)).ShouldBeNull();
    }

    [Theory]
    [InlineData("insufficient_balance", WaitingFor.Funds)]
    [InlineData("solvers_busy", WaitingFor.Payer)]
    [InlineData("fee_budget", WaitingFor.Payer)]
    [InlineData("sends_paused", WaitingFor.Operator)]
    [InlineData("no_route", WaitingFor.Route)]
    [InlineData("price_impact", WaitingFor.Quote)]
    [InlineData("min_amount_out", WaitingFor.Quote)]
    [InlineData("venue_unavailable", WaitingFor.Retry)]
    public void What_was_given_back_waits_for_what_it_lacked(string reason, WaitingFor waits)
    {
        var order = Sample.Order(Sample.Terms());
        Sample.Claim(order.Slices[0], Now);
        order.BackOff(1, new OrderFact.BackedOff(reason), Now.AddSeconds(5), BackOffKind.Passing, Now);
        Of(order).ShouldBe(waits);
    }

    [Fact]
    public void What_waits_for_a_rate_waits_for_a_quote()
    {
        var order = Sample.Order(Sample.Terms());
        Sample.Claim(order.Slices[0], Now);
        order.BackOff(1, new OrderFact.BackedOff("min_amount_out"), Now.AddSeconds(5), BackOffKind.BelowMin, Now,
            new QuoteNeed(new QuoteRoute(TokenId.Of(Sample.Sell), TokenId.Stx), QuoteSide.Rise, Price.One));
        Of(order).ShouldBe(WaitingFor.Quote);
    }

    [Fact]
    public void What_is_claimed_waits_for_its_turn_and_then_for_its_send()
    {
        var order = Sample.Order(Sample.Terms());
        Sample.Claim(order.Slices[0], Now);
        Of(order).ShouldBe(WaitingFor.Send);
        order.Slices[0].Queue();
        Of(order).ShouldBe(WaitingFor.Turn);
    }

    [Fact]
    public void What_was_sent_waits_for_the_chain_and_what_is_to_end_for_its_spend()
    {
        var (order, attempt) = Sample.Broadcast();
        Of(order).ShouldBe(WaitingFor.Chain);
        Settlement.Apply(order, attempt, new TransactionStatus.Aborted("x", UuidUsed: false, 7, Now, IsFinal: true), Now.AddSeconds(9),
            Now);
        Of(order).ShouldBe(WaitingFor.Retry);
        order.Cancel(Now).Value.ShouldBeOfType<CancelOutcome.Cancelling>();
        Of(order).ShouldBe(WaitingFor.Spend);
        var spend = Sample.Send(order, AttemptKind.Spend);
        Of(order).ShouldBe(WaitingFor.Spend);
        Settlement.Apply(order, spend, new TransactionStatus.Succeeded(TokenAmount.Zero, 8, Now, IsFinal: true), Now, Now);
        Of(order).ShouldBeNull();
    }

    [Fact]
    public void What_is_paused_waits_for_a_call_to_resume()
    {
        var order = Sample.Order(Sample.Terms(SliceTrigger.Price));
        order.Pause(Now).Error.ShouldBeNull();
        Of(order).ShouldBe(WaitingFor.Resume);
        order.Resume(Now).Error.ShouldBeNull();
        Of(order).ShouldBe(WaitingFor.Price);
    }

    [Fact]
    public void An_event_carries_the_order_as_of_then()
    {
        var (order, attempt) = Sample.Broadcast();
        Settlement.Apply(order, attempt, new TransactionStatus.Succeeded(new TokenAmount(10), 7, Now, IsFinal: true), Now, Now);
        var news = order.TakeNews();
        news.Select(told => (told.Kind, told.OrderStatus, told.OrderFilled)).ShouldBe(
        [
            (OrderEventKinds.Created, OrderStatus.Open, TokenAmount.Zero), (OrderEventKinds.Broadcast, OrderStatus.Open, TokenAmount.Zero),
            (OrderEventKinds.Confirmed, OrderStatus.Open, order.Terms.AmountIn),
            (OrderEventKinds.Completed, OrderStatus.Completed, order.Terms.AmountIn),
        ]);
        EventText.TryReadOrder(news[1].Kind, news[1].Detail, out var sent).ShouldBeTrue();
        sent.ShouldBeOfType<OrderFact.Broadcast>().ShouldSatisfyAllConditions(
            fact => fact.Txid.ShouldBe(attempt.TxId), fact => fact.Payer.ShouldBe(attempt.Solver.ToString()),
            fact => fact.Nonce.ShouldBe(attempt.Nonce), fact => fact.Fee.ShouldBe(attempt.Fee));
        var ended = Sample.Order(Sample.Terms());
        ended.Cancel(Now, reason: "token_delisted");
        ended.TakeNews()[^1].OrderReason.ShouldBe("token_delisted");
    }

    private static WaitingFor? Of(Order order) => WaitingForOrder.Of(order, Now);
}
