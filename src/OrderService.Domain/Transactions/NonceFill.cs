using OrderService.Domain.Ports;

namespace OrderService.Domain.Transactions;

/// <summary>
/// A transaction that does nothing but use a nonce, so that those behind it can be mined; of an account that calls itself, that account's
/// nonce too.
/// </summary>
public sealed class NonceFill : OutgoingTransaction
{
    private NonceFill()
    {
    }

    /// <summary>Writes down what is about to be sent.</summary>
    public NonceFill(PreparedTransaction transaction, DateTimeOffset now) : base(transaction, now)
    {
    }
}
