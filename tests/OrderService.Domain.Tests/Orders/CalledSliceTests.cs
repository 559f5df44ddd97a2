using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Domain.Transactions;

namespace OrderService.Domain.Tests.Orders;

/// <summary>A slice that its account calls for holds the account's nonce from its first send until the chain has decided it.</summary>
public sealed class CalledSliceTests
{
    private static readonly DateTimeOffset Block = Sample.Start.AddMinutes(1);

    [Fact]
    public void An_abort_uses_the_nonce_up_and_what_cannot_be_mined_leaves_it()
    {
        var order = Order();
        var slice = order.Slices[0];
        slice.OriginNonce.ShouldBeNull();
        var rejected = Send(order, AttemptKind.Swap, 7);
        (slice.OriginNonce, rejected.OriginNonce, rejected.Transaction().Origin).ShouldBe((7, 7, new TransactionOrigin(Sample.Owner, 7)));
        Settlement.Rejected(order, rejected, "NotEnoughFunds", Block, Block, isOfPayer: true);
        (slice.Status, slice.OriginNonce, slice.AttemptsUsed).ShouldBe((SliceStatus.Waiting, 7, 0));
        var replaced = Send(order, AttemptKind.Swap, 7);
        Settlement.Apply(order, replaced, new TransactionStatus.Replaced(), Block, Block);
        slice.OriginNonce.ShouldBe(7);
        var aborted = Send(order, AttemptKind.Swap, 7);
        Settlement.Apply(order, aborted, new TransactionStatus.Aborted("min_amount_out", false, 5, Block, IsFinal: false), Block, Block);
        slice.OriginNonce.ShouldBe(7, "a reorg may take the abort back");
        Settlement.Apply(order, aborted, new TransactionStatus.Aborted("min_amount_out", false, 5, Block, IsFinal: true), Block, Block);
        (slice.Status, slice.OriginNonce, slice.AttemptsUsed).ShouldBe((SliceStatus.Waiting, null, 1));
        var last = Send(order, AttemptKind.Swap, 8);
        Settlement.Apply(order, last, new TransactionStatus.Succeeded(new TokenAmount(10), 6, Block, IsFinal: true), Block, Block);
        (order.Status, slice.OriginNonce).ShouldBe((OrderStatus.Completed, 8));
    }

    [Fact]
    public void What_was_asked_to_end_ends_as_asked_when_all_that_was_sent_is_decided()
    {
        var order = Order();
        var aborted = Send(order, AttemptKind.Swap, 0);
        Settlement.Apply(order, aborted, new TransactionStatus.Aborted("min_amount_out", false, 5, Block, IsFinal: true), Block, Block);
        order.Cancel(Block).Value.ShouldBeOfType<CancelOutcome.Cancelling>();
        Sample.Claim(order.Slices[0], Block);
        order.EndDecided(1, Block);
        (order.Status, order.Slices[0].Status).ShouldBe((OrderStatus.Cancelled, SliceStatus.Cancelled));
    }

    [Fact]
    public void A_nonce_that_was_used_elsewhere_ends_it_with_its_own_reason()
    {
        var order = Order();
        Settlement.Rejected(order, Send(order, AttemptKind.Swap, 0), "FeeTooLow", Block, Block, isOfPayer: true);
        Sample.Claim(order.Slices[0], Block);
        order.EndSpent(1, Block, "nonce_used_elsewhere");
        (order.Status, order.Slices[0].Reason).ShouldBe((OrderStatus.Failed, "nonce_used_elsewhere"));
    }

    private static Order Order()
    {
        var plan = new SchedulePlan { Schedule = new Schedule.Immediate(1), Attempts = new AttemptsBudget(3) };
        var terms = Sample.Terms() with { SellToken = TokenId.Stx, BuyToken = Sample.Sell };
        var order = OrderService.Domain.Orders.Order.CreateScheduled(new FundsAuthority.Managed(Sample.Owner, IsCalled: true), terms, plan,
            new ScheduleLimits(), "panora", null, Sample.Start).Value;
        (order.Funding, order.IsCalled).ShouldBe((FundingKind.Called, true));
        return order;
    }

    private static SwapAttempt Send(Order order, AttemptKind kind, ulong nonce)
    {
        Sample.Claim(order.Slices[0], Sample.Start);
        return order.Broadcast(1, kind, Sample.Transaction() with { Origin = new TransactionOrigin(Sample.Owner, nonce) },
            new TokenAmount(10), new TokenAmount(9), Sample.Start);
    }
}
