using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;

namespace OrderService.Domain.Orders;

/// <summary>Bytes of an attempt that were sent and then outbid on the same nonce. The chain may still mine them instead, so they are followed like the latest.</summary>
public sealed class AttemptVersion
{
    private AttemptVersion() => (TxId, Raw) = ("", []);

    internal AttemptVersion(SwapAttempt attempt) => (AttemptId, Kind, TxId, Raw, Fee) = (attempt.Id, attempt.Kind, attempt.TxId, attempt.Raw, attempt.Fee);

    /// <summary>The attempt.</summary>
    public long AttemptId { get; private set; }

    /// <summary>What these bytes are for; null is what the attempt is for.</summary>
    public AttemptKind? Kind { get; private set; }

    /// <summary>64 lower-case hex digits.</summary>
    public string TxId { get; private set; }

    /// <summary>The signed bytes.</summary>
    public byte[] Raw { get; private set; }

    /// <summary>Base units of STX.</summary>
    public TokenAmount Fee { get; private set; }

    /// <summary>Puts the bytes to send in the place of those that are stored, on a copy that is not saved.</summary>
    public void Open(byte[] raw) => Raw = raw;

    /// <summary>The transaction, whose payer and nonce are those of every version.</summary>
    public PreparedTransaction Transaction(SwapAttempt attempt) => attempt.Transaction(Kind ?? attempt.Kind) with { TxId = TxId, Raw = Raw, Fee = Fee };
}
