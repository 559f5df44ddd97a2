using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>
/// What is asked about the accounts that pay: which, under which budgets, who decides between equals, and how much each may have in flight.
/// </summary>
internal sealed record PayerQuestion(IReadOnlyList<Payer> Payers, FeeLock Fees, int Turn, int InFlightMax);

/// <summary>One nonce of one account.</summary>
internal readonly record struct AccountNonce(StacksAddress Solver, ulong Nonce);

/// <summary>
/// The accounts that pay, locked until the end of a transaction, each with the nonce that comes next, those that were given back, what it
/// has in flight and what it can still pay. What is taken here is written by <see cref="Writes"/> in the same transaction.
/// </summary>
internal sealed class PayerQueues
{
    private readonly List<Queue> _queues = [];
    private readonly Dictionary<string, Payer> _known;
    private List<(Queue Queue, FreeNonce Free)> _free = [];
    private readonly List<(string Address, long Nonce)> _filled = [];

    /// <summary>Of accounts that are locked. <paramref name="turn"/> decides between equals.</summary>
    public PayerQueues(
        IReadOnlyList<LockedPayer> accounts, IReadOnlyList<FreeNonce> free, IReadOnlyList<Payer> payers, FeeLock fees, int turn,
        int inFlightMax)
    {
        Of = new PayerQuestion(payers, fees, turn, inFlightMax);
        _known = payers.ToDictionary(payer => payer.Address.ToString());
        Add(accounts, free);
    }

    /// <summary>What was asked.</summary>
    public PayerQuestion Of { get; }

    /// <summary>True where all were asked for that nobody else takes from.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Adds what was locked since; of what was locked before, what was taken stays as it is.</summary>
    public void Widen((IReadOnlyList<LockedPayer> Accounts, IReadOnlyList<FreeNonce> Free) by, bool isWhole = true)
    {
        Add([.. by.Accounts.Where(account => !_queues.Exists(queue => queue.Address == account.Address))], by.Free);
        IsWhole = isWhole;
    }

    private void Add(IReadOnlyList<LockedPayer> accounts, IReadOnlyList<FreeNonce> free)
    {
        var queues = accounts.Select(
            (account, i) => new Queue(account, _known[account.Address].Balance, Of.Fees, (i + Of.Turn) % accounts.Count)).ToList();
        _queues.AddRange(queues);
        _free = [.. _free.Concat(free.Join(queues, one => one.Address, queue => queue.Address, (one, queue) => (Queue: queue, Free: one)))
            .OrderBy(place => place.Free.Nonce)];
    }

    /// <summary>True where none could be locked.</summary>
    public bool IsEmpty => _queues.Count == 0;

    /// <summary>True where one of them has room and can pay for one more.</summary>
    public bool HasRoom(TokenAmount fee) => _queues.Exists(queue => queue.InFlight < Of.InFlightMax && queue.CanPay(fee));

    /// <summary>
    /// Takes a nonce for a transaction of this fee; none where no account has room and can pay, what it has in flight taken off, or where a
    /// budget holds the fee back. First one that was given back, since everything behind such a gap waits for it, then the next one of the
    /// account with the least in flight. A call takes the place that its nonce had before, where that was given back, and otherwise one
    /// where it waits for nothing that waits for it; it stands there from then on.
    /// </summary>
    public AccountNonce? Take(TokenAmount fee, FeeCharge? charge = null, CallTurn? call = null)
    {
        if (charge is { } held && !Of.Fees.Allows(held, fee)) return null;
        if (Place(fee, charge, call) is not { } taken) return null;
        call?.Calls.Add(new CallPlace(call.Nonce, taken.Solver.ToString(), checked((long)taken.Nonce), IsMined: false));
        return taken;
    }

    private AccountNonce? Place(TokenAmount fee, FeeCharge? charge, CallTurn? call)
    {
        var gap = call is null ? -1 : _free.FindIndex(place => place.Free.WasOf(call) && MayFill(place));
        if (gap < 0) gap = _free.FindIndex(place => !place.Free.IsNeeded && MayFill(place));
        if (gap >= 0)
        {
            var (holder, free) = _free[gap];
            _free.RemoveAt(gap);
            _filled.Add((holder.Address, free.Nonce));
            return holder.Fill(free.Nonce, fee, charge);
        }
        return _queues.Where(queue => queue.InFlight < Of.InFlightMax && Pays(queue) && call?.Fits(queue.Address, queue.Next) != false)
            .MinBy(queue => (queue.InFlight, queue.Turn))?.Take(fee, charge);

        bool Pays(Queue queue) => queue.CanPay(fee) && queue.MayPay(fee, charge);

        bool MayFill((Queue Queue, FreeNonce Free) place) =>
            Pays(place.Queue) && call?.Fits(place.Queue.Address, place.Free.Nonce) != false;
    }

    /// <summary>
    /// Until when a budget holds this fee back, where one does: to the end of the hour where it is the owner's or that of all
    /// <paramref name="payersCount"/> accounts, else not longer than <paramref name="pause"/>, since an account that was not locked may
    /// have some left.
    /// </summary>
    public DateTimeOffset? HeldUntil(TokenAmount fee, FeeCharge charge, int payersCount, TimeSpan pause)
    {
        var end = new HourlyFees(default, default).At(Of.Fees.Now).End;
        if (!Of.Fees.Allows(charge, fee)) return end;
        var spent = _queues.FindAll(queue => !queue.MayPay(fee, charge));
        if (spent.Count == 0) return null;
        return spent.Count == payersCount || Of.Fees.Now + pause > end ? end : Of.Fees.Now + pause;
    }

    /// <summary>What has to be written so that what was taken is.</summary>
    public IEnumerable<NpgsqlBatchCommand> Writes()
    {
        var advanced = _queues.FindAll(queue => queue.Taken > 0).ConvertAll(queue => (queue.Address, queue.Next));
        if (_filled.Count > 0)
            yield return Command("DELETE FROM free_nonces f USING unnest($1, $2) AS taken (solver, nonce) WHERE f.solver = taken.solver AND f.nonce = taken.nonce", _filled);
        var charged = _queues.FindAll(queue => queue.IsCharged).ConvertAll(queue => (queue.Address, queue.Fees));
        if (charged.Count > 0) yield return PayerFees.Write(charged);
        foreach (var write in Of.Fees.Writes()) yield return write;
        if (advanced.Count > 0)
            yield return Command("UPDATE solvers s SET next_nonce = ahead.nonce FROM unnest($1, $2) AS ahead (address, nonce) WHERE s.address = ahead.address", advanced);
    }

    private static NpgsqlBatchCommand Command(string statement, List<(string Address, long Nonce)> rows)
    {
        var command = new NpgsqlBatchCommand(statement);
        command.AddColumn(NpgsqlDbType.Text, rows, row => row.Address);
        command.AddColumn(NpgsqlDbType.Bigint, rows, row => row.Nonce);
        return command;
    }

    private sealed class Queue(LockedPayer account, TokenAmount? balance, FeeLock fees, int turn)
    {
        private TokenAmount _unpaid = account.Load.Unpaid;

        public string Address => account.Address;

        public int Turn => turn;

        public int Taken { get; private set; }

        public int InFlight { get; private set; } = account.Load.InFlight;

        public long Next => account.NextNonce + Taken;

        public PayerFees Fees { get; private set; } = account.Fees.At(fees.Now);

        public bool IsCharged { get; private set; }

        public bool MayPay(TokenAmount fee, FeeCharge? charge) =>
            fees.Limits is not { } limits || charge is not { IsHeld: true } held || Fees.LeftOf(limits, fees.HasKey(held.Owner)) >= fee;

        public bool CanPay(TokenAmount fee) => balance is not { } held || (held >= _unpaid && held - _unpaid >= fee);

        public AccountNonce Take(TokenAmount fee, FeeCharge? charge)
        {
            var nonce = Next;
            Taken++;
            return Fill(nonce, fee, charge);
        }

        public AccountNonce Fill(long nonce, TokenAmount fee, FeeCharge? charge)
        {
            InFlight++;
            _unpaid += fee;
            if (charge is { } whose && fees.Limits is not null)
            {
                (Fees, IsCharged) = (Fees.Plus(fee, fees.HasKey(whose.Owner)), true);
                fees.Charge(whose, fee);
            }
            return new AccountNonce(StacksAddress.Parse(Address, null), checked((ulong)nonce));
        }
    }
}

/// <summary>
/// A nonce that was given back: whose, and the call whose place it was. It is needed while other calls of that account wait behind it: then
/// nothing but a call on the same nonce takes it.
/// </summary>
internal sealed record FreeNonce(string Address, long Nonce, string? Origin = null, long? OriginNonce = null, bool IsNeeded = false)
{
    /// <summary>True where this call stood there before.</summary>
    public bool WasOf(CallTurn call) => Origin is { } origin && OriginNonce == call.Nonce && origin == call.Account.ToString();
}

/// <summary>The row of an account that pays, under its lock.</summary>
internal readonly record struct LockedPayer(string Address, long NextNonce, PayerLoad Load, PayerFees Fees);
