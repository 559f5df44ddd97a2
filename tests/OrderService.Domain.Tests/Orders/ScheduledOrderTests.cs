using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Domain.Transactions;

namespace OrderService.Domain.Tests.Orders;

public sealed class ScheduledOrderTests
{
    private static readonly DateTimeOffset Start = Sample.Start;
    private static readonly Interval Hour = Interval.Of(1, IntervalUnit.Hour);

    [Fact]
    public void A_part_is_a_slice_when_the_one_before_has_ended_and_has_its_uuid_from_then_on()
    {
        var order = Hourly(4, delay: Interval.Of(30, IntervalUnit.Minute));
        Moments(order, 4).ShouldBe([At(30), At(90), At(150), At(210)]);
        for (var part = 1; part <= 4; part++)
        {
            (order.Slices.Count, PartsOf.Left(order), order.Slices[^1].WakeAt).ShouldBe((part, 4 - part, At(60 * part - 30)));
            Confirm(order, part, At(60 * part - 30), At(60 * part - 29));
        }
        order.Status.ShouldBe(OrderStatus.Completed);
        order.Slices.Select(s => s.NotBefore).ShouldBe([At(30), At(90), At(150), At(210)]);
        order.Slices.Select(s => s.IntentUuid).Distinct().Count().ShouldBe(4);
        order.Slices.ShouldAllBe(s => s.IntentUuid != order.Terms.Uuid.ToString() && order.IntentOf(s).Uuid == s.IntentUuid
            && order.IntentOf(s).Amount == s.AmountIn.Units);
        order.Slices.Aggregate(TokenAmount.Zero, (sum, s) => sum + s.AmountIn).ShouldBe(order.Terms.AmountIn);
    }

    [Fact]
    public void A_wallets_signature_is_good_for_one_part()
    {
        var terms = Sample.Terms();
        var signed = new FundsAuthority.Signed(Sample.Verified(terms));
        Order.CreateScheduled(signed, terms, Sample.Plan(new Schedule.Immediate(2)), new ScheduleLimits(), "panora", null,
            Start).Error!.Code.ShouldBe("one_part_only");
        var order = Order.CreateScheduled(signed, terms,
            Sample.Plan(new Schedule.Immediate(1)) with { Rate = new RateBounds(Price.One, null) }, new ScheduleLimits(), "panora", null,
            Start).Value;
        (order.Funding, order.Account, order.Slices[0].RateMin).ShouldBe((FundingKind.Signed, null, Price.One));
        order.IntentOf(order.Slices[0]).Uuid.ShouldBe(terms.Uuid.ToString());
    }

    [Fact]
    public void Parts_on_time_keep_the_moments_that_they_were_made_with()
    {
        var order = Hourly(3);
        Confirm(order, 1, ranAt: At(2), endedAt: At(5));
        Moments(order, 3).ShouldBe([At(0), At(60), At(120)]);
        order.Slices[1].WakeAt.ShouldBe(At(60));
        Kinds(order).ShouldNotContain(OrderEventKinds.Rescheduled);
    }

    [Fact]
    public void After_a_downtime_one_overdue_part_runs_and_the_rest_is_counted_from_that_run()
    {
        var order = Hourly(5);
        Confirm(order, 1, ranAt: At(0), endedAt: At(1));
        // The service is away from here until ten hours later.
        order.Slices[1].WakeAt.ShouldBe(At(60));
        Confirm(order, 2, ranAt: At(600), endedAt: At(601));
        Moments(order, 5).Skip(2).ShouldBe([At(660), At(720), At(780)]);
        order.Slices[2].WakeAt.ShouldBe(At(660));
        Kinds(order).Count(k => k == OrderEventKinds.Rescheduled).ShouldBe(1);
        Confirm(order, 3, ranAt: At(660), endedAt: At(661));
        order.Slices[3].WakeAt.ShouldBe(At(720));
    }

    [Fact]
    public void A_confirmation_that_comes_late_makes_one_part_due_at_once_and_no_more()
    {
        var order = Hourly(4);
        Confirm(order, 1, ranAt: At(0), endedAt: At(200)); // sent on time, and then the service was away
        Moments(order, 4).ShouldBe([At(0), At(60), At(120), At(180)]);
        order.Slices[1].WakeAt.ShouldBe(At(200));
        Confirm(order, 2, ranAt: At(200), endedAt: At(201));
        Moments(order, 4).Skip(2).ShouldBe([At(260), At(320)]);
    }

    [Fact]
    public void Months_after_a_re_anchoring_are_counted_from_the_run()
    {
        var order = Sample.Scheduled(Sample.Plan(new Schedule.FixedInterval(4, Interval.Of(1, IntervalUnit.Month))));
        var run = new DateTimeOffset(2026, 8, 31, 0, 0, 0, TimeSpan.Zero);
        Confirm(order, 1, run, run.AddMinutes(1));
        Moments(order, 4).Skip(1).Select(m => m!.Value.ToString("MM-dd", null)).ShouldBe(["09-30", "10-31", "11-30"]);
    }

    [Fact]
    public void Parts_that_keep_their_distance_wait_an_interval_after_each_run_however_late_it_was()
    {
        var order = Sample.Scheduled(Sample.Plan(new Schedule.FixedInterval(3, Hour, KeepsDistance: true)));
        Confirm(order, 1, ranAt: At(50), endedAt: At(51));
        Moments(order, 3).Skip(1).ShouldBe([At(110), At(170)]);
        var rhythmic = Hourly(3);
        Confirm(rhythmic, 1, ranAt: At(50), endedAt: At(51));
        rhythmic.Slices[1].NotBefore.ShouldBe(At(60));
    }

    [Fact]
    public void A_part_that_fails_gives_its_turn_to_the_next_or_ends_the_order()
    {
        var going = Hourly(3);
        Fail(going, 1, At(1));
        (going.Status, going.Slices[1].WakeAt).ShouldBe((OrderStatus.Open, At(60)));
        Confirm(going, 2, At(60), At(61));
        Confirm(going, 3, At(120), At(121));
        (going.Status, going.Reason).ShouldBe((OrderStatus.Completed, null));

        var ending = Sample.Scheduled(Sample.Plan(new Schedule.FixedInterval(3, Hour)) with { OnPartFailed = PartFailure.End });
        Confirm(ending, 1, At(0), At(1));
        Fail(ending, 2, At(60));
        ending.Slices.Select(s => (s.Status, s.Reason)).ShouldBe([(SliceStatus.Confirmed, null), (SliceStatus.Failed, "no_route")]);
        PartsOf.Rest(ending).ShouldBe(new TokenAmount(333_334)); // of the third, which has no slice and never will
        PartsOf.Left(ending).ShouldBe(0);
        (ending.Status, ending.Reason).ShouldBe((OrderStatus.Failed, "part_failed"));
    }

    [Fact]
    public void A_budget_of_the_order_is_shared_and_a_failed_try_is_tried_again_on_the_same_part()
    {
        var order = Sample.Scheduled(Sample.Plan(new Schedule.Immediate(3)) with { Attempts = AttemptsBudget.Shared(4) });
        Abort(order, Sample.Send(order, AttemptKind.Swap));
        order.Slices[0].WakeAt.ShouldBe(At(1));
        Confirm(order, 1, At(1), At(2));
        Confirm(order, 2, At(2), At(3));
        Confirm(order, 3, At(3), At(4));
        (order.Status, order.Slices.Sum(s => s.AttemptsUsed)).ShouldBe((OrderStatus.Completed, 4));
    }

    [Fact]
    public void A_budget_that_is_used_up_ends_the_order_partly_swapped()
    {
        var order = Sample.Scheduled(Sample.Plan(new Schedule.Immediate(3)) with { Attempts = AttemptsBudget.Shared(3) });
        Confirm(order, 1, At(0), At(1));
        Abort(order, Sample.Send(order, AttemptKind.Swap, 2));
        Confirm(order, 2, At(2), At(3));
        order.Slices.Select(s => s.Status).ShouldBe([SliceStatus.Confirmed, SliceStatus.Confirmed]);
        (order.Status, order.Reason).ShouldBe((OrderStatus.Failed, "attempts_exhausted"));
    }

    [Fact]
    public void A_last_try_that_aborts_is_spent_before_the_order_ends()
    {
        var order = Sample.Scheduled(Sample.Plan(new Schedule.Immediate(2)) with { Attempts = AttemptsBudget.Shared(2) });
        Abort(order, Sample.Send(order, AttemptKind.Swap));
        Abort(order, Sample.Send(order, AttemptKind.Swap));
        (order.Status, order.Slices[0].EndAs, order.Slices.Count).ShouldBe((OrderStatus.Open, SliceStatus.Failed, 1));
        Settlement.Apply(order, Sample.Send(order, AttemptKind.Spend), Paid(isFinal: true), At(9), At(9));
        order.Slices.Select(s => s.Status).ShouldBe([SliceStatus.Failed]);
        (order.Status, order.Reason).ShouldBe((OrderStatus.Failed, "attempts_exhausted"));
    }

    [Fact]
    public void A_cancel_keeps_what_was_swapped()
    {
        var order = Hourly(3);
        Confirm(order, 1, At(0), At(1));
        order.Cancel(At(2)).Value.ShouldBeOfType<CancelOutcome.Cancelled>();
        (order.Status, order.Slices[0].Status,
            order.Slices[1].Status).ShouldBe((OrderStatus.Cancelled, SliceStatus.Confirmed, SliceStatus.Cancelled));
        (order.Slices.Count, PartsOf.Left(order)).ShouldBe((2, 0));
    }

    [Fact]
    public void A_cancel_while_a_part_is_in_flight_is_decided_by_that_part()
    {
        var order = Hourly(3);
        Confirm(order, 1, At(0), At(1));
        var sent = Sample.Send(order, AttemptKind.Swap, 2, At(60));
        order.Cancel(At(61)).Value.ShouldBe(new CancelOutcome.InFlight(sent.TxId, Requested: true));
        order.Cancel(At(61)).Value.ShouldBe(new CancelOutcome.InFlight(sent.TxId, Requested: true));
        order.Status.ShouldBe(OrderStatus.Cancelling);
        Settlement.Apply(order, sent, Paid(isFinal: false), At(62), At(62));
        order.Slices.Select(s => s.Status).ShouldBe([SliceStatus.Confirmed, SliceStatus.Confirmed]);
        order.Status.ShouldBe(OrderStatus.Cancelled);
        var last = Hourly(1);
        var only = Sample.Send(last, AttemptKind.Swap);
        last.Cancel(At(1)).Value.ShouldBe(new CancelOutcome.InFlight(only.TxId, Requested: false));
    }

    [Fact]
    public void A_reorg_of_a_cancelled_order_settles_what_it_took_back_and_nothing_else()
    {
        var order = Hourly(2);
        var first = Confirm(order, 1, At(0), At(1));
        order.Cancel(At(2));
        Settlement.Apply(order, first, new TransactionStatus.Pending(), At(3), At(3));
        (order.Status, order.Slices[0].Status).ShouldBe((OrderStatus.Cancelling, SliceStatus.Broadcast));
        Settlement.Apply(order, first, Paid(isFinal: true), At(4), At(4));
        order.Status.ShouldBe(OrderStatus.Cancelled);
    }

    [Fact]
    public void A_part_that_a_reorg_takes_back_has_its_turn_before_the_next()
    {
        var order = Hourly(3);
        var first = Confirm(order, 1, At(0), At(1));
        order.Slices[1].IsArmed.ShouldBeTrue();
        Settlement.Apply(order, first, new TransactionStatus.Unknown(), At(2), At(2));
        order.Slices.Select(s => s.IsActive).ShouldBe([true, false]);
        order.ClaimByCall(Guid.NewGuid(), At(9), At(3)).Error.ShouldBe(new OrderError.InFlight(first.TxId));
        Settlement.Apply(order, first, Paid(isFinal: false), At(4), At(4));
        order.Slices.Select(s => s.IsActive).ShouldBe([false, true]);
    }

    [Fact]
    public void A_pause_between_parts_holds_and_a_resume_runs_one_overdue_part()
    {
        var order = Hourly(4);
        Confirm(order, 1, At(0), At(1));
        order.Pause(At(2)).IsRejected(out _).ShouldBeFalse();
        order.Slices.ShouldAllBe(s => !s.IsArmed);
        order.Resume(At(500)).IsRejected(out _).ShouldBeFalse();
        order.Slices[1].WakeAt.ShouldBe(At(500));
        Confirm(order, 2, At(500), At(501));
        Moments(order, 4).Skip(2).ShouldBe([At(560), At(620)]);
    }

    [Fact]
    public void A_part_out_of_its_rate_waits_with_one_event_and_uses_up_nothing()
    {
        var order = Hourly(2);
        for (var minute = 0; minute < 90; minute += 5)
        {
            Sample.Claim(order.Slices[0], At(minute));
            order.BackOff(1, new OrderFact.BackedOff("rate_out_of_bounds"), At(minute + 5), BackOffKind.BelowMin, At(minute));
        }
        (order.Slices[0].AttemptsUsed, order.Slices[0].BelowMin, order.Slices.Count).ShouldBe((0, 18, 1));
        Kinds(order).Count(k => k == OrderEventKinds.BackedOff).ShouldBe(1);
        Confirm(order, 1, At(95), At(96));
        order.Slices[1].WakeAt.ShouldBe(At(155));
    }

    [Fact]
    public void Other_schedules_under_one_uuid_are_told_apart()
    {
        var terms = Sample.Terms();
        var plan = Sample.Plan(new Schedule.FixedInterval(3, Hour));
        var order = Sample.Scheduled(plan, terms);
        order.FirstDifference(Sample.Scheduled(plan, terms)).ShouldBeNull();
        order.FirstDifference(Sample.Scheduled(plan with { OnPartFailed = PartFailure.End }, terms)).ShouldBe("schedule");
        order.FirstDifference(Sample.Scheduled(Sample.Plan(new Schedule.FixedInterval(4, Hour)), terms)).ShouldBe("schedule");
        order.FirstDifference(Sample.Scheduled(plan with { Rate = new RateBounds(null, Price.One) }, terms)).ShouldBe("schedule");
    }

    // Of the parts that have a slice and of those that have none yet.
    private static IEnumerable<DateTimeOffset?> Moments(Order order, int parts) =>
        Enumerable.Range(0, parts).Select(part => part < order.Slices.Count ? order.Slices[part].NotBefore : PartsOf.MomentOf(order, part));

    private static DateTimeOffset At(int minutes) => Start.AddMinutes(minutes);

    private static Order Hourly(int parts, Interval? delay = null) =>
        Sample.Scheduled(Sample.Plan(new Schedule.FixedInterval(parts, Hour, delay)));

    private static SwapAttempt Confirm(Order order, int number, DateTimeOffset ranAt, DateTimeOffset endedAt)
    {
        var attempt = Sample.Send(order, AttemptKind.Swap, number, ranAt);
        Settlement.Apply(order, attempt, Paid(isFinal: false), endedAt, endedAt);
        return attempt;
    }

    private static void Fail(Order order, int number, DateTimeOffset at)
    {
        Sample.Claim(order.Find(number), at);
        order.GiveUp(number, SliceStatus.Failed, "no_route", at);
    }

    private static void Abort(Order order, SwapAttempt attempt) =>
        Settlement.Apply(order, attempt, new TransactionStatus.Aborted("min_amount_out", UuidUsed: false, 7, Start, IsFinal: true), At(1),
            At(1));

    private static TransactionStatus.Succeeded Paid(bool isFinal) => new(new TokenAmount(42), 7, Start, isFinal);

    private static string[] Kinds(Order order) => [.. order.TakeNews().Select(e => e.Kind)];
}
