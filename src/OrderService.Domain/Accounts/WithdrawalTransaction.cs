using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Stacks.Addresses;

namespace OrderService.Domain.Accounts;

/// <summary>The bytes of one transaction of a withdrawal, stored before they are sent. Those of one nonce differ in their fee only, and at most one of them is ever mined.</summary>
public sealed class WithdrawalTransaction
{
    private WithdrawalTransaction() => (TxId, Raw) = ("", []);

    internal WithdrawalTransaction(Guid withdrawalId, PreparedTransaction transaction, DateTimeOffset now)
    {
        (WithdrawalId, TxId, Raw, Solver) = (withdrawalId, transaction.TxId, transaction.Raw, transaction.Solver);
        (Nonce, Fee, IsLive, SendsCount, PreparedAt, LastSentAt) = (checked((long)transaction.Nonce), transaction.Fee, true, 1, now, now);
        if (transaction.Origin is { } origin) (Origin, OriginNonce) = (origin.Account, checked((long)origin.Nonce));
        SeenHeight = transaction.SeenHeight;
    }

    /// <summary>Key.</summary>
    public long Id { get; private set; }

    /// <summary>64 lower-case hex digits.</summary>
    public string TxId { get; private set; }

    /// <summary>The withdrawal.</summary>
    public Guid WithdrawalId { get; private set; }

    /// <summary>The signed bytes.</summary>
    public byte[] Raw { get; private set; }

    /// <summary>The account that pays the fee.</summary>
    public StacksAddress Solver { get; private set; }

    /// <summary>Its nonce.</summary>
    public long Nonce { get; private set; }

    /// <summary>The managed account, where it calls itself.</summary>
    public StacksAddress? Origin { get; private set; }

    /// <summary>Its nonce then.</summary>
    public long? OriginNonce { get; private set; }

    /// <summary>True while the chain shows it in a block, whatever it did there: its nonces are used.</summary>
    public bool IsMined { get; private set; }

    /// <summary>Base units of STX.</summary>
    public TokenAmount Fee { get; private set; }

    /// <summary>The chain's height as it was last seen before the first send of this nonce.</summary>
    public long? SeenHeight { get; private set; }

    /// <summary>True while the chain may still mine it, or may take back that it did.</summary>
    public bool IsLive { get; private set; }

    /// <summary>True where its first send was refused for good, so that its nonce is free again.</summary>
    public bool IsRejected { get; private set; }

    /// <summary>How often its bytes were (or may have been) sent.</summary>
    public int SendsCount { get; private set; }

    /// <summary>When its bytes were stored.</summary>
    public DateTimeOffset PreparedAt { get; private set; }

    /// <summary>The last send.</summary>
    public DateTimeOffset LastSentAt { get; private set; }

    /// <summary>As it was prepared.</summary>
    public PreparedTransaction Prepared() => new(TxId, Raw, Solver, checked((ulong)Nonce), Fee)
    {
        SeenHeight = SeenHeight, Origin = Origin is { } account ? new TransactionOrigin(account, checked((ulong)OriginNonce!.Value)) : null,
    };

    /// <summary>The chain shows it in a block, or no longer.</summary>
    public void Mined(bool isShown) => IsMined = isShown;

    /// <summary>The chain has decided for good.</summary>
    public void End() => IsLive = false;

    /// <summary>Refused for good at its first send: nothing but that node saw it.</summary>
    public void Reject() => (IsLive, IsRejected) = (false, true);

    /// <summary>Its bytes are about to be sent once more: from here on no refusal is definite.</summary>
    public void SendAgain(DateTimeOffset now) => (SendsCount, LastSentAt) = (SendsCount + 1, now);
}
