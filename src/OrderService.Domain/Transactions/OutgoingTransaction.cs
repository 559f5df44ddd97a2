using System.Diagnostics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Stacks.Addresses;

namespace OrderService.Domain.Transactions;

/// <summary>
/// Whatever leaves with a nonce: a payer's, and where an account calls itself that account's too. Its bytes are stored before they are
/// sent. Bytes at a higher fee take its place on the same nonce; those before are its <see cref="OutgoingVersion"/>s, and the chain takes
/// one of them at most.
/// </summary>
public abstract class OutgoingTransaction
{
    private protected OutgoingTransaction() => (TxId, Raw) = ("", []);

    // It counts as sent once from here on, since a crash may hide the send.
    private protected OutgoingTransaction(PreparedTransaction transaction, DateTimeOffset now)
    {
        (TxId, Raw, Solver, Nonce, Fee) = (transaction.TxId, transaction.Raw, transaction.Solver, checked((long)transaction.Nonce),
            transaction.Fee);
        if (transaction.Origin is { } origin) (Origin, OriginNonce) = (origin.Account, checked((long)origin.Nonce));
        (SeenHeight, PreparedAt, SendsCount, LastSentAt) = (transaction.SeenHeight, now, 1, now);
    }

    /// <summary>Key.</summary>
    public long Id { get; private set; }

    /// <summary>Where it stands.</summary>
    public OutgoingStatus Status { get; private set; }

    /// <summary>64 lower-case hex digits.</summary>
    public string TxId { get; private set; }

    /// <summary>The signed bytes.</summary>
    public byte[] Raw { get; private set; }

    /// <summary>The account that pays.</summary>
    public StacksAddress Solver { get; private set; }

    /// <summary>Its nonce.</summary>
    public long Nonce { get; private set; }

    /// <summary>The managed account that calls, where the account that pays only sponsors it.</summary>
    public StacksAddress? Origin { get; private set; }

    /// <summary>Its nonce, that of every version: the chain takes one of them.</summary>
    public long? OriginNonce { get; private set; }

    /// <summary>Base units of STX.</summary>
    public TokenAmount Fee { get; private set; }

    /// <summary>The chain's height as it was last seen before the first send.</summary>
    public long? SeenHeight { get; private set; }

    /// <summary>How often its fee was raised; the bytes before are its <see cref="OutgoingVersion"/>s.</summary>
    public int Raises { get; private set; }

    /// <summary>When its bytes were stored.</summary>
    public DateTimeOffset PreparedAt { get; private set; }

    /// <summary>How often its bytes were (or may have been) sent.</summary>
    public int SendsCount { get; private set; }

    /// <summary>The last of these.</summary>
    public DateTimeOffset LastSentAt { get; private set; }

    /// <summary>Why it ended as it did.</summary>
    public string? Reason { get; private set; }

    /// <summary>The block.</summary>
    public long? BlockHeight { get; private set; }

    /// <summary>When it was settled.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>True where no reorg can take it back any more: nobody will send its bytes again, so they are gone.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Refused or replaced, where it will never be mined: then it holds no nonce.</summary>
    public OutgoingStatus? VoidAs
    {
        get => Status is OutgoingStatus.Rejected or OutgoingStatus.Replaced ? Status : null;
        private set => _ = value; // follows from the status, also where it is read
    }

    /// <summary>The account's nonce that it used up, once it is mined.</summary>
    public long? OriginUsed
    {
        get => Status is OutgoingStatus.Confirmed or OutgoingStatus.Reverted ? OriginNonce : null;
        private set => _ = value;
    }

    /// <summary>True where what was written down of its success is this one.</summary>
    public virtual bool Shows(TransactionStatus.Succeeded success) => BlockHeight == success.BlockHeight;

    /// <summary>True where the success of these bytes, the latest or an outbid version's, counts at its depth only.</summary>
    public virtual bool CountsWhenFinal(OutgoingVersion? version) => false;

    /// <summary>The latest bytes as they were prepared.</summary>
    public virtual PreparedTransaction Transaction() => new(TxId, Raw, Solver, checked((ulong)Nonce), Fee)
    {
        SeenHeight = SeenHeight, Origin = Origin is { } account ? new TransactionOrigin(account, checked((ulong)OriginNonce!.Value)) : null,
    };

    /// <summary>Bytes that were outbid, whose payer and nonce are those of every version.</summary>
    public virtual PreparedTransaction Transaction(OutgoingVersion version) => Transaction() with
    {
        TxId = version.TxId, Raw = version.Raw, Fee = version.Fee,
    };

    /// <summary>The key that the store gave it.</summary>
    public void Stored(long id) => Id = id;

    /// <summary>Its bytes are about to be sent once more.</summary>
    public void SendAgain(DateTimeOffset now) => (SendsCount, LastSentAt) = (SendsCount + 1, now);

    /// <summary>Puts the bytes to send in the place of those that are stored, on a copy that is not saved.</summary>
    public void Open(byte[] raw) => Raw = raw;

    /// <summary>Keeps what a node said of it while the chain has not decided.</summary>
    public void Note(string reason)
    {
        if (Status.IsLive()) Reason = reason;
    }

    /// <summary>
    /// Writes down what the chain says of it where nothing else decides over that: true where it stands elsewhere now. An abort, and the
    /// word that its nonce was used, count at their depth only.
    /// </summary>
    public bool See(TransactionStatus status, DateTimeOffset now)
    {
        var before = Status;
        if (IsFinal) return false;
        switch (status)
        {
            case TransactionStatus.Succeeded success:
                if (Status.IsLive()) Move(OutgoingStatus.Confirmed, now);
                BlockHeight = success.BlockHeight;
                if (success.IsFinal) Finalise();
                break;
            case TransactionStatus.Aborted { IsFinal: true } abort:
                TakeBack(now);
                Move(OutgoingStatus.Reverted, now, abort.Reason);
                BlockHeight = abort.BlockHeight;
                Finalise();
                break;
            case TransactionStatus.Replaced:
                TakeBack(now);
                Move(OutgoingStatus.Replaced, now, "replaced");
                break;
            case TransactionStatus.Pending when Status == OutgoingStatus.Prepared:
                Move(OutgoingStatus.Sent, now);
                break;
            default:
                TakeBack(now);
                break;
        }
        return Status != before;
    }

    /// <summary>Refused for good at its first send: nothing but that node saw it.</summary>
    public void Reject(string reason, DateTimeOffset now) => Move(OutgoingStatus.Rejected, now, reason);

    /// <summary>
    /// Outbids the latest bytes on the same nonce; returns them. From here on no refusal is definite: the bytes before may be mined
    /// whatever becomes of these.
    /// </summary>
    public OutgoingVersion Raise(PreparedTransaction higher, DateTimeOffset now)
    {
        var outbid = Version();
        (TxId, Raw, Fee) = (higher.TxId, higher.Raw, higher.Fee);
        (Raises, SendsCount, LastSentAt) = (Raises + 1, SendsCount + 1, now);
        return outbid;
    }

    /// <summary>An outbid version was mined after all: it is the latest from here on. Returns the version whose place it took.</summary>
    public virtual OutgoingVersion Become(OutgoingVersion mined)
    {
        var latest = Version();
        (TxId, Raw, Fee) = (mined.TxId, mined.Raw, mined.Fee);
        return latest;
    }

    // The latest bytes as a version.
    private protected virtual OutgoingVersion Version() => new(this, kind: null);

    internal void Finalise() => (IsFinal, Raw) = (true, []);

    internal void Mined(long blockHeight) => BlockHeight = blockHeight;

    internal void Move(OutgoingStatus to, DateTimeOffset now, string? reason = null)
    {
        if (!OutgoingStatusTable.Allows(Status, to))
            throw new UnreachableException($"transaction {TxId} cannot move from {Status} to {to}");
        (Status, Reason) = (to, reason);
        SettledAt = to.IsLive() ? null : now;
        if (VoidAs is not null) Finalise();
    }

    // The evidence is gone (a reorg).
    private void TakeBack(DateTimeOffset now)
    {
        if (Status != OutgoingStatus.Confirmed) return;
        Move(OutgoingStatus.Sent, now);
        BlockHeight = null;
    }
}
