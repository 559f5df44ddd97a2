using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Execution;

/// <summary>
/// Transactions, read under the locks of what decides over them: the orders of slices, then the withdrawals, then the payers of those that
/// only use a nonce.
/// </summary>
internal sealed record LockedTransactions(
    IReadOnlyDictionary<Guid, Order> Orders, IReadOnlyDictionary<Guid, Withdrawal> Withdrawals, IReadOnlyList<OutgoingTransaction> All)
{
    /// <summary>Locks what these belong to until the end of the caller's transaction, and reads them as they are stored now.</summary>
    public static async Task<LockedTransactions> TakeAsync(
        OrdersDb db, IReadOnlyCollection<OutgoingTransaction> seen, CancellationToken token)
    {
        var (orders, withdrawals) = await LockAsync(db, seen, token);
        var ids = seen.Select(one => one.Id).ToArray();
        return new LockedTransactions(orders, withdrawals,
            await db.Outgoing.Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ToListAsync(token));
    }

    /// <summary>
    /// The same with their own rows locked too, so that nobody counts a send between the look at the count and the verdict.
    /// </summary>
    public static async Task<LockedTransactions> TakeWithSendsAsync(
        OrdersDb db, IReadOnlyCollection<OutgoingTransaction> seen, CancellationToken token)
    {
        var (orders, withdrawals) = await LockAsync(db, seen, token);
        var ids = seen.Select(one => one.Id).ToArray();
        return new LockedTransactions(
            orders, withdrawals,
            await db.Outgoing.FromSql($"SELECT * FROM outgoing_transactions WHERE id = ANY({ids}) ORDER BY id FOR NO KEY UPDATE")
                .ToListAsync(token));
    }

    /// <summary>What a transaction is of, for the log: an order's uuid, a withdrawal, or a nonce.</summary>
    public string NameOf(OutgoingTransaction one) => one switch
    {
        SwapAttempt attempt => Orders[attempt.OrderId].Terms.Uuid.ToString(),
        WithdrawalTransaction transfer => $"withdrawal {transfer.WithdrawalId:N}",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"nonce {one.Nonce} of {one.Solver}"),
    };

    /// <summary>What it does, in the words of the metrics.</summary>
    public static string KindOf(OutgoingTransaction one) => one switch
    {
        SwapAttempt attempt => Words.Of(attempt.Kind),
        WithdrawalTransaction => "transfer",
        _ => "fill",
    };

    private static async Task<(Dictionary<Guid, Order>, Dictionary<Guid, Withdrawal>)> LockAsync(
        OrdersDb db, IReadOnlyCollection<OutgoingTransaction> seen, CancellationToken token)
    {
        var (ofOrders, ofWithdrawals) = (seen.OfType<SwapAttempt>().Select(one => one.OrderId).Distinct().ToArray(),
            seen.OfType<WithdrawalTransaction>().Select(one => one.WithdrawalId).Distinct().ToArray());
        var orders = ofOrders.Length == 0 ? [] : await db.LockOrdersAsync(ofOrders, token);
        var withdrawals = ofWithdrawals.Length == 0
            ? []
            : await db.Withdrawals.FromSql($"SELECT * FROM withdrawals WHERE id = ANY({ofWithdrawals}) ORDER BY id FOR UPDATE")
                .ToDictionaryAsync(one => one.Id, token);
        foreach (var payer in seen.OfType<NonceFill>().Select(fill => fill.Solver).Distinct()
            .OrderBy(payer => payer.ToString(), StringComparer.Ordinal))
        {
            await NonceLedger.LockAsync(db, payer, token);
        }
        return (orders, withdrawals);
    }
}
