using OrderService.Domain.Ports;
using OrderService.Domain.Transactions;

namespace OrderService.Engine.Execution;

/// <summary>
/// A transaction as it was read, and what the chain says of it. <paramref name="Mined"/> is the outbid version that the chain took instead
/// of the latest.
/// </summary>
internal sealed record OutgoingLook(OutgoingTransaction Transaction, TransactionStatus Status, OutgoingVersion? Mined)
{
    /// <summary>Only one of the versions can be mined, and what was mined decides; while none was, any of them may still wait.</summary>
    public static OutgoingLook Of(
        OutgoingTransaction transaction, IReadOnlyList<OutgoingVersion> versions, IReadOnlyDictionary<string, TransactionStatus> statuses)
    {
        var latest = statuses[transaction.TxId];
        foreach (var version in versions)
            if (!IsMined(latest) && IsMined(statuses[version.TxId])) return new(transaction, statuses[version.TxId], version);
        if (IsMined(latest)) return new(transaction, latest, null);
        TransactionStatus[] all = [latest, .. versions.Select(v => statuses[v.TxId])];
        if (all.FirstOrDefault(s => s is TransactionStatus.Pending) is { } pending) return new(transaction, pending, null);
        return new(transaction, all.All(s => s is TransactionStatus.Replaced) ? latest : new TransactionStatus.Unknown(), null);
    }

    /// <summary>True where there is something to write down.</summary>
    public bool IsNews => (Transaction.Status, Status) switch
    {
        (OutgoingStatus.Prepared, TransactionStatus.Pending) => true,
        (OutgoingStatus.Prepared or OutgoingStatus.Sent, TransactionStatus.Unknown or TransactionStatus.Pending) => false,
        (OutgoingStatus.Prepared or OutgoingStatus.Sent, TransactionStatus.Aborted abort) => abort.IsFinal,
        (OutgoingStatus.Prepared or OutgoingStatus.Sent, TransactionStatus.Succeeded success) =>
            success.IsFinal || !Transaction.CountsWhenFinal(Mined),
        (OutgoingStatus.Prepared or OutgoingStatus.Sent, TransactionStatus.Replaced) => true,
        (OutgoingStatus.Confirmed, TransactionStatus.Succeeded success) => success.IsFinal || !Transaction.Shows(success),
        (OutgoingStatus.Confirmed, _) => true,
        _ => false,
    };

    /// <summary>True where the chain has not mined it.</summary>
    public bool IsWaiting => Transaction.Status.IsLive() && Status is TransactionStatus.Unknown or TransactionStatus.Pending;

    private static bool IsMined(TransactionStatus status) => status is TransactionStatus.Succeeded or TransactionStatus.Aborted;
}
