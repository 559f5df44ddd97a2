using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Engine.Execution;
using OrderService.Stacks.Addresses;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Engine;

/// <summary>
/// Accounts' calls among what intents move, over payers whose sends are refused and whose keys others use, in any order: whatever was sent
/// is mined in the end, since nothing waits for what waits for it.
/// </summary>
public sealed class CallQueueTests
{
    [Fact]
    public void Nothing_that_was_sent_waits_for_ever()
    {
        var (sent, placesTaken) = (0, 0);
        for (var seed = 1; seed <= 400; seed++)
        {
            var queues = new Queues(seed);
            for (var step = 0; step < 120; step++) queues.Step();
            queues.Drain().ShouldBeTrue($"seed {seed}: {queues}");
            (sent, placesTaken) = (sent + queues.Sent, placesTaken + queues.PlacesTaken);
        }
        sent.ShouldBeGreaterThan(10_000);
        placesTaken.ShouldBeGreaterThan(0); // the last resort is among what was tried
    }

    private sealed class Queues(int seed)
    {
        private const int CallsMax = 5;

        private static readonly IReadOnlyList<StacksAddress> Addresses =
            SimulatedWorld.Of(new SimulatedOptions { SolversCount = 6 }).Solvers;

        private readonly Random _random = new(seed);
        private readonly StacksAddress[] _payers = [.. Addresses.Take(3)];
        private readonly StacksAddress[] _accounts = [.. Addresses.Skip(3)];
        private readonly Dictionary<string, long> _chainNext = Addresses.ToDictionary(address => address.ToString(), _ => 0L);
        private readonly Dictionary<string, long> _next = Addresses.ToDictionary(address => address.ToString(), _ => 0L);
        private readonly List<FreeNonce> _free = [];
        private readonly List<Waiting> _waiting = [];
        private readonly List<(StacksAddress Account, long Nonce)> _held = [];

        public int Sent { get; private set; }

        public int PlacesTaken { get; private set; }

        public void Step()
        {
            switch (_random.Next(20))
            {
                case < 4: Take(null); break;
                case < 11: Call(_accounts[_random.Next(_accounts.Length)], null); break;
                case < 14: Refuse(); break;
                case < 15 when _held.Count > 0: Call(_held[0].Account, _held[0].Nonce); break;
                case < 16: UseElsewhere(); break;
                case < 18: Fill(); break;
                default: Mine(_random.Next(1, 4)); break;
            }
        }

        // Nobody sends anything any more.
        public bool Drain()
        {
            for (var round = 0; round < 200 && _waiting.Count > 0; round++)
            {
                if (Mine(int.MaxValue)) continue;
                if (!Fill() && !_accounts.Any(TakePlace)) return false;
            }
            return _waiting.Count == 0;
        }

        public override string ToString() =>
            $"{string.Join(' ', Addresses.Select((address, i) => $"{i}:{_chainNext[address.ToString()]}/{_next[address.ToString()]}"))} free {string.Join(' ', _free.Select(one => $"{NumberOf(one.Address)}/{one.Nonce}"))} waiting "
            + string.Join(' ',
                _waiting.OrderBy(one => (NumberOf(one.Payer.ToString()), one.Nonce))
                    .Select(one =>
                        $"{(one.Account is { } account ? $"{NumberOf(account.ToString())}/{one.AccountNonce}" : "plain")}@{NumberOf(one.Payer.ToString())}/{one.Nonce}"));

        private static int NumberOf(string address) => Addresses.ToList().FindIndex(one => one.ToString() == address);

        private AccountCalls CallsOf(StacksAddress account) => new(_chainNext[account.ToString()],
            _waiting.Where(one => one.Account == account)
                .Select(one => new CallPlace(one.AccountNonce, one.Payer.ToString(), one.Nonce, IsMined: false)));

        private void Call(StacksAddress account, long? held)
        {
            var calls = CallsOf(account);
            if (!calls.HasRoom(CallsMax)) return;
            _held.RemoveAll(one => one.Nonce < _chainNext[one.Account.ToString()] || (one.Account == account && one.Nonce == held));
            if (held is { } before && (before < calls.Seen || calls.StandsOn(before))) return;
            Take(new CallTurn(account, held ?? calls.Next, calls));
        }

        private void Take(CallTurn? call)
        {
            var locked = _payers.Select(payer => new LockedPayer(payer.ToString(), _next[payer.ToString()], default, default)).ToList();
            var free = _free.ConvertAll(one => one with { IsNeeded = IsNeeded(one) });
            var queues =
                new PayerQueues(locked, free, [.. _payers.Select(payer => new Payer(payer))], FeeLock.None, _random.Next(3), int.MaxValue);
            if (queues.Take(new TokenAmount(1), null, call) is not { } at) return;
            var (payer, nonce) = (at.Solver.ToString(), (long)at.Nonce);
            if (_free.RemoveAll(one => one.Address == payer && one.Nonce == nonce) == 0) _next[payer]++;
            _waiting.Add(new Waiting(at.Solver, nonce, call?.Account, call?.Nonce ?? 0));
            Sent++;
        }

        private bool IsNeeded(FreeNonce free) =>
            free is { Origin: { } origin, OriginNonce: { } nonce } && nonce >= _chainNext[origin]
                && CallsOf(StacksAddress.Parse(origin, null)) is var calls
            && !calls.StandsOn(nonce) && calls.Behind(nonce).Count > 0 && calls.Fits(nonce, free.Address, free.Nonce);

        // For good, at its first send: both of its nonces are free.
        private void Refuse()
        {
            if (_waiting.Count == 0) return;
            var dead = _waiting[_random.Next(_waiting.Count)];
            _waiting.Remove(dead);
            _free.Add(new FreeNonce(dead.Payer.ToString(), dead.Nonce, dead.Account?.ToString(),
                dead.Account is null ? null : dead.AccountNonce));
            if (dead.Account is { } account) _held.Add((account, dead.AccountNonce));
        }

        // The chain's next nonce of a payer or an account goes to a transaction that nobody here knows.
        private void UseElsewhere()
        {
            var address = Addresses[_random.Next(Addresses.Count)];
            Pass(address, _chainNext[address.ToString()]);
            _next[address.ToString()] = Math.Max(_next[address.ToString()], _chainNext[address.ToString()]);
        }

        private void Pass(StacksAddress address, long nonce)
        {
            _chainNext[address.ToString()] = nonce + 1;
            foreach (var dead in _waiting.Where(
                one => (one.Payer == address && one.Nonce == nonce) || (one.Account == address && one.AccountNonce == nonce)).ToArray())
            {
                _waiting.Remove(dead);
                // the account's nonce is gone, the payer's is not
                if (dead.Payer != address) _free.Add(new FreeNonce(dead.Payer.ToString(), dead.Nonce));
            }
            _free.RemoveAll(one => one.Address == address.ToString() && one.Nonce == nonce);
        }

        private bool Fill()
        {
            var gaps = _free.FindAll(one => _waiting.Exists(waits => waits.Payer.ToString() == one.Address && waits.Nonce > one.Nonce));
            foreach (var gap in gaps)
            {
                _waiting.Add(new Waiting(StacksAddress.Parse(gap.Address, null), gap.Nonce,
                    IsNeeded(gap) ? StacksAddress.Parse(gap.Origin!, null) : null, gap.OriginNonce ?? 0));
                _free.Remove(gap);
            }
            return gaps.Count > 0;
        }

        private bool TakePlace(StacksAddress account)
        {
            var calls = CallsOf(account);
            var (next, behind) = (calls.Next, calls.Behind(calls.Next));
            _waiting.RemoveAll(one => one.Account == account && one.AccountNonce > next);
            for (var i = 0; i < behind.Count; i++)
                _waiting.Add(new Waiting(StacksAddress.Parse(behind[i].Payer!, null), behind[i].PayerNonce, account, next + i));
            PlacesTaken += behind.Count;
            return behind.Count > 0;
        }

        private bool Mine(int most)
        {
            var mined = 0;
            while (mined < most
                && _waiting.Find(one => one.Nonce == _chainNext[one.Payer.ToString()]
                    && (one.Account is not { } account || one.AccountNonce == _chainNext[account.ToString()])) is { } next)
            {
                _waiting.Remove(next);
                Pass(next.Payer, next.Nonce);
                if (next.Account is { } caller) Pass(caller, next.AccountNonce);
                mined++;
            }
            return mined > 0;
        }

        private sealed record Waiting(StacksAddress Payer, long Nonce, StacksAddress? Account, long AccountNonce);
    }
}
