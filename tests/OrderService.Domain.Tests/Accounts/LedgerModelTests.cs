using System.Reflection;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Domain.Tests.Orders;
using OrderService.Domain.Transactions;

namespace OrderService.Domain.Tests.Accounts;

/// <summary>
/// The rule of the ledger over random lives of managed orders: the real aggregate, a chain that pays and takes back, an account that runs
/// dry, and crashes. A crash drops what a step did in memory: neither the order nor its ledger has changed, since both are stored in one
/// transaction.
/// </summary>
public sealed class LedgerModelTests
{
    private const int Steps = 150_000;

    [Theory]
    [InlineData(1)]
    [InlineData(20260304)]
    public void Initial_is_spent_and_reserved_and_returned_after_every_step_whatever_happens(int seed)
    {
        var model = new Model(new Random(seed));
        for (var step = 0; step < Steps; step++) model.Step();
        model.Created.ShouldBeGreaterThan(Steps / 200);
        model.Refused.ShouldBeGreaterThan(0);
        model.Crashes.ShouldBeGreaterThan(Steps / 50);
        model.Kinds.Keys.ShouldBe([.. (string[])["started", "given_back", "spent", "taken_back", "returned"]], ignoreOrder: true);
        model.Ended.ShouldBe([OrderStatus.Completed, OrderStatus.Cancelled, OrderStatus.Failed, OrderStatus.Expired], ignoreOrder: true);
    }

    private sealed class Model(Random random)
    {
        private readonly List<(Order Order, List<SwapAttempt> Attempts, Reservation Ledger)> _open = [];
        private TokenAmount _balance = new(10_000_000);
        private DateTimeOffset _now = Sample.Start;

        public int Created { get; private set; }

        public int Refused { get; private set; }

        public int Crashes { get; private set; }

        public Dictionary<string, int> Kinds { get; } = [];

        public HashSet<OrderStatus> Ended { get; } = [];

        public void Step()
        {
            _now += TimeSpan.FromSeconds(random.Next(20));
            var roll = random.Next(100);
            if (roll < 2) _balance += new TokenAmount((UInt128)random.Next(1_000_000));
            else if (_open.Count == 0 || (roll < 12 && _open.Count < 40)) Create();
            else Live(random.Next(_open.Count));
            var reserved = _open.Aggregate(TokenAmount.Zero, (sum, o) => sum + o.Ledger.Reserved);
            (reserved <= _balance).ShouldBeTrue($"{reserved} are reserved of {_balance}");
        }

        private void Create()
        {
            var amount = new TokenAmount((UInt128)random.Next(8, 3_000_000));
            var reserved = _open.Aggregate(TokenAmount.Zero, (sum, o) => sum + o.Ledger.Reserved);
            if (new AccountFunds(_balance, reserved, TokenAmount.Zero).Refusal(amount) is { } why)
            {
                (why.Missing > TokenAmount.Zero).ShouldBeTrue();
                Refused++;
                return;
            }
            var parts = random.Next(1, 8);
            Schedule schedule = random.Next(2) == 0
                ? new Schedule.Immediate(parts) : new Schedule.FixedInterval(parts, Interval.Of(1, IntervalUnit.Minute));
            var plan = new SchedulePlan
            {
                Schedule = schedule, Attempts = random.Next(2) == 0 ? new AttemptsBudget(2) : AttemptsBudget.Shared(parts + 2),
                OnPartFailed = random.Next(2) == 0 ? PartFailure.End : PartFailure.Continue,
            };
            var terms = Sample.Terms() with
            {
                AmountIn = amount, ValidTo = random.Next(3) == 0 ? _now.AddMinutes(random.Next(1, 30)) : null,
            };
            var order = Order.CreateScheduled(new FundsAuthority.Managed(Sample.Owner), terms, plan, new ScheduleLimits(), "panora", null,
                _now).Value;
            _open.Add((order, [], Reservation.Of(order.Id, Guid.NewGuid(), terms.SellToken, amount)));
            Created++;
        }

        private void Live(int index)
        {
            var (order, attempts, ledger) = Copy(_open[index]);
            var (before, wasReleased) = (order.Slices.Select(State).ToArray(), order.IsRestReleased);
            Act(order, attempts);
            if (random.Next(20) == 0)
            {
                Crashes++;
                return;
            }
            var balance = _balance;
            for (var i = 0; i < before.Length; i++)
            {
                var (slice, to) = (order.Slices[i], State(order.Slices[i]));
                if (before[i] == to) continue;
                foreach (var move in FundsMove.Between(before[i], to, slice.AmountIn))
                {
                    ledger = ledger.After(move);
                    Kinds[move.Kind] = Kinds.GetValueOrDefault(move.Kind) + 1;
                }
                if (to == FundsState.Spent) balance -= slice.AmountIn;
                if (before[i] == FundsState.Spent) balance += slice.AmountIn;
            }
            if (order.IsRestReleased && !wasReleased)
                ledger = ledger.After(new FundsMove(FundsState.Reserved, FundsState.Returned, PartsOf.Rest(order)));
            Check(order, ledger);
            _balance = balance;
            _open[index] = (order, attempts, ledger);
            if (!order.Status.IsTerminal() || attempts.Exists(a => !a.IsFinal)) return;
            ledger.Reserved.ShouldBe(TokenAmount.Zero);
            Ended.Add(order.Status);
            _open.RemoveAt(index);
        }

        // Summed anew from the slices: the ledger that moved step by step is the same.
        private static void Check(Order order, Reservation ledger)
        {
            TokenAmount Of(params FundsState[] states) =>
                order.Slices.Where(s => states.Contains(State(s))).Aggregate(TokenAmount.Zero, (sum, s) => sum + s.AmountIn);
            ledger.Initial.ShouldBe(order.Terms.AmountIn);
            ledger.Initial.ShouldBe(ledger.Spent + ledger.Reserved + ledger.Returned);
            var (reserved, returned) = order.IsRestReleased
                ? (TokenAmount.Zero, PartsOf.Rest(order)) : (PartsOf.Rest(order), TokenAmount.Zero);
            (ledger.Spent, ledger.Reserved, ledger.InFlight, ledger.Returned).ShouldBe((
                Of(FundsState.Spent), Of(FundsState.Reserved, FundsState.InFlight) + reserved, Of(FundsState.InFlight),
                Of(FundsState.Returned) + returned));
        }

        private void Act(Order order, List<SwapAttempt> attempts)
        {
            var live = attempts.Where(a => !a.IsFinal).ToList();
            switch (random.Next(12))
            {
                case 0 when random.Next(4) == 0: order.Cancel(_now); break;
                case 1: order.Pause(_now); break;
                case 2: order.Resume(_now); break;
                case 3: order.Expire(_now); break;
                case 4 or 5 or 6 when live.Count > 0: Settle(order, live[random.Next(live.Count)]); break;
                default: Run(order, attempts); break;
            }
        }

        private void Run(Order order, List<SwapAttempt> attempts)
        {
            var slice = order.Slices.FirstOrDefault(s => s.Status == SliceStatus.Executing)
                ?? order.Slices.FirstOrDefault(s => s.Status == SliceStatus.Waiting && s.WakeAt <= _now);
            if (slice is null) return;
            if (slice.Status == SliceStatus.Waiting) Sample.Claim(slice, _now);
            switch (random.Next(8))
            {
                case 0: order.BackOff(slice.Number, new OrderFact.BackedOff("no_route"), _now.AddSeconds(5), BackOffKind.Unquoted,
                    _now); break;
                case 1 when slice.EndAs is null
                    && random.Next(5) == 0: order.GiveUp(slice.Number, SliceStatus.Failed, "no_route", _now); break;
                case 2 when random.Next(10) == 0: order.EndSpent(slice.Number, _now); break;
                case 3: order.TimeOutClaim(slice.Number, _now.AddMinutes(1)); break;
                default: attempts.Add(order.Broadcast(slice.Number, slice.EndAs is null ? AttemptKind.Swap : AttemptKind.Spend,
                    Sample.Transaction(), null, null, _now)); break;
            }
        }

        private void Settle(Order order, SwapAttempt attempt)
        {
            TransactionStatus status = random.Next(10) switch
            {
                0 => new TransactionStatus.Replaced(),
                1 => new TransactionStatus.Aborted("abort_by_response", UuidUsed: false, 7, _now, IsFinal: true),
                2 => new TransactionStatus.Aborted("abort_by_response", UuidUsed: random.Next(4) == 0, 7, _now,
                    IsFinal: random.Next(2) == 0),
                3 => new TransactionStatus.Unknown(),
                4 => new TransactionStatus.Pending(),
                5 or 6 => new TransactionStatus.Succeeded(new TokenAmount(5), 7, _now, IsFinal: false),
                _ => new TransactionStatus.Succeeded(new TokenAmount(5), 7, _now, IsFinal: true),
            };
            if (status is TransactionStatus.Replaced && !attempt.Status.IsLive()) return; // what was mined was not replaced
            if (status is TransactionStatus.Pending && attempt.Status.IsLive()) Settlement.Sent(order, attempt, _now);
            else Settlement.Apply(order, attempt, status, _now.AddSeconds(5), _now);
        }

        private static FundsState State(Slice slice) => FundsStates.Of(slice.Status, slice.EndAs is not null);
    }

    private static readonly MethodInfo Clone = typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!;

    // What the store gives back: the same state in other objects.
    private static (Order, List<SwapAttempt>, Reservation) Copy((Order Order, List<SwapAttempt> Attempts, Reservation Ledger) of)
    {
        var order = (Order)Clone.Invoke(of.Order, null)!;
        Set(order, "_slices", of.Order.Slices.Select(s => (Slice)Clone.Invoke(s, null)!).ToList());
        Set(order, "_news", new List<OrderEvent>());
        return (order, of.Attempts.ConvertAll(a => (SwapAttempt)Clone.Invoke(a, null)!), of.Ledger);
    }

    private static void Set(Order order, string field, object value) =>
        (typeof(Order).GetField(field, BindingFlags.Instance | BindingFlags.NonPublic)
            ?? typeof(OrderNews).GetField(field, BindingFlags.Instance | BindingFlags.NonPublic))!.SetValue(order, value);
}
