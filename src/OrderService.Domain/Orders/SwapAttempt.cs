using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Transactions;

namespace OrderService.Domain.Orders;

/// <summary>One try to swap a slice (or to spend its uuid): one transaction, and what it was built to pay and paid.</summary>
public sealed class SwapAttempt : OutgoingTransaction
{
    private SwapAttempt()
    {
    }

    /// <summary>Writes down what is about to be sent.</summary>
    public SwapAttempt(
        Guid orderId, int sliceNumber, AttemptKind kind, PreparedTransaction transaction, TokenAmount? quoted, TokenAmount? minAmountOut,
        DateTimeOffset now) : base(transaction, now) =>
            (OrderId, SliceNumber, Kind, QuotedAmountOut, MinAmountOut) = (orderId, sliceNumber, kind, quoted, minAmountOut);

    /// <summary>The order.</summary>
    public Guid OrderId { get; private set; }

    /// <summary>The slice.</summary>
    public int SliceNumber { get; private set; }

    /// <summary>What it is for.</summary>
    public AttemptKind Kind { get; private set; }

    /// <summary>The quote it was built on.</summary>
    public TokenAmount? QuotedAmountOut { get; private set; }

    /// <summary>The least it must pay.</summary>
    public TokenAmount? MinAmountOut { get; private set; }

    /// <summary>What the chain says was paid.</summary>
    public TokenAmount? AmountOut { get; private set; }

    /// <inheritdoc/>
    public override bool Shows(TransactionStatus.Succeeded success) => AmountOut == success.AmountOut && base.Shows(success);

    /// <summary>A spent uuid ends a slice for good, so it counts when it is final; a swap is shown at once.</summary>
    public override bool CountsWhenFinal(OutgoingVersion? version) => (version?.Kind ?? Kind) == AttemptKind.Spend;

    /// <inheritdoc/>
    public override PreparedTransaction Transaction() => As(Kind);

    /// <inheritdoc/>
    public override PreparedTransaction Transaction(OutgoingVersion version) => As(version.Kind ?? Kind) with
    {
        TxId = version.TxId, Raw = version.Raw, Fee = version.Fee,
    };

    /// <inheritdoc/>
    public override OutgoingVersion Become(OutgoingVersion mined)
    {
        var latest = base.Become(mined);
        Kind = mined.Kind ?? Kind;
        return latest;
    }

    // On the same nonce, so that it is the same attempt: whichever of its versions is mined says what it was.
    internal OutgoingVersion BecomeSpend(PreparedTransaction spend, DateTimeOffset now)
    {
        var outbid = Raise(spend, now);
        Kind = AttemptKind.Spend;
        return outbid;
    }

    internal void Paid(TokenAmount amountOut, long blockHeight)
    {
        AmountOut = amountOut;
        Mined(blockHeight);
    }

    private protected override OutgoingVersion Version() => new(this, Kind);

    private PreparedTransaction As(AttemptKind kind) =>
        base.Transaction() with
        {
            Expected = kind == AttemptKind.Swap && QuotedAmountOut is { } quoted
                ? new ExpectedPay(quoted, MinAmountOut ?? TokenAmount.Zero) : null,
        };
}
