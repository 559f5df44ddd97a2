using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Domain.Transactions;

namespace OrderService.Domain.Tests.Orders;

/// <summary>One random scheduled order with a play sweep, executor and chain around it; what must hold is asked after every step.</summary>
internal sealed class PlayedOrder
{
    private readonly Random _random;
    private readonly List<SwapAttempt> _attempts = [];
    private readonly HashSet<int> _returned = []; // by a reorg, and not ended since
    private readonly Dictionary<int, SliceStatus> _ended = [];
    private readonly Dictionary<int, DateTimeOffset> _runs = [];
    private bool _isPlain = true; // no call and no reorg so far: the rhythm is the schedule's alone
    private DateTimeOffset _now = Sample.Start;

    public PlayedOrder(int seed)
    {
        _random = new Random(seed);
        var parts = _random.Next(1, 9);
        var unit = (IntervalUnit)_random.Next(1, 6);
        Schedule schedule = _random.Next(4) == 0
            ? new Schedule.Immediate(parts)
            : new Schedule.FixedInterval(parts, Interval.Of(_random.Next(1, 4), unit),
                _random.Next(3) == 0 ? Interval.Of(1, IntervalUnit.Hour) : null, KeepsDistance: _random.Next(3) == 0);
        Plan = new SchedulePlan
        {
            Schedule = schedule, OnPartFailed = (PartFailure)_random.Next(2),
            Attempts = _random.Next(2) == 0 ? new AttemptsBudget(_random.Next(1, 4)) : AttemptsBudget.Shared(parts + _random.Next(0, 4)),
        };
        var terms = Sample.Terms() with
        {
            AmountIn = new TokenAmount((UInt128)_random.Next(parts, 1_000_000)),
            ValidTo = _random.Next(5) == 0 ? _now.AddDays(_random.Next(1, 60)) : null,
        };
        Order = Sample.Scheduled(Plan, terms);
        Check("created");
    }

    public SchedulePlan Plan { get; }

    public Order Order { get; }

    /// <summary>Random steps, then whatever is needed to come to an end.</summary>
    public void Play(int steps)
    {
        for (var i = 0; i < steps && !(Order.Status.IsTerminal() && _attempts.TrueForAll(a => a.IsFinal)); i++) Check(Step());
        for (var i = 0; !Order.Status.IsTerminal(); i++)
        {
            if (i == 500) throw new InvalidOperationException($"{Order.Status}, and nothing that would ever change it");
            if (Order.Status == OrderStatus.Paused) Order.Resume(_now);
            _now = Order.Slices.Min(s => s.WakeAt) is { } next && next > _now ? next : _now;
            Check(Sweep());
            foreach (var slice in Order.Slices.Where(s => s.Status == SliceStatus.Executing).ToArray()) Send(slice);
            foreach (var attempt in _attempts.Where(a => a.Status.IsLive()).ToArray()) Settle(attempt, Paid(isFinal: true));
            Check("to the end");
        }
        Order.Slices.All(s => s.Status.IsTerminal() && s.EndedAt is not null).ShouldBeTrue();
        CheckSpacing();
    }

    private string Step()
    {
        if (_random.Next(3) == 0) _now = _now.AddSeconds(_random.Next(10) == 0 ? _random.Next(10_000_000) : _random.Next(4_000));
        var executing = Order.Slices.FirstOrDefault(s => s.Status == SliceStatus.Executing);
        var live = _attempts.Find(a => a.Status.IsLive());
        var young = _attempts.Find(a => a is { Status: OutgoingStatus.Confirmed, IsFinal: false });
        switch (_random.Next(24))
        {
            case 0: return Ask("pause", () => Order.Pause(_now));
            case 1 or 2: return Ask("resume", () => Order.Resume(_now));
            case 3 when _random.Next(6) == 0: return Ask("cancel", () => Order.Cancel(_now, requests: _random.Next(2) == 0));
            case 4: return Call();
            case 5: Order.Expire(_now); return "expire";
            case 6 when young is not null: return Reorg(young);
            case 7 when young is not null: Settle(young, Paid(isFinal: true)); return "final";
            case < 16 when executing is not null: return Execute(executing);
            case < 20 when live is not null: return SettleOne(live);
            default: return Sweep();
        }
    }

    private static string Ask<T>(string what, Func<Result<T>> ask) => ask().IsRejected(out var why) ? $"{what}: {why.Code}" : what;

    private string Call()
    {
        if (Order.ClaimByCall(Guid.NewGuid(), _now.AddSeconds(30), _now).IsRejected(out var why)) return $"call: {why.Code}";
        _isPlain = false;
        return "call";
    }

    private string Reorg(SwapAttempt attempt)
    {
        _isPlain = false;
        _ended.Remove(attempt.SliceNumber);
        _returned.Add(attempt.SliceNumber);
        Settlement.Apply(Order, attempt, new TransactionStatus.Pending(), _now, _now);
        return $"reorg of {attempt.SliceNumber}";
    }

    private string Sweep()
    {
        Order.Expire(_now);
        foreach (var slice in Order.Slices.Where(s => s.WakeAt <= _now).ToArray())
        {
            if (slice.EndAs is null) (slice.NotBefore <= _now).ShouldBeTrue("no part is woken before its moment");
            Sample.Claim(slice, _now);
        }
        return "sweep";
    }

    private string Execute(Slice slice)
    {
        switch (_random.Next(8))
        {
            case 0: Order.BackOff(slice.Number, new OrderFact.BackedOff("rate_out_of_bounds"), _now.AddSeconds(60), BackOffKind.BelowMin,
                _now); return "out of bounds";
            case 1: Order.BackOff(slice.Number, new OrderFact.BackedOff("no_route"), _now.AddSeconds(60), BackOffKind.Unquoted,
                _now); return "unquoted";
            case 2: Order.TimeOutClaim(slice.Number, _now.AddMinutes(10)); return "timed out";
            case 3 when slice.EndAs is null: Order.GiveUp(slice.Number, slice.IsPast(_now) ? SliceStatus.Expired : SliceStatus.Failed,
                "no_route", _now); return "given up";
            default: Send(slice); return "send";
        }
    }

    private void Send(Slice slice)
    {
        if (slice.EndAs is null && slice.IsPast(_now))
        {
            Order.GiveUp(slice.Number, SliceStatus.Expired, "expired", _now);
        }
        else
        {
            _attempts.Add(Order.Broadcast(slice.Number, slice.EndAs is null ? AttemptKind.Swap : AttemptKind.Spend, Sample.Transaction(),
                null, null, _now));
        }
    }

    private string SettleOne(SwapAttempt attempt)
    {
        var outcome = _random.Next(8);
        switch (outcome)
        {
            case 0: Settle(attempt, new TransactionStatus.Aborted("min_amount_out", UuidUsed: false, 7, _now, IsFinal: true)); break;
            case 1: Settle(attempt, new TransactionStatus.Aborted("uuid_used", UuidUsed: true, 7, _now, IsFinal: true)); break;
            case 2: Settle(attempt, new TransactionStatus.Replaced()); break;
            case 3: Settlement.Rejected(Order, attempt, "FeeTooLow", _now.AddSeconds(5), _now); break;
            case 4: Settle(attempt, Paid(isFinal: true)); break;
            default: Settle(attempt, Paid(isFinal: false)); break;
        }
        return $"settled {attempt.SliceNumber} as {outcome}";
    }

    private void Settle(SwapAttempt attempt, TransactionStatus status) =>
        Settlement.Apply(Order, attempt, status, _now.AddSeconds(5), _now);

    private TransactionStatus.Succeeded Paid(bool isFinal) => new(new TokenAmount(42), 7, _now, isFinal);

    private void Check(string step)
    {
        var story = $"after {step}";
        var slices = Order.Slices;
        (slices.Count <= Plan.Schedule.Parts
            && (PartsOf.Rest(Order) > TokenAmount.Zero) == (slices.Count < Plan.Schedule.Parts)).ShouldBeTrue(story);
        slices.Count(s => !s.Status.IsTerminal() && !_returned.Contains(s.Number)).ShouldBeLessThanOrEqualTo(1, story); // one open slice
        if (Order.Status.IsTerminal()) PartsOf.Left(Order).ShouldBe(0, story);
        slices.Count(s => s.IsActive && !_returned.Contains(s.Number)).ShouldBeLessThanOrEqualTo(1, story);
        // Beside what a reorg took back nothing new sets out.
        if (slices.Any(s => s is { Status: SliceStatus.Broadcast, EndAs: null } && _returned.Contains(s.Number)))
            slices.All(s => !s.IsActive || s.Status == SliceStatus.Broadcast).ShouldBeTrue(story);
        slices.All(s => s.AttemptsUsed <= s.AttemptsMax).ShouldBeTrue(story);
        if (Plan.Attempts.PerOrder is { } shared) slices.Sum(s => s.AttemptsUsed).ShouldBeLessThanOrEqualTo(shared, story);
        foreach (var slice in slices) CheckSlice(slice, story);
        slices.All(s => s.Status.IsTerminal()).ShouldBe(Order.Status.IsTerminal(), story);
        if (Order.Status == OrderStatus.Completed) slices.Any(s => s.Status == SliceStatus.Confirmed).ShouldBeTrue(story);
        if (Order.Status == OrderStatus.Paused) slices.All(s => s.EndAs != null || !s.IsArmed).ShouldBeTrue(story);
        foreach (var told in Order.TakeNews()) told.At.ShouldBeLessThanOrEqualTo(_now.AddMinutes(10), story);
    }

    private void CheckSlice(Slice slice, string story)
    {
        _attempts.Count(a => a.SliceNumber == slice.Number && a.Status.IsLive()).ShouldBeLessThanOrEqualTo(1, story);
        _attempts.Count(a => a.SliceNumber == slice.Number && a is { Kind: AttemptKind.Swap, Status: OutgoingStatus.Confirmed })
            .ShouldBeLessThanOrEqualTo(1, story);
        if (!slice.Status.IsTerminal()) return;
        if (_ended.TryAdd(slice.Number, slice.Status))
        {
            var swap = _attempts.FindLast(a => a.SliceNumber == slice.Number && a.Kind == AttemptKind.Swap);
            _runs[slice.Number] = slice.Status == SliceStatus.Confirmed ? swap!.PreparedAt : slice.EndedAt!.Value;
        }
        _ended[slice.Number].ShouldBe(slice.Status, $"{slice.Number} ended twice, {story}");
        _returned.Remove(slice.Number);
        if (slice.Status == SliceStatus.Confirmed || !slice.WasSent) return;
        // What was ever sent ends without a swap only where its uuid is used.
        (slice.Reason == "intent_already_used"
            || _attempts.Exists(a => a.SliceNumber == slice.Number
                && a is { Kind: AttemptKind.Spend, Status: OutgoingStatus.Confirmed })).ShouldBeTrue(story);
    }

    // However long it was away: never three parts within an interval, and never two where parts keep their distance.
    private void CheckSpacing()
    {
        if (!_isPlain || Plan.Schedule is not Schedule.FixedInterval rhythm) return;
        var runs = Order.Slices.Where(s => s.Status is SliceStatus.Confirmed or SliceStatus.Failed && s.EndAs is null)
            .Select(s => _runs[s.Number]).ToArray();
        var apart = rhythm.KeepsDistance ? 1 : 2;
        for (var i = apart; i < runs.Length; i++)
        {
            runs[i].ShouldBeGreaterThanOrEqualTo(rhythm.Interval.After(runs[i - apart], 1)
                .AddDays(rhythm.Interval.Unit == IntervalUnit.Month ? -3 : 0));
        }
    }

    /// <summary>Where everything stands.</summary>
    public string Story() =>
        $"{Order.Status} at {_now:o}: {string.Join(", ", Order.Slices.Select(s => $"{s.Number} {s.Status} {s.EndAs} {s.Reason} {s.AttemptsUsed}/{s.AttemptsMax} wake {s.WakeAt:o}"))}";
}
