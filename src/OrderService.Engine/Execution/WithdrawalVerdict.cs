using OrderService.Domain.Ports;

namespace OrderService.Engine.Execution;

/// <summary>What the chain says of the transactions of one withdrawal, which share a nonce: at most one of them is ever mined.</summary>
internal abstract record WithdrawalVerdict
{
    /// <summary>Nothing is decided: what is not shown is sent again.</summary>
    public sealed record Undecided : WithdrawalVerdict;

    /// <summary>The owner was paid.</summary>
    public sealed record Paid(string TxId, long BlockHeight, bool IsFinal) : WithdrawalVerdict;

    /// <summary>None of them can do anything any more, and the uuid is unused. One that was mined, and aborted, is named.</summary>
    public sealed record Lost(string Reason, string? TxId = null) : WithdrawalVerdict;

    /// <summary>The uuid is used, by none of them.</summary>
    public sealed record Used : WithdrawalVerdict;

    /// <summary>Draws it, on positive evidence only: a final block, or the chain's word that every one of them was replaced.</summary>
    public static WithdrawalVerdict Of(IReadOnlyCollection<(string TxId, TransactionStatus Status)> looks)
    {
        foreach (var (txId, status) in looks)
        {
            switch (status)
            {
                case TransactionStatus.Succeeded success: return new Paid(txId, success.BlockHeight, success.IsFinal);
                case TransactionStatus.Aborted { IsFinal: true, UuidUsed: true }: return new Used();
                case TransactionStatus.Aborted { IsFinal: true } abort: return new Lost(abort.Reason, txId);
                case TransactionStatus.Aborted: return new Undecided();
                default: break;
            }
        }
        return looks.All(look => look.Status is TransactionStatus.Replaced) ? new Lost("replaced") : new Undecided();
    }
}
