using System.Diagnostics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Stacks.Addresses;

namespace OrderService.Domain.Orders;

/// <summary>One try to swap a slice (or to spend its uuid): one transaction, its bytes, its nonce and what became of it.</summary>
public sealed class SwapAttempt
{
    private SwapAttempt() => (TxId, Raw, Solver) = ("", [], "");

    /// <summary>Writes down what is about to be sent. It counts as sent once from here on, since a crash may hide the send.</summary>
    public SwapAttempt(Guid orderId, int sliceNumber, AttemptKind kind, PreparedTransaction transaction, TokenAmount? quoted, TokenAmount? minAmountOut, DateTimeOffset now)
    {
        (OrderId, SliceNumber, Kind) = (orderId, sliceNumber, kind);
        (TxId, Raw, Solver, Nonce, Fee) = (transaction.TxId, transaction.Raw, transaction.Solver.ToString(), checked((long)transaction.Nonce), transaction.Fee);
        if (transaction.Origin is { } origin) (Origin, OriginNonce) = (origin.Account.ToString(), checked((long)origin.Nonce));
        (QuotedAmountOut, MinAmountOut, SeenHeight, PreparedAt, SendsCount, LastSentAt) = (quoted, minAmountOut, transaction.SeenHeight, now, 1, now);
    }

    /// <summary>Key.</summary>
    public long Id { get; private set; }

    /// <summary>The order.</summary>
    public Guid OrderId { get; private set; }

    /// <summary>The slice.</summary>
    public int SliceNumber { get; private set; }

    /// <summary>What it is for.</summary>
    public AttemptKind Kind { get; private set; }

    /// <summary>Where it stands.</summary>
    public AttemptStatus Status { get; private set; }

    /// <summary>64 lower-case hex digits.</summary>
    public string TxId { get; private set; }

    /// <summary>The signed bytes.</summary>
    public byte[] Raw { get; private set; }

    /// <summary>The account that pays.</summary>
    public string Solver { get; private set; }

    /// <summary>Its nonce.</summary>
    public long Nonce { get; private set; }

    /// <summary>The managed account that calls, where the account that pays only sponsors it.</summary>
    public string? Origin { get; private set; }

    /// <summary>Its nonce, that of every version: the chain takes one of them.</summary>
    public long? OriginNonce { get; private set; }

    /// <summary>Base units of STX.</summary>
    public TokenAmount Fee { get; private set; }

    /// <summary>The quote it was built on.</summary>
    public TokenAmount? QuotedAmountOut { get; private set; }

    /// <summary>The least it must pay.</summary>
    public TokenAmount? MinAmountOut { get; private set; }

    /// <summary>The chain's height as it was last seen before the first send.</summary>
    public long? SeenHeight { get; private set; }

    /// <summary>How often its fee was raised; the bytes before are its <see cref="AttemptVersion"/>s.</summary>
    public int Raises { get; private set; }

    /// <summary>When its bytes were stored.</summary>
    public DateTimeOffset PreparedAt { get; private set; }

    /// <summary>How often its bytes were (or may have been) sent.</summary>
    public int SendsCount { get; private set; }

    /// <summary>The last of these.</summary>
    public DateTimeOffset LastSentAt { get; private set; }

    /// <summary>Why it ended as it did.</summary>
    public string? Reason { get; private set; }

    /// <summary>What the chain says was paid.</summary>
    public TokenAmount? AmountOut { get; private set; }

    /// <summary>The block.</summary>
    public long? BlockHeight { get; private set; }

    /// <summary>When it was settled.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>True where no reorg can take it back any more.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>True where what was written down of its success is this one.</summary>
    public bool Shows(TransactionStatus.Succeeded success) => AmountOut == success.AmountOut && BlockHeight == success.BlockHeight;

    /// <summary>The key that the store gave it.</summary>
    public void Stored(long id) => Id = id;

    /// <summary>The same transaction as it was prepared.</summary>
    public PreparedTransaction Transaction() => Transaction(Kind);

    internal PreparedTransaction Transaction(AttemptKind kind) =>
        new(TxId, Raw, StacksAddress.Parse(Solver, null), checked((ulong)Nonce), Fee)
        {
            SeenHeight = SeenHeight, Origin = Origin is { } account ? new TransactionOrigin(StacksAddress.Parse(account, null), checked((ulong)OriginNonce!.Value)) : null,
            Expected = kind == AttemptKind.Swap && QuotedAmountOut is { } quoted ? new ExpectedPay(quoted, MinAmountOut ?? TokenAmount.Zero) : null,
        };

    /// <summary>Its bytes are about to be sent once more.</summary>
    public void SendAgain(DateTimeOffset now) => (SendsCount, LastSentAt) = (SendsCount + 1, now);

    /// <summary>Puts the bytes to send in the place of those that are stored, on a copy that is not saved.</summary>
    public void Open(byte[] raw) => Raw = raw;

    /// <summary>Keeps what a node said of it while the chain has not decided.</summary>
    public void Note(string reason)
    {
        if (Status.IsLive()) Reason = reason;
    }

    /// <summary>Its evidence is at the configured depth.</summary>
    public void Finalise() => IsFinal = true;

    internal void Move(AttemptStatus to, DateTimeOffset now, string? reason = null)
    {
        if (!AttemptStatusTable.Allows(Status, to)) throw new UnreachableException($"attempt {TxId} cannot move from {Status} to {to}");
        (Status, Reason) = (to, reason);
        SettledAt = to.IsLive() ? null : now;
        if (to is AttemptStatus.Rejected or AttemptStatus.Replaced) IsFinal = true;
        if (to == AttemptStatus.Rejected) Raw = []; // nobody will ever send them
    }

    // From here on no refusal is definite: the bytes before may be mined whatever becomes of these.
    internal AttemptVersion Raise(PreparedTransaction higher, DateTimeOffset now)
    {
        var outbid = new AttemptVersion(this);
        (TxId, Raw, Fee) = (higher.TxId, higher.Raw, higher.Fee);
        (Raises, SendsCount, LastSentAt) = (Raises + 1, SendsCount + 1, now);
        return outbid;
    }

    // On the same nonce, so that it is the same attempt: whichever of its versions is mined says what it was.
    internal AttemptVersion BecomeSpend(PreparedTransaction spend, DateTimeOffset now)
    {
        var outbid = Raise(spend, now);
        Kind = AttemptKind.Spend;
        return outbid;
    }

    internal AttemptVersion Become(AttemptVersion mined)
    {
        var latest = new AttemptVersion(this);
        (TxId, Raw, Fee, Kind) = (mined.TxId, mined.Raw, mined.Fee, mined.Kind ?? Kind);
        return latest;
    }

    internal void Paid(TokenAmount amountOut, long blockHeight) => (AmountOut, BlockHeight) = (amountOut, blockHeight);
}
