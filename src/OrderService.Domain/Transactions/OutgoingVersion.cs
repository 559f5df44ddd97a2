using OrderService.Domain.Amounts;

namespace OrderService.Domain.Transactions;

/// <summary>
/// Bytes of a transaction that were sent and then outbid on the same nonce. The chain may still mine them instead, so they are followed
/// like the latest.
/// </summary>
public sealed class OutgoingVersion
{
    private OutgoingVersion() => (TxId, Raw) = ("", []);

    internal OutgoingVersion(OutgoingTransaction latest, AttemptKind? kind) =>
        (TransactionId, Kind, TxId, Raw, Fee) = (latest.Id, kind, latest.TxId, latest.Raw, latest.Fee);

    /// <summary>The transaction.</summary>
    public long TransactionId { get; private set; }

    /// <summary>What these bytes do where they are a slice's; null is what the transaction does.</summary>
    public AttemptKind? Kind { get; private set; }

    /// <summary>64 lower-case hex digits.</summary>
    public string TxId { get; private set; }

    /// <summary>The signed bytes.</summary>
    public byte[] Raw { get; private set; }

    /// <summary>Base units of STX.</summary>
    public TokenAmount Fee { get; private set; }

    /// <summary>Puts the bytes to send in the place of those that are stored, on a copy that is not saved.</summary>
    public void Open(byte[] raw) => Raw = raw;
}
