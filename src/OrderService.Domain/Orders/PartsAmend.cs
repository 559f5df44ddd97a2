using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Orders;

/// <summary>What is to be changed of an order in parts; null leaves it as it is.</summary>
public sealed record PartsChanges
{
    /// <summary>What all parts sell together, those included that were swapped.</summary>
    public TokenAmount? AmountIn { get; init; }

    /// <summary>The least for all of it. Where only the amount changes, this follows in proportion, so that the rate stands.</summary>
    public TokenAmount? MinAmountOut { get; init; }

    /// <summary>The new slippage.</summary>
    public BasisPoints? Slippage { get; init; }

    /// <summary>How many parts in all.</summary>
    public int? Parts { get; init; }

    /// <summary>Swap attempts of all parts together, those included that were made.</summary>
    public int? AttemptsMax { get; init; }

    /// <summary>The time between two parts; only of an order that has one.</summary>
    public Interval? Interval { get; init; }

    /// <summary>The least rate; of zero for none.</summary>
    public Price? RateMin { get; init; }

    /// <summary>The greatest rate; of zero for none.</summary>
    public Price? RateMax { get; init; }

    /// <summary>The terms with all of it.</summary>
    public OrderTerms Of(OrderTerms terms)
    {
        var min = MinAmountOut
            ?? (AmountIn is { } amount && terms.MinAmountOut is { } before
                ? before.MulDivCeiling(amount.Units, terms.AmountIn.Units) ?? before : terms.MinAmountOut);
        return terms with { AmountIn = AmountIn ?? terms.AmountIn, MinAmountOut = min, SlippageBps = Slippage?.Value ?? terms.SlippageBps };
    }

    /// <summary>The rules with all of it.</summary>
    public ScheduleRules Of(ScheduleRules rules) => rules with
    {
        Parts = Parts ?? rules.Parts, AttemptsMax = AttemptsMax ?? rules.AttemptsMax,
        IntervalCount = Interval?.Count ?? rules.IntervalCount, IntervalUnit = Interval?.Unit ?? rules.IntervalUnit,
    };

    /// <summary>The bounds with all of it.</summary>
    public RateBounds Of(RateBounds rate) => new(Bound(RateMin, rate.Min), Bound(RateMax, rate.Max));

    /// <summary>The names of what is changed, for the event.</summary>
    public IEnumerable<string> Fields()
    {
        if (AmountIn is not null) yield return "amountIn";
        if (MinAmountOut is not null) yield return "minAmountOut";
        if (Slippage is not null) yield return "slippageBps";
        if (Parts is not null) yield return "parts";
        if (AttemptsMax is not null) yield return "attemptsMax";
        if (Interval is not null) yield return "interval";
        if (RateMin is not null) yield return "rateMin";
        if (RateMax is not null) yield return "rateMax";
    }

    private static Price? Bound(Price? change, Price? before) => change is not { } bound ? before : bound == Price.Zero ? null : bound;
}

/// <summary>
/// The numbered revisions of an order in parts that a managed account pays for: all changes apply or none. What is swapped, or was ever
/// sent, stays as it is and counts; the rest is divided anew among the parts that are left.
/// </summary>
public static class PartsAmend
{
    /// <summary>Why the changes are refused, or null.</summary>
    public static OrderError? Refusal(Order order, PartsChanges changes, ScheduleLimits limits, DateTimeOffset now)
    {
        if (order.StatusAt(now) is not (OrderStatus.Open or OrderStatus.Paused))
            return new OrderError.NotOpen(Order.Wire(order.StatusAt(now)));
        if (order.IsCurve || order.Account is null || order.Rules.Parts is not { } parts) return new OrderError.NotOpen("not_amendable");
        if (order.Slices.Any(s => s.EndAs is not null))
            return new OrderError.Conflict("order_ending", "The order is about to end: a part of it failed");
        if (changes.Interval is not null && order.Rules.Interval is null)
            return new OrderError.Field("interval", "is not of this kind of order");
        if (changes.MinAmountOut is not null && order.Rules.Slippage != SlippageFrom.Min)
            return new OrderError.Field("minAmountOut", "is not of this kind of order");
        var (terms, rules, rate) = (changes.Of(order.Terms), changes.Of(order.Rules), changes.Of(order.Slices[^1].Rate));
        if (rate.IsEmpty) return new OrderError.Field("rateMin", "must not be above rateMax", "empty_rate_bounds");
        if (ScheduleOf(rules).Refusal(limits) is { } schedule) return schedule;
        var (taken, left) = (Taken(order), rules.Parts!.Value - FixedCount(order));
        if (left < 0 || (left == 0 && FixedCount(order) < parts))
            return new OrderError.Field("parts", "must be more than were swapped or are in flight", "parts_taken");
        if (left == 0 && terms.AmountIn != order.Terms.AmountIn)
        {
            return new OrderError.Field("amountIn", "cannot be changed where the last part is in flight: more parts are needed",
                "all_in_flight");
        }
        if (left > 0 && (terms.AmountIn <= taken || (terms.AmountIn - taken).Units < (UInt128)left))
        {
            return new OrderError.Field("amountIn", "must leave something for each part that was not swapped and is not in flight",
                "amount_taken");
        }
        return AttemptsRefusal(order, rules, left);
    }

    /// <summary>
    /// Applies them. <paramref name="topUp"/> was set aside just now, and must be what the new amount is above the one before; what it is
    /// below is given back.
    /// <paramref name="bandBpsDefault"/> is the price band of an order without a floor of its own.
    /// </summary>
    public static Result<Order> Apply(
        Order order, PartsChanges changes, TokenAmount topUp, ScheduleLimits limits, DateTimeOffset now, int? bandBpsDefault = null)
    {
        if (Refusal(order, changes, limits, now) is { } no) return no;
        var terms = changes.Of(order.Terms);
        if (terms.AmountIn > order.Terms.AmountIn + topUp)
            return new OrderError.Conflict("changed_meanwhile", "The order was changed meanwhile");
        if (topUp > TokenAmount.Zero && terms.AmountIn != order.Terms.AmountIn + topUp)
            return new OrderError.Conflict("changed_meanwhile", "The order was changed meanwhile");
        var rate = changes.Of(order.Slices[^1].Rate);
        var next = order.Slices.FirstOrDefault(IsFree);
        // The moments that are left are counted from the part before the first of them, which has run or is running.
        var before = next is null ? order.Slices.Count - 1 : next.Number - 2;
        if (changes.Interval is not null && before >= 0 && PartsOf.MomentOf(order, before) is { } ran) order.AnchorAt(ran, before);
        order.Amend(terms, changes.Of(order.Rules), terms.PriceBandBps(rate, bandBpsDefault));
        foreach (var slice in order.Slices.Where(s => !s.Status.IsTerminal()))
            slice.Allow(rate, order.Rules.AttemptsMax ?? slice.AttemptsMax);
        order.Tell(null, new OrderFact.Amended(order.Revision, [.. changes.Fields()]), now);
        if (next is not null) Renew(order, next, now);
        return order;
    }

    private static void Renew(Order order, Slice slice, DateTimeOffset now)
    {
        if (slice.Status == SliceStatus.Executing) slice.Move(SliceStatus.Waiting, "amended"); // whoever holds it finds its claim gone
        slice.Resize(PartsOf.AmountOf(order, slice.Number - 1));
        if (slice.Number > 1 && order.Rules.Interval is not null && PartsOf.MomentOf(order, slice.Number - 1) is { } moment)
            slice.Reschedule(moment);
        slice.Disarm();
        Turn.Next(order, now);
    }

    private static OrderError.Field? AttemptsRefusal(Order order, ScheduleRules rules, int left)
    {
        if (rules.AttemptsMax is not { } max) return null;
        if (max < rules.Parts || max > ScheduleLimits.AttemptsMax)
            return new OrderError.Field("attemptsMax", $"must be at least the number of parts and at most {ScheduleLimits.AttemptsMax}");
        return max < order.Slices.Sum(s => s.AttemptsUsed) + left
            ? new OrderError.Field("attemptsMax", "must leave a try for each part that was not swapped and is not in flight",
                "attempts_used") : null;
    }

    private static Schedule ScheduleOf(ScheduleRules rules) =>
        rules.Interval is { } interval
            ? new Schedule.FixedInterval(rules.Parts!.Value, interval, KeepsDistance: rules.KeepsDistance)
            : new Schedule.Immediate(rules.Parts!.Value);

    private static bool IsFree(Slice slice) => !slice.Status.IsTerminal() && !slice.WasSent && slice.EndAs is null;

    private static int FixedCount(Order order) => order.Slices.Count(s => !IsFree(s));

    private static TokenAmount Taken(Order order) =>
        order.Slices.Where(s => !IsFree(s)).Aggregate(TokenAmount.Zero, (sum, s) => sum + s.AmountIn);
}
