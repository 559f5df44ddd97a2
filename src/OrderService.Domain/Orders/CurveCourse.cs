using System.Diagnostics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Orders;

/// <summary>
/// The life of an order that is planned slice by slice: it begins, draws one slice after the other, and ends. A slice's row, and the uuid
/// of its intent with it, is made when the one before has ended, so that nobody can know the uuid before; what has no row yet is reserved
/// on the order.
/// </summary>
public static class CurveCourse
{
    /// <summary>How long a person may pause an order.</summary>
    public static readonly TimeSpan PauseMax = TimeSpan.FromHours(24);

    /// <summary>
    /// Makes an open order, which begins at once where neither its start nor its condition holds it back. <paramref name="bandBpsDefault"/>
    /// is the price band of one without a limit price.
    /// </summary>
    public static Result<Order> Create(
        FundsAuthority.Managed authority, OrderTerms terms, CurveTerms asked, int attemptsMax, string dialect, string? clientFields,
        IReadOnlyList<string> labels, CurveSight sight, DateTimeOffset now, int? bandBpsDefault = null)
    {
        if (terms.Trigger != SliceTrigger.Time) throw new UnreachableException("an order that is planned slice by slice waits for moments");
        var order = new Order(authority, terms, ScheduleRules.None, [], dialect, clientFields,
            asked is { HasLimit: true, IsReverseLimit: false } ? null : bandBpsDefault, now);
        var curve = new OrderCurve(order.Id, asked, terms.AmountIn, attemptsMax);
        curve.Label(labels);
        order.Plan(curve);
        if (LayOut(order, TokenAmount.Zero, 0, sight) is { } no) return no;
        if (asked.StartAt is { } start && start > now) curve.Wait(start, false);
        else if (asked.Condition is not null) curve.Wait(asked.ConditionExpiry, true);
        else Begin(order, sight, now);
        return order;
    }

    /// <summary>The start has come: what is left is the condition, or nothing.</summary>
    public static void Start(Order order, CurveSight sight, DateTimeOffset now)
    {
        if (order.Curve is not { ActivatedAt: null } curve || order.Status != OrderStatus.Open) return;
        if (curve.Asked.ConditionExpiry is { } expiry && expiry <= now && curve.Asked.Condition is not null)
            order.Cancel(now, requests: true, "condition_expired");
        else if (curve.Asked.Condition is not null) curve.Wait(curve.Asked.ConditionExpiry, true);
        else Begin(order, sight, now);
    }

    /// <summary>The condition held once: it is not looked at again. <paramref name="seen"/> is what it read.</summary>
    public static void ConditionMet(Order order, OrderFact.ConditionMet seen, CurveSight sight, DateTimeOffset now)
    {
        if (order.Curve is not { ActivatedAt: null, IsWatching: true } || order.Status != OrderStatus.Open) return;
        order.Tell(null, seen, now);
        Begin(order, sight, now);
    }

    /// <summary>Gives an order that was read for a look the plan that was read beside it.</summary>
    public static void Read(Order order, OrderCurve curve) => order.Plan(curve);

    /// <summary>
    /// Its moment has come, one that no slice waits for: the start, the end of the wait for its condition, the end of a pause.
    /// </summary>
    public static void Advance(Order order, CurveSight sight, DateTimeOffset now)
    {
        if (order.Curve is not { WakeAt: { } due } curve || due > now) return;
        if (curve.ActivatedAt is null) Start(order, sight, now);
        else if (order.Status == OrderStatus.Paused && curve.PausedBy == PausedBy.Person)
            order.Cancel(now, requests: true, "paused_too_long");
        else curve.Wait(null, curve.IsWatching);
    }

    /// <summary>
    /// A look at the condition that kept values of variables, or after which it is known otherwise than before whether all of it can be
    /// told.
    /// </summary>
    public static void Looked(Order order, string? kept, bool isBlind, DateTimeOffset now)
    {
        if (order.Curve is not { ActivatedAt: null } curve || order.Status != OrderStatus.Open) return;
        if (isBlind && !curve.IsBlind) order.Tell(null, new OrderFact.ConditionUnknown(), now);
        curve.Keep(kept, isBlind);
    }

    /// <summary>What should be executed of the target by now; nothing before it has begun.</summary>
    public static TokenAmount Scheduled(OrderHeader order, DateTimeOffset now) => order.Curve switch
    {
        { ActivatedAt: null } or null => TokenAmount.Zero,
        { Asked.Pace: CurvePace.Curve } curve => curve.Asked.PlanOf(curve.Curve).TargetAt(curve.Time.At(now)),
        var curve => curve.Asked.Target,
    };

    /// <summary>What is executed of the target.</summary>
    public static TokenAmount Executed(Order order) => Executed(order, order.Slices.Where(s => s.Status == SliceStatus.Confirmed));

    /// <summary>The same, where these are all its slices that are confirmed.</summary>
    public static TokenAmount Executed(OrderHeader order, IEnumerable<Slice> confirmed)
    {
        var isExactOut = order.Curve is { Asked.IsExactOut: true };
        return confirmed.Aggregate(TokenAmount.Zero, (sum, s) => sum + (isExactOut ? s.AmountOut ?? TokenAmount.Zero : s.AmountIn));
    }

    /// <summary>True where no more than one base unit, or a ten-thousandth, is left of the target.</summary>
    public static bool IsFilled(TokenAmount target, TokenAmount executed) =>
        executed >= target || (target - executed).Units <= UInt128.Max(1, target.Units / 10_000);

    /// <summary>What is set aside and in no slice that is swapped, or may be.</summary>
    public static TokenAmount Unplanned(Order order)
    {
        var curve = order.Curve ?? throw new UnreachableException($"order {order.Id} has no plan of its own");
        var taken =
            order.Slices.Where(s => s.Status is SliceStatus.Confirmed or SliceStatus.Broadcast || (s.WasSent && !s.Status.IsTerminal()))
            .Aggregate(curve.Released, (sum, s) => sum + s.AmountIn);
        return curve.Funds - taken;
    }

    /// <summary>True where the last of the target is in a swap that the chain has not decided.</summary>
    public static bool IsAllInFlight(Order order) =>
        order.Curve is { } curve
            && order.Slices.FirstOrDefault(s => !s.Status.IsTerminal()) is { Status: SliceStatus.Broadcast, Planned: { } planned }
        && IsFilled(curve.Asked.Target, Executed(order) + planned);

    /// <summary>True where the last of the target is on its way, or the end is as near as the plan's last moment.</summary>
    public static bool IsFinishing(Order order, DateTimeOffset now)
    {
        if (order.Curve is not { ActivatedAt: not null } curve || order.Status != OrderStatus.Open) return false;
        if (IsAllInFlight(order)) return true;
        return curve.Asked is { Pace: CurvePace.Curve, GoesOn: false } && curve.Time.At(now) >= curve.Asked.PlanOf(curve.Curve).LastMoment;
    }

    /// <summary>What its next slice would swap of the target, were it planned now; null where nothing would be.</summary>
    public static TokenAmount? NextSize(Order order, DateTimeOffset now) =>
        order.Curve is { ActivatedAt: not null } ? NextOf(order, Executed(order), now)?.Size : null;

    /// <summary>Where it stands, as its readers name it.</summary>
    public static CurveStanding StandingOf(Order order, DateTimeOffset now) => order.Status switch
    {
        OrderStatus.Completed => CurveStanding.Complete,
        OrderStatus.Paused => CurveStanding.Paused,
        OrderStatus.Open when order.Curve!.ActivatedAt is null => CurveStanding.Scheduled,
        OrderStatus.Open => IsFinishing(order, now) ? CurveStanding.Finisher : CurveStanding.Active,
        _ => CurveStanding.Canceled,
    };

    /// <summary>When it ends, where no pause follows; null before it has begun.</summary>
    public static DateTimeOffset? EndsAt(Order order, DateTimeOffset now) =>
        order.Curve is { ActivatedAt: not null } curve ? curve.Time.When(curve.Asked.Duration, now) : null;

    // It ends, or will as soon as what is in flight has settled: what is in no swap is the account's again, and nothing is looked at any
    // more.
    internal static void LetGo(Order order)
    {
        var curve = order.Curve ?? throw new UnreachableException($"order {order.Id} ends and its plan was not read");
        curve.Wait(null, false);
        if (Unplanned(order) is { } rest && rest > TokenAmount.Zero) curve.Release(rest);
    }

    /// <summary>A slice has ended, or a pause: what follows.</summary>
    internal static void Continue(Order order, DateTimeOffset now)
    {
        var curve = order.Curve!;
        if (order.Slices.FirstOrDefault(s => !s.Status.IsTerminal()) is { } open)
        {
            if (order.Status == OrderStatus.Open && open is { Status: SliceStatus.Waiting, IsArmed: false }) open.Arm(now);
            return;
        }
        var executed = Executed(order);
        if (order.Status == OrderStatus.Cancelling)
        {
            order.Move(IsFilled(curve.Asked.Target, executed) ? OrderStatus.Completed : OrderStatus.Cancelled, order.Reason, now);
            order.Tell(null, order.Status == OrderStatus.Completed ? new OrderFact.Completed() : new OrderFact.Cancelled(), now);
        }
        else if (IsFilled(curve.Asked.Target, executed))
        {
            End(order, null, now);
        }
        else if (order.Slices is [.., { Status: SliceStatus.Failed } failed])
        {
            End(order, failed.Reason ?? "failed", now);
        }
        else if (order.Status == OrderStatus.Open)
        {
            Draw(order, executed, now);
        }
    }

    /// <summary>Divides the rest anew. Why it cannot be, or null.</summary>
    internal static OrderError? LayOut(Order order, TokenAmount done, long moment, CurveSight sight)
    {
        var curve = order.Curve!;
        if (curve.Asked.Pace == CurvePace.Curve)
        {
            if (CurveLayout.Of(curve.Asked.PlanOf(curve.Curve), done, moment, sight.SizeMax).IsRejected(out var why, out var layout))
                return why;
            curve.LayOut(layout, sight.SizeMax);
            return null;
        }
        curve.LayOut(new CurveLayout(TokenAmount.Zero, 1), sight.SizeMax);
        return TurnsOf(order).Error;
    }

    internal static void Begin(Order order, CurveSight sight, DateTimeOffset now)
    {
        order.Curve!.Activate(now, sight);
        order.Tell(null, new OrderFact.Activated(), now);
        if (order.Curve is { Knots: null, Asked: { Pace: CurvePace.Curve, Shape: CurveShape.Vwap } })
            order.Tell(null, new OrderFact.NoVolume(), now);
        // The price may have moved since it was made: where clips as small as asked for do not fit any more, there are as many as do.
        if (LayOut(order, TokenAmount.Zero, 0, sight) is not null) LayOut(order, TokenAmount.Zero, 0, sight with { SizeMax = null });
        Continue(order, now);
    }

    // Fills where some is filled, or ends without; whatever is not spent is the account's again.
    internal static void End(Order order, string? reason, DateTimeOffset now)
    {
        var isFilled = order.Slices.Any(s => s.Status == SliceStatus.Confirmed);
        var isWhole = IsFilled(order.Curve!.Asked.Target, Executed(order));
        order.Move(isFilled ? OrderStatus.Completed : OrderStatus.Failed, isFilled ? reason : reason ?? "no_fills", now);
        bool? partial = isWhole ? null : true;
        order.Tell(null, isFilled ? new OrderFact.Completed(order.Reason, partial) : new OrderFact.Failed(order.Reason, partial), now);
    }

    private static void Draw(Order order, TokenAmount executed, DateTimeOffset now)
    {
        var curve = order.Curve!;
        var funds = Unplanned(order);
        if (funds == TokenAmount.Zero || curve.ActivatedAt is null || NextOf(order, executed, now) is not { } next)
        {
            End(order, null, now);
            return;
        }
        var part = new SlicePart(AmountOf(curve, next.Size, funds), curve.Time.When(next.RunsFrom, now), OrderUuid.New().ToString(),
            RateBounds.Any, curve.AttemptsMax);
        var slice = order.Draw(part, now);
        slice.PlanAs(next.Size, curve.Time.When(next.AnyPriceFrom, now),
            curve.Asked.GoesOn ? null : curve.Time.When(curve.Asked.Duration, now));
        slice.Arm(now);
    }

    private static PlannedSlice? NextOf(Order order, TokenAmount executed, DateTimeOffset now)
    {
        var curve = order.Curve!;
        var moment = curve.Time.At(now);
        if (curve.Asked.Pace == CurvePace.Curve)
        {
            // A slice starts when it is claimed for the last time.
            var started = order.Slices.LastOrDefault(s => s.WasSent)?.ClaimedAt;
            var earliest = started is { } at
                ? curve.Time.At(at) + (moment >= curve.Asked.Duration ? CurvePlan.Usual : CurvePlan.Apart) : moment;
            return CurveSlices.Next(curve.Asked.PlanOf(curve.Curve), curve.Divided, executed, moment, earliest, curve.SizeMax);
        }
        // What a pause dropped was no try.
        var isTried = curve.Asked.Pace == CurvePace.Once && order.Slices.Any(s => s.WasSent || s.Status != SliceStatus.Skipped);
        if (moment >= curve.Asked.Duration || isTried) return null;
        return TurnsOf(order).Value.Next(executed) is { } size ? new PlannedSlice(size, moment, moment, moment, moment, moment) : null;
    }

    private static Result<TurnPlan> TurnsOf(Order order)
    {
        var curve = order.Curve!;
        return curve.Asked.Pace switch
        {
            CurvePace.Uneven => TurnPlan.Uneven(curve.Asked.Target, curve.Asked.SlicesMin, order.Id),
            CurvePace.Turns when curve.SizeMax is { } max => TurnPlan.OfSize(curve.Asked.Target, max),
            _ => TurnPlan.Whole(curve.Asked.Target),
        };
    }

    // Of an exact amount out, what is sold is found when the slice is quoted: until then it may take all that is left.
    private static TokenAmount AmountOf(OrderCurve curve, TokenAmount size, TokenAmount funds) =>
        curve.Asked.IsExactOut || funds < size ? funds : size;
}
