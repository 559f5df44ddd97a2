using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Domain.Transactions;

namespace OrderService.Domain.Tests.Orders;

/// <summary>
/// One random order that is planned slice by slice with a play sweep, executor and chain around it; what must hold is asked after every
/// step.
/// </summary>
internal sealed class PlayedCurveOrder
{
    private readonly Random _random;
    private readonly List<SwapAttempt> _attempts = [];
    private readonly HashSet<string> _uuids = [];
    private readonly HashSet<int> _returned = [];
    private readonly List<string> _story = [];
    private DateTimeOffset _now = Sample.Start;
    private bool _isReorged;

    public PlayedCurveOrder(int seed)
    {
        _random = new Random(seed);
        var exactOut = _random.Next(3) == 0;
        var pace = (CurvePace)_random.Next(4);
        var target = new TokenAmount((UInt128)_random.Next(100, 10_000_000));
        Asked = new CurveTerms
        {
            Side = (TradeSide)_random.Next(2), IsExactOut = exactOut, Target = target, Pace = pace,
            Duration = _random.Next(10, 4_000) * 1_000L, Discretion = Share.Of(_random.Next(20_000_000, 500_000_000)),
            Patience = Share.Of(_random.Next(0, Share.Whole)), SlicesMin = _random.Next(1, 12),
            GoesOn = pace == CurvePace.Curve && _random.Next(6) == 0,
            Shape = new[] { CurveShape.Twap, CurveShape.Shortfall, CurveShape.TargetTime, CurveShape.Vwap }[_random.Next(4)],
            StartAt = _random.Next(4) == 0 ? _now.AddMinutes(_random.Next(1, 60)) : null,
            Condition = _random.Next(4) == 0 ? "1 1 ==" : null, LimitPrice = _random.Next(2) == 0 ? Price.One : null,
        };
        if (Asked.Condition is not null && _random.Next(2) == 0)
        {
            Asked = Asked with
            {
                ConditionExpiry = (Asked.StartAt ?? _now).AddMinutes(_random.Next(1, 30)),
            };
        }
        var terms = Sample.Terms() with { AmountIn = exactOut ? new TokenAmount(target.Units * 2) : target };
        Order = CurveCourse.Create(new FundsAuthority.Managed(Sample.Owner), terms, Asked, 3, "tread", null, [], new CurveSight(),
            _now).Value;
        Check("created");
    }

    public CurveTerms Asked { get; private set; }

    public Order Order { get; }

    /// <summary>Random steps, then whatever is needed to come to an end.</summary>
    public void Play(int steps)
    {
        for (var i = 0; i < steps && !(Order.Status.IsTerminal() && _attempts.TrueForAll(a => a.IsFinal)); i++) Check(Step());
        for (var i = 0; !Order.Status.IsTerminal(); i++)
        {
            i.ShouldBeLessThan(3_000, $"{Order.Status}, and nothing that would ever change it");
            if (Order.Status == OrderStatus.Paused) CurvePauses.Resume(Order, new CurveSight(), bySystem: true, _now);
            if (Order.Status == OrderStatus.Paused) Order.Cancel(_now, requests: true);
            if (Order.Curve!.IsWatching) CurveCourse.ConditionMet(Order, new OrderFact.ConditionMet(), new CurveSight(), _now);
            var next = Order.Slices.Select(s => s.WakeAt).Append(Order.Curve.WakeAt).Min();
            _now = next is { } at && at > _now ? at : _now;
            Sweep();
            foreach (var slice in Order.Slices.Where(s => s.Status == SliceStatus.Executing).ToArray()) Send(slice);
            foreach (var attempt in _attempts.Where(a => a.Status.IsLive()).ToArray()) Settle(attempt, Paid(attempt, isFinal: true));
            Check("to the end");
        }
        Unspent().ShouldBe(Order.Curve!.Released);
        Order.Curve.WakeAt.ShouldBeNull();
        Order.Curve.IsWatching.ShouldBeFalse();
    }

    private string Step()
    {
        if (_random.Next(3) == 0) _now = _now.AddMilliseconds(_random.Next(10) == 0 ? _random.Next(2_000_000) : _random.Next(30_000));
        var executing = Order.Slices.FirstOrDefault(s => s.Status == SliceStatus.Executing);
        var live = _attempts.Find(a => a.Status.IsLive());
        var young = _attempts.Find(a => a is { Status: OutgoingStatus.Confirmed, IsFinal: false });
        switch (_random.Next(26))
        {
            case 0: return Ask("pause", () => CurvePauses.Pause(Order, null, _now));
            case 1 or 2: return Ask("resume", () => CurvePauses.Resume(Order, new CurveSight(), bySystem: _random.Next(2) == 0, _now));
            case 3 when _random.Next(8) == 0: return Ask("cancel", () => Order.Cancel(_now, requests: _random.Next(2) == 0));
            case 4: return Amend();
            case 5: Order.Expire(_now); return "expire";
            case 6 when young is not null && _random.Next(3) == 0: return Reorg(young);
            case 7 when young is not null: Settle(young, Paid(young, isFinal: true)); return "final";
            case 8 when Order.Curve!.IsWatching
                && Order.Status == OrderStatus.Open: CurveCourse.ConditionMet(Order, new OrderFact.ConditionMet(), new CurveSight(),
                    _now); return "condition";
            case 9 when executing is { WasSent: false }: CurvePauses.PauseOutside(Order, executing.Number, _now); return "outside";
            case < 17 when executing is not null: return Execute(executing);
            case < 21 when live is not null: return SettleOne(live);
            default: return Sweep();
        }
    }

    private static string Ask<T>(string what, Func<Result<T>> ask) => ask().IsRejected(out var why) ? $"{what}: {why.Code}" : what;

    private string Amend()
    {
        var curve = Order.Curve!;
        var changes = new CurveChanges
        {
            Target = _random.Next(2) == 0
                ? new TokenAmount(UInt128.Max(1, curve.Asked.Target.Units * (UInt128)_random.Next(50, 200) / 100)) : null,
            Duration = _random.Next(2) == 0 ? curve.Asked.Duration * _random.Next(80, 200) / 100 : null,
        };
        var (before, has) = (EndsAt(), curve.Funds - curve.Released);
        var funds = changes.Target is not { } target ? has : curve.Asked.IsExactOut ? new TokenAmount(target.Units * 2) : target;
        var answer = CurveAmend.Apply(Order, changes, funds, funds > has ? funds - has : TokenAmount.Zero, new CurveSight(), _now);
        if (answer.IsRejected(out var why))
        {
            EndsAt().ShouldBe(before);
            return $"amend: {why.Code}";
        }
        Asked = curve.Asked;
        return $"amended to {Asked.Target} in {Asked.Duration}";
    }

    private DateTimeOffset? EndsAt() => CurveCourse.EndsAt(Order, _now);

    private string Reorg(SwapAttempt attempt)
    {
        _isReorged = true;
        _returned.Add(attempt.SliceNumber);
        Settlement.Apply(Order, attempt, new TransactionStatus.Pending(), _now, _now);
        return $"reorg of {attempt.SliceNumber}";
    }

    private string Sweep()
    {
        CurveCourse.Advance(Order, new CurveSight(), _now);
        Order.Expire(_now);
        foreach (var slice in Order.Slices.Where(s => s.WakeAt <= _now).ToArray())
        {
            if (slice.EndAs is null) (slice.NotBefore <= _now).ShouldBeTrue("no slice is woken before its moment");
            Sample.Claim(slice, _now);
        }
        return "sweep";
    }

    private string Execute(Slice slice)
    {
        switch (_random.Next(8))
        {
            case 0: Order.BackOff(slice.Number, new OrderFact.BackedOff("unfavourable_price"), _now.AddSeconds(1), BackOffKind.Passing,
                _now); return "unfavourable";
            case 1: Order.BackOff(slice.Number, new OrderFact.BackedOff("outside_limit"), _now.AddSeconds(5), BackOffKind.BelowMin,
                _now); return "outside the limit";
            case 2: Order.TimeOutClaim(slice.Number, _now.AddMinutes(10)); return "timed out";
            case 3 when slice.EndAs is null
                && _random.Next(4) == 0: Order.GiveUp(slice.Number, SliceStatus.Failed, "no_route", _now); return "given up";
            default: Send(slice); return "send";
        }
    }

    private void Send(Slice slice)
    {
        if (slice.EndAs is null && slice.IsPast(_now))
        {
            Order.GiveUp(slice.Number, SliceStatus.Expired, "expired", _now);
            return;
        }
        if (slice is { WasSent: false } && Order.Curve!.Asked.IsExactOut)
        {
            // About what the planned amount costs, more or less, within what is left.
            var cost = slice.Planned!.Value.Units * (UInt128)_random.Next(90, 250) / 100;
            new SliceOfOrder(Order, slice.Number).Resize(new TokenAmount(UInt128.Clamp(cost, 1, slice.AmountIn.Units)));
        }
        _attempts.Add(Order.Broadcast(slice.Number, slice.EndAs is null ? AttemptKind.Swap : AttemptKind.Spend, Sample.Transaction(), null,
            null, _now));
    }

    private string SettleOne(SwapAttempt attempt)
    {
        var outcome = _random.Next(10);
        switch (outcome)
        {
            case 0: Settle(attempt, new TransactionStatus.Aborted("min_amount_out", UuidUsed: false, 7, _now, IsFinal: true)); break;
            case 1 when _random.Next(3) == 0: Settle(attempt,
                new TransactionStatus.Aborted("uuid_used", UuidUsed: true, 7, _now, IsFinal: true)); break;
            case 2: Settle(attempt, new TransactionStatus.Replaced()); break;
            case 3: Settlement.Rejected(Order, attempt, "FeeTooLow", _now.AddSeconds(5), _now); break;
            case 4 or 5: Settle(attempt, Paid(attempt, isFinal: true)); break;
            default: Settle(attempt, Paid(attempt, isFinal: false)); break;
        }
        return $"settled {attempt.SliceNumber} as {outcome}";
    }

    private void Settle(SwapAttempt attempt, TransactionStatus status) =>
        Settlement.Apply(Order, attempt, status, _now.AddSeconds(5), _now);

    private TransactionStatus.Succeeded Paid(SwapAttempt attempt, bool isFinal) =>
        new(attempt.AmountOut ?? Order.Find(attempt.SliceNumber).Planned!.Value, attempt.BlockHeight ?? 7, _now, isFinal);

    private TokenAmount Unspent() =>
        Order.Slices.Where(s => s.Status == SliceStatus.Confirmed).Aggregate(Order.Curve!.Funds, (rest, s) => rest - s.AmountIn);

    private void Check(string step)
    {
        _story.Add($"{_now:HH:mm:ss.fff} {step}: {Order.Status}");
        var (slices, curve) = (Order.Slices, Order.Curve!);
        slices.Count(s => !s.Status.IsTerminal() && !_returned.Contains(s.Number)).ShouldBeLessThanOrEqualTo(1, step); // one open slice
        slices.Count(s => s.IsActive && !_returned.Contains(s.Number)).ShouldBeLessThanOrEqualTo(1, step);
        foreach (var slice in slices)
        {
            _uuids.Add(slice.IntentUuid!);
            _attempts.Count(a => a.SliceNumber == slice.Number && a.Status.IsLive()).ShouldBeLessThanOrEqualTo(1, step);
            (slice.AttemptsUsed <= slice.AttemptsMax).ShouldBeTrue(step);
        }
        _uuids.Count.ShouldBe(slices.Count, step); // none is used again
        // Funds: what is spent, in slices, given back and not planned is what was set aside. Unplanned throws where it would be less than
        // nothing.
        var open = slices.Where(s => s.Status is SliceStatus.Confirmed or SliceStatus.Broadcast || (s.WasSent && !s.Status.IsTerminal()))
            .Aggregate(TokenAmount.Zero, (sum, s) => sum + s.AmountIn);
        (open + curve.Released + CurveCourse.Unplanned(Order)).ShouldBe(curve.Funds, step);
        if (!_isReorged && !Asked.IsExactOut) (CurveCourse.Executed(Order) <= Asked.Target).ShouldBeTrue(step);
        if (Order.Status == OrderStatus.Paused) slices.All(s => s.EndAs != null || !s.IsArmed).ShouldBeTrue(step);
        if (Order.Status == OrderStatus.Open && curve.ActivatedAt is not null)
            slices.Any(s => !s.Status.IsTerminal()).ShouldBeTrue($"{step}: an open order waits for nothing");
        if (curve.ActivatedAt is null) slices.ShouldBeEmpty(step);
        foreach (var slice in slices.Where(
            s => s is { Status: SliceStatus.Waiting, WasSent: false } && curve.ActivatedAt is not null && !Asked.GoesOn))
        {
            (slice.NotBefore <= slice.NotAfter).ShouldBeTrue(step); // nothing is planned past the end
        }
        if (Order.Status.IsTerminal()) CurveCourse.Unplanned(Order).ShouldBe(TokenAmount.Zero, step);
        Order.TakeNews();
    }

    /// <summary>Where everything stands.</summary>
    public string Story() =>
        $"{Asked}\n{string.Join("\n", _story.TakeLast(40))}\n{string.Join(", ", Order.Slices.Select(s => $"{s.Number} {s.Status} {s.EndAs} {s.Reason} {s.AmountIn}/{s.Planned} {s.AttemptsUsed}/{s.AttemptsMax} wake {s.WakeAt:HH:mm:ss} after {s.NotAfter:HH:mm:ss}"))}";
}
