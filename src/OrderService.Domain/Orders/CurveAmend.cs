using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Orders;

/// <summary>A limit that takes the place of the one before; neither means that there is none any more.</summary>
public sealed record LimitChange(Price? Price, string? Expression);

/// <summary>What is to be changed of an order that is planned slice by slice; null leaves it as it is.</summary>
public sealed record CurveChanges
{
    /// <summary>The new Q, in the same token.</summary>
    public TokenAmount? Target { get; init; }

    /// <summary>The new D, milliseconds.</summary>
    public long? Duration { get; init; }

    /// <summary>The new part of the volume; only of an order that has one.</summary>
    public Share? VolumeTarget { get; init; }

    /// <summary>The new limit.</summary>
    public LimitChange? Limit { get; init; }

    /// <summary>The new largest slice, in the quote token.</summary>
    public TokenAmount? ClipMax { get; init; }

    /// <summary>The terms with all of it.</summary>
    public CurveTerms Of(CurveTerms asked) => asked with
    {
        Target = Target ?? asked.Target,
        Duration = Duration ?? asked.Duration,
        VolumeTarget = VolumeTarget ?? asked.VolumeTarget,
        ClipMax = ClipMax ?? asked.ClipMax,
        LimitPrice = Limit is null ? asked.LimitPrice : Limit.Price,
        LimitExpression = Limit is null ? asked.LimitExpression : Limit.Expression,
    };

    /// <summary>The names of what is changed, for the event.</summary>
    public IEnumerable<string> Fields()
    {
        if (Target is not null) yield return "quantity";
        if (Duration is not null) yield return "duration";
        if (VolumeTarget is not null) yield return "volume_target";
        if (Limit is not null) yield return "limit_price";
        if (ClipMax is not null) yield return "clip_max";
    }
}

/// <summary>
/// The numbered revisions of an order that is planned slice by slice: all changes apply or none. What is in flight counts as executed; the
/// rest is planned anew over the time that is left, on the same curve.
/// </summary>
public static class CurveAmend
{
    // No less than this before its end an order that runs may be changed.
    private static readonly TimeSpan Closest = TimeSpan.FromSeconds(15);

    /// <summary>Why the changes are refused, or null.</summary>
    public static OrderError? Refusal(Order order, CurveChanges changes, DateTimeOffset now)
    {
        if (order.Curve is not { } curve || order.Status is not (OrderStatus.Open or OrderStatus.Paused)
            || CurveCourse.IsFinishing(order, now))
        {
            return new OrderError.NotOpen("not_amendable");
        }
        var asked = curve.Asked;
        if (asked.Pace == CurvePace.Once || asked is { Pace: CurvePace.Turns, HasLimit: false })
            return new OrderError.NotOpen("not_amendable");
        var runs = curve.ActivatedAt is not null;
        if (runs && order.Status == OrderStatus.Open && CurveCourse.EndsAt(order, now) - now < Closest && !asked.GoesOn)
            return new OrderError.Unprocessable("too_close", "The order is too close to its end");
        if (changes.VolumeTarget is not null && asked.VolumeTarget is null)
            return new OrderError.Unprocessable("volume_target", "The order has no such target");
        if (changes.Duration is not null && runs && asked is { Pace: CurvePace.Curve, Shape: CurveShape.TargetTime })
            return new OrderError.Unprocessable("duration", "The duration of a target time cannot be changed once it runs");
        if (changes.Target is { } target && IsBelow(target.Units, CurvePauses.InSlices(order).Units))
            return new OrderError.Unprocessable("below_executed", "The quantity must be at least 5 % above what is executed");
        if (changes.Duration is { } duration && runs && duration * 100 < 105 * curve.Time.At(now))
            return new OrderError.Unprocessable("below_elapsed", "The duration must be at least 5 % above the time that has passed");
        return null;
    }

    /// <summary>
    /// Applies them. <paramref name="funds"/> is what the order as it will be has to have set aside in all; of what it has not,
    /// <paramref name="topUp"/> was set aside just now, and what it has too much of is given back.
    /// </summary>
    public static Result<Order> Apply(
        Order order, CurveChanges changes, TokenAmount funds, TokenAmount topUp, CurveSight sight, DateTimeOffset now)
    {
        if (Refusal(order, changes, now) is { } no) return no;
        var curve = order.Curve!;
        var has = curve.Funds - curve.Released + topUp;
        if (has < funds) return new OrderError.Conflict("changed_meanwhile", "The order was changed meanwhile");
        var (before, taken) = (curve.Asked, has - CurveCourse.Unplanned(order) - topUp);
        curve.Amend(changes.Of(before), curve.Funds + topUp, now);
        CurvePauses.Drop(order, now);
        var moment = curve.ActivatedAt is null ? 0 : curve.Time.At(now);
        if (CurveCourse.LayOut(order, CurvePauses.InSlices(order), moment, sight) is { } unplannable) return unplannable;
        // What is in flight may be more than the order needs from now on: it stays.
        var keeps = TokenAmount.Max(funds, taken);
        if (has > keeps) curve.Release(has - keeps);
        order.Tell(null, new OrderFact.Amended(curve.Revision, [.. changes.Fields()]), now);
        if (order.Status == OrderStatus.Open && curve.ActivatedAt is not null) CurveCourse.Continue(order, now);
        return order;
    }

    private static bool IsBelow(UInt128 amount, UInt128 executed) =>
        (System.Numerics.BigInteger)amount * 100 < (System.Numerics.BigInteger)executed * 105;
}
