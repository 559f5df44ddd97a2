using OrderService.Domain.Orders;
using OrderService.Domain.Ports;

namespace OrderService.Engine.Execution;

/// <summary>An attempt as it was read, and what the chain says of it. <paramref name="Mined"/> is the outbid version that the chain took instead of the latest.</summary>
internal sealed record AttemptLook(SwapAttempt Attempt, TransactionStatus Status, AttemptVersion? Mined)
{
    /// <summary>Only one of the versions can be mined, and what was mined decides; while none was, any of them may still wait.</summary>
    public static AttemptLook Of(SwapAttempt attempt, IReadOnlyList<AttemptVersion> versions, IReadOnlyDictionary<string, TransactionStatus> statuses)
    {
        var latest = statuses[attempt.TxId];
        foreach (var version in versions) if (!IsMined(latest) && IsMined(statuses[version.TxId])) return new(attempt, statuses[version.TxId], version);
        if (IsMined(latest)) return new(attempt, latest, null);
        TransactionStatus[] all = [latest, .. versions.Select(v => statuses[v.TxId])];
        if (all.FirstOrDefault(s => s is TransactionStatus.Pending) is { } pending) return new(attempt, pending, null);
        return new(attempt, all.All(s => s is TransactionStatus.Replaced) ? latest : new TransactionStatus.Unknown(), null);
    }

    /// <summary>True where there is something to write down.</summary>
    public bool IsNews => (Attempt.Status, Status) switch
    {
        (AttemptStatus.Prepared, TransactionStatus.Pending) => true,
        (AttemptStatus.Prepared or AttemptStatus.Sent, TransactionStatus.Unknown or TransactionStatus.Pending) => false,
        (AttemptStatus.Prepared or AttemptStatus.Sent, TransactionStatus.Aborted abort) => abort.IsFinal,
        (AttemptStatus.Prepared or AttemptStatus.Sent, TransactionStatus.Succeeded success) => success.IsFinal || (Mined?.Kind ?? Attempt.Kind) == AttemptKind.Swap,
        (AttemptStatus.Prepared or AttemptStatus.Sent, TransactionStatus.Replaced) => true,
        (AttemptStatus.Confirmed, TransactionStatus.Succeeded success) => success.IsFinal || !Attempt.Shows(success),
        (AttemptStatus.Confirmed, _) => true,
        _ => false,
    };

    /// <summary>True where the chain has not mined it.</summary>
    public bool IsWaiting => Attempt.Status.IsLive() && Status is TransactionStatus.Unknown or TransactionStatus.Pending;

    private static bool IsMined(TransactionStatus status) => status is TransactionStatus.Succeeded or TransactionStatus.Aborted;
}
