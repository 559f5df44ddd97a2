using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Domain.Transactions;

namespace OrderService.Domain.Tests.Orders;

public sealed class OrderTests
{
    private static readonly DateTimeOffset Now = Sample.Start;

    [Fact]
    public void A_time_order_waits_for_this_moment() => Sample.Order(Sample.Terms()).Slices[0].WakeAt.ShouldBe(Now);

    [Fact]
    public void A_price_order_waits_for_one_bound()
    {
        var slice = Sample.Order(Sample.Terms(SliceTrigger.Price)).Slices[0];
        (slice.WaitSide, slice.WaitPrice, slice.WakeAt).ShouldBe((WaitSide.Rise, Price.One, null));
    }

    [Fact]
    public void A_price_order_with_a_window_waits_for_its_start_first()
    {
        var slice = Sample.Order(Sample.Terms(SliceTrigger.Price) with { ValidFrom = Now.AddMinutes(1) }).Slices[0];
        (slice.WaitSide, slice.WakeAt).ShouldBe((null, Now.AddMinutes(1)));
    }

    [Fact]
    public void A_manual_order_waits_for_nothing()
    {
        var slice = Sample.Order(Sample.Terms(SliceTrigger.Manual)).Slices[0];
        (slice.WaitSide, slice.WakeAt).ShouldBe(((WaitSide?)null, (DateTimeOffset?)null));
    }

    [Fact]
    public void A_window_that_has_closed_reads_as_expired_before_the_sweep_has_written_it()
    {
        var order = Sample.Order(Sample.Terms(SliceTrigger.Price) with { ValidTo = Now.AddMinutes(1) });
        order.StatusAt(Now.AddMinutes(1)).ShouldBe(OrderStatus.Open);
        order.StatusAt(Now.AddMinutes(1).AddTicks(10)).ShouldBe(OrderStatus.Expired);
        order.Status.ShouldBe(OrderStatus.Open);
        order.Expire(Now.AddMinutes(2));
        (order.Status, order.Slices[0].Status).ShouldBe((OrderStatus.Expired, SliceStatus.Expired));
    }

    [Fact]
    public void A_waiting_order_is_cancelled_and_only_once()
    {
        var order = Sample.Order(Sample.Terms());
        order.Cancel(Now).Value.ShouldBeOfType<CancelOutcome.Cancelled>();
        (order.Status, order.Slices[0].Status).ShouldBe((OrderStatus.Cancelled, SliceStatus.Cancelled));
        order.Cancel(Now).Error.ShouldBeOfType<OrderError.NotOpen>();
    }

    // A node's word, and a name that a client chose, are text in an event and nothing else.
    [Theory]
    [InlineData("abort_by_\"quote")]
    [InlineData("\",\"kind\":\"confirmed")]
    [InlineData("a\\b\n\u0001}{")]
    public void M7_What_others_say_stays_text_in_an_event(string said)
    {
        foreach (var isUsed in (bool[])[true, false])
        {
            var (order, attempt) = Sample.Broadcast(attemptsMax: 1);
            order.TakeNews();
            Settlement.Apply(order, attempt, new TransactionStatus.Aborted(said, isUsed, 7, Now, IsFinal: true), Now, Now);
            var told = order.TakeNews().Single(news => news.Kind == OrderEventKinds.Reverted);
            using var facts = System.Text.Json.JsonDocument.Parse(told.Detail!);
            facts.RootElement.EnumerateObject().Select(fact => (fact.Name, fact.Value.GetString()))
                .ShouldBe([("txid", attempt.TxId), ("reason", said)]);
        }
    }

    [Fact]
    public void A_broadcast_order_of_one_slice_refuses_to_be_cancelled_and_stays_as_it_is()
    {
        var (order, attempt) = Sample.Broadcast();
        order.Cancel(Now).Value.ShouldBe(new CancelOutcome.InFlight(attempt.TxId, Requested: false));
        (order.Status, order.Slices[0].Status).ShouldBe((OrderStatus.Open, SliceStatus.Broadcast));
    }

    [Fact]
    public void Success_completes_the_order_with_what_the_chain_paid()
    {
        var (order, attempt) = Sample.Broadcast();
        Settlement.Apply(order, attempt, new TransactionStatus.Succeeded(new TokenAmount(42), 7, Now, IsFinal: true), Now, Now);
        (order.Status, order.Slices[0].Status, order.Slices[0].AmountOut,
            attempt.Status).ShouldBe((OrderStatus.Completed, SliceStatus.Confirmed, new TokenAmount(42), OutgoingStatus.Confirmed));
        attempt.IsFinal.ShouldBeTrue();
    }

    [Fact]
    public void An_abort_is_tried_again_until_the_budget_is_spent_and_then_the_uuid_is_spent_before_the_end()
    {
        var (order, attempt) = Sample.Broadcast(attemptsMax: 2);
        Abort(order, attempt);
        (order.Slices[0].Status, order.Slices[0].WakeAt, order.Slices[0].EndAs).ShouldBe((SliceStatus.Waiting, Now.AddSeconds(5), null));
        Abort(order, Sample.Send(order, AttemptKind.Swap));
        (order.Status, order.Slices[0].Status, order.Slices[0].EndAs,
            order.Slices[0].WakeAt).ShouldBe((OrderStatus.Open, SliceStatus.Waiting, SliceStatus.Failed, Now));
        var spend = Sample.Send(order, AttemptKind.Spend);
        Settlement.Apply(order, spend, new TransactionStatus.Succeeded(TokenAmount.Zero, 8, Now, IsFinal: true), Now, Now);
        (order.Status, order.Reason, order.Slices[0].Status).ShouldBe((OrderStatus.Failed, "min_amount_out", SliceStatus.Failed));
    }

    [Fact]
    public void A_slice_that_was_ever_sent_is_cancelled_only_after_its_uuid_is_spent()
    {
        var (order, attempt) = Sample.Broadcast();
        Abort(order, attempt);
        order.Cancel(Now).Value.ShouldBe(new CancelOutcome.Cancelling());
        (order.Status, order.Slices[0].Status,
            order.Slices[0].EndAs).ShouldBe((OrderStatus.Cancelling, SliceStatus.Waiting, SliceStatus.Cancelled));
        var spend = Sample.Send(order, AttemptKind.Spend);
        Settlement.Apply(order, spend, new TransactionStatus.Succeeded(TokenAmount.Zero, 8, Now, IsFinal: false), Now, Now);
        order.Status.ShouldBe(OrderStatus.Cancelling);
        Settlement.Apply(order, spend, new TransactionStatus.Succeeded(TokenAmount.Zero, 8, Now, IsFinal: true), Now, Now);
        order.Status.ShouldBe(OrderStatus.Cancelled);
    }

    [Fact]
    public void A_uuid_that_somebody_else_used_ends_the_order_with_that_reason()
    {
        var (order, attempt) = Sample.Broadcast();
        Settlement.Apply(order, attempt, new TransactionStatus.Aborted("uuid_used", UuidUsed: true, 7, Now, IsFinal: true), Now, Now);
        (order.Status, order.Reason).ShouldBe((OrderStatus.Failed, "intent_already_used"));
    }

    [Fact]
    public void A_reorg_takes_a_confirmation_back_and_settlement_begins_again()
    {
        var (order, attempt) = Sample.Broadcast();
        Settlement.Apply(order, attempt, new TransactionStatus.Succeeded(new TokenAmount(42), 7, Now, IsFinal: false), Now, Now);
        order.Status.ShouldBe(OrderStatus.Completed);
        Settlement.Apply(order, attempt, new TransactionStatus.Pending(), Now, Now);
        (order.Status, order.Slices[0].Status, attempt.Status,
            order.Slices[0].AmountOut).ShouldBe((OrderStatus.Open, SliceStatus.Broadcast, OutgoingStatus.Sent, null));
        order.TakeNews().ShouldContain(e => e.Kind == OrderEventKinds.Reorged);
    }

    [Fact]
    public void Not_found_is_no_evidence()
    {
        var (order, attempt) = Sample.Broadcast();
        Settlement.Apply(order, attempt, new TransactionStatus.Unknown(), Now, Now);
        (order.Status, order.Slices[0].Status, attempt.Status).ShouldBe((OrderStatus.Open, SliceStatus.Broadcast, OutgoingStatus.Prepared));
    }

    [Fact]
    public void A_paused_order_waits_for_nothing_and_a_resumed_one_for_its_box_again()
    {
        var order = Sample.Order(Sample.Terms(SliceTrigger.Price));
        order.Pause(Now).IsRejected(out _).ShouldBeFalse();
        (order.Slices[0].WaitSide, order.Slices[0].WakeAt).ShouldBe(((WaitSide?)null, (DateTimeOffset?)null));
        order.ClaimByCall(Guid.NewGuid(), Now, Now).Error.ShouldBeOfType<OrderError.NotOpen>();
        order.Resume(Now).IsRejected(out _).ShouldBeFalse();
        order.Slices[0].WaitSide.ShouldBe(WaitSide.Rise);
    }

    [Fact]
    public void Execute_passes_the_condition_but_never_the_window()
    {
        var order = Sample.Order(Sample.Terms(SliceTrigger.Price) with { ValidFrom = Now.AddMinutes(1), ValidTo = Now.AddMinutes(2) });
        order.ClaimByCall(Guid.NewGuid(), Now.AddSeconds(30),
            Now).Error.ShouldBeOfType<OrderError.NotExecutable>().Code.ShouldBe("not_yet_valid");
        order.ClaimByCall(Guid.NewGuid(), Now.AddMinutes(2), Now.AddMinutes(1)).Value.Status.ShouldBe(SliceStatus.Executing);
        var late = Sample.Order(Sample.Terms() with { ValidTo = Now.AddMinutes(2) });
        late.ClaimByCall(Guid.NewGuid(), Now, Now.AddMinutes(3)).Error.ShouldBeOfType<OrderError.NotOpen>();
    }

    [Fact]
    public void Every_difference_of_terms_is_named()
    {
        var terms = Sample.Terms(SliceTrigger.Price);
        terms.FirstDifference(terms with { }).ShouldBeNull();
        terms.FirstDifference(terms with { AmountIn = new TokenAmount(2) }).ShouldBe("amountIn");
        terms.FirstDifference(terms with { TargetPrice = new Price(5) }).ShouldBe("targetPrice");
        terms.FirstDifference(terms with { ValidTo = Now }).ShouldBe("validTo");
        terms.FirstDifference(terms with { SlippageBps = 5 }).ShouldBe("slippageBps");
        terms.FirstDifference(terms with { Uuid = OrderUuid.Parse(terms.Uuid.ToString().ToUpperInvariant()) }).ShouldBe("uuid");
    }

    [Fact]
    public void A_manual_order_with_a_window_still_waits_for_nothing()
    {
        var slice = Sample.Order(Sample.Terms(SliceTrigger.Manual) with { ValidFrom = Now.AddDays(1) }).Slices[0];
        (slice.WaitSide, slice.WakeAt).ShouldBe(((WaitSide?)null, (DateTimeOffset?)null));
    }

    [Fact]
    public void A_call_before_a_parts_moment_that_fails_leaves_the_part_to_its_moment()
    {
        var day = Interval.Of(1, IntervalUnit.Day);
        var order = Sample.Scheduled(Sample.Plan(new Schedule.FixedInterval(2, day, Delay: day)));
        order.ClaimByCall(Guid.NewGuid(), Now.AddSeconds(30), Now).IsRejected(out _).ShouldBeFalse();
        order.BackOff(1, new OrderFact.BackedOff("no_route"), Now.AddSeconds(5), BackOffKind.Unquoted, Now);
        order.Slices[0].WakeAt.ShouldBe(order.Slices[0].NotBefore.ShouldNotBeNull());
        order.Slices[0].NotBefore!.Value.ShouldBeGreaterThan(Now.AddHours(23));
    }

    [Fact]
    public void Pause_calls_back_a_retry_that_is_about_to_be_sent_again()
    {
        var (order, attempt) = Sample.Broadcast();
        Abort(order, attempt);
        order.ClaimByCall(Guid.NewGuid(), Now.AddSeconds(30), Now).IsRejected(out _).ShouldBeFalse();
        order.Pause(Now).IsRejected(out _).ShouldBeFalse();
        (order.Slices[0].Status, order.Slices[0].WakeAt).ShouldBe((SliceStatus.Waiting, null));
    }

    [Fact]
    public void W19_A_swap_that_was_sent_cannot_be_paused()
    {
        var (order, attempt) = Sample.Broadcast();
        order.Pause(Now).Error.ShouldBeOfType<OrderError.InFlight>().TxId.ShouldBe(attempt.TxId);
        order.Status.ShouldBe(OrderStatus.Open);
        Abort(order, attempt);
        order.Pause(Now).Value.Status.ShouldBe(OrderStatus.Paused);
    }

    [Fact]
    public void A_spend_whose_worker_is_gone_is_due_again_even_where_the_order_is_paused()
    {
        var (order, attempt) = Sample.Broadcast(attemptsMax: 1);
        Abort(order, attempt);
        order.Pause(Now).IsRejected(out _).ShouldBeFalse();
        order.Slices[0].EndAs.ShouldBe(SliceStatus.Failed);
        order.Slices[0].Move(SliceStatus.Executing, order.Slices[0].Reason);
        order.Slices[0].Hold(Guid.NewGuid(), Now, Now.AddSeconds(-1));
        order.TimeOutClaim(1, Now);
        (order.Slices[0].Status, order.Slices[0].WakeAt).ShouldBe((SliceStatus.Waiting, Now));
    }

    private static void Abort(Order order, SwapAttempt attempt) =>
        Settlement.Apply(order, attempt, new TransactionStatus.Aborted("min_amount_out", UuidUsed: false, 7, Now, IsFinal: true),
            Now.AddSeconds(5), Now);
}
