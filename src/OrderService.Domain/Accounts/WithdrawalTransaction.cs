using OrderService.Domain.Ports;
using OrderService.Domain.Transactions;

namespace OrderService.Domain.Accounts;

/// <summary>One try to pay a withdrawal: one transaction.</summary>
public sealed class WithdrawalTransaction : OutgoingTransaction
{
    private WithdrawalTransaction()
    {
    }

    internal WithdrawalTransaction(Guid withdrawalId, PreparedTransaction transaction, DateTimeOffset now) : base(transaction, now) =>
        WithdrawalId = withdrawalId;

    /// <summary>The withdrawal.</summary>
    public Guid WithdrawalId { get; private set; }
}
