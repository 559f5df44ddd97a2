using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Domain.Transactions;

namespace OrderService.Domain.Tests.Orders;

/// <summary>A cancel that asks for the end where a transaction is in flight, whoever asks.</summary>
public sealed class RequestedCancelTests
{
    private static readonly DateTimeOffset Now = Sample.Start.AddSeconds(5);

    [Fact]
    public void An_order_of_one_part_in_flight_is_asked_to_end_and_completes_with_its_swap()
    {
        var (order, attempt) = Sent(parts: 1);
        order.Cancel(Now, requests: true).Value.ShouldBe(new CancelOutcome.InFlight(attempt.TxId, Requested: true));
        (order.Status, order.Slices[0].Status).ShouldBe((OrderStatus.Cancelling, SliceStatus.Broadcast));
        Settlement.Apply(order, attempt, Swapped, Now, Now);
        order.Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public void Where_its_transaction_is_lost_it_is_cancelled_once_its_uuid_is_spent()
    {
        var (order, attempt) = Sent(parts: 1);
        order.Cancel(Now, requests: true);
        Settlement.Apply(order, attempt, Aborted, Now, Now);
        (order.Status, order.Slices[0].EndAs).ShouldBe((OrderStatus.Cancelling, SliceStatus.Cancelled));
        Settlement.Apply(order, Sample.Send(order, AttemptKind.Spend), Swapped, Now, Now);
        order.Status.ShouldBe(OrderStatus.Cancelled);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_reason_of_a_cancel_is_told_where_the_order_ends_and_the_last_one_counts(bool wasAsked)
    {
        var (order, attempt) = Sent(parts: 2);
        if (wasAsked) order.Cancel(Now, requests: true);
        order.Cancel(Now, requests: true, "system");
        Settlement.Apply(order, attempt, Swapped, Now, Now);
        (order.Status, order.Reason).ShouldBe((OrderStatus.Cancelled, "system"));
    }

    [Fact]
    public void The_reason_outlives_a_reorg()
    {
        var (order, attempt) = Sent(parts: 2);
        order.Cancel(Now, requests: true, "system");
        var shallow = Swapped with { IsFinal = false };
        Settlement.Apply(order, attempt, shallow, Now, Now);
        Settlement.Apply(order, attempt, new TransactionStatus.Unknown(), Now, Now);
        (order.Status, order.Reason).ShouldBe((OrderStatus.Cancelling, "system"));
        Settlement.Apply(order, attempt, shallow, Now, Now);
        (order.Status, order.Reason).ShouldBe((OrderStatus.Cancelled, "system"));
    }

    [Fact]
    public void One_with_swaps_whose_last_try_was_lost_is_cancelled_not_completed()
    {
        var order = Sample.Scheduled(Sample.Plan(new Schedule.Immediate(2)) with { Attempts = AttemptsBudget.Shared(2) });
        Settlement.Apply(order, Sample.Send(order, AttemptKind.Swap), Swapped, Now, Now);
        var last = Sample.Send(order, AttemptKind.Swap, number: 2);
        order.Cancel(Now, requests: true);
        Settlement.Apply(order, last, Aborted, Now, Now);
        Settlement.Apply(order, Sample.Send(order, AttemptKind.Spend, number: 2), Swapped, Now, Now);
        order.Status.ShouldBe(OrderStatus.Cancelled);
        order.Slices.Select(s => s.Status).ShouldBe([SliceStatus.Confirmed, SliceStatus.Failed]);
    }

    [Fact]
    public void What_is_not_in_flight_is_cancelled_at_once()
    {
        var order = Sample.Scheduled(Sample.Plan(new Schedule.Immediate(1)));
        order.Cancel(Now, requests: true, "system").Value.ShouldBeOfType<CancelOutcome.Cancelled>();
        (order.Status, order.Reason).ShouldBe((OrderStatus.Cancelled, "system"));
    }

    private static TransactionStatus.Succeeded Swapped => new(new TokenAmount(9), 7, Now, IsFinal: true);

    private static TransactionStatus.Aborted Aborted => new("min_amount_out", UuidUsed: false, 7, Now, IsFinal: true);

    private static (Order Order, SwapAttempt Attempt) Sent(int parts)
    {
        var order = Sample.Scheduled(Sample.Plan(new Schedule.Immediate(parts)));
        return (order, Sample.Send(order, AttemptKind.Swap));
    }
}
