using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Accounts;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Accounts;

/// <summary>A page of an account's ledger, newest first. <paramref name="Before"/> continues it; null at its end.</summary>
internal sealed record AccountHistory(IReadOnlyList<AccountEntry> Entries, IReadOnlyDictionary<Guid, Withdrawal> Withdrawals, long? Before);

/// <summary>Reads what happened to an account's funds.</summary>
internal sealed class ReadAccountHistory(IDbContextFactory<OrdersDb> databases)
{
    /// <summary>The most entries of a page.</summary>
    public const int PageMax = 100;

    public async Task<AccountHistory> HandleAsync(ManagedAccount account, long? before, int limit, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var end = before ?? long.MaxValue;
        var entries = await db.AccountEntries.AsNoTracking().Where(e => e.AccountId == account.Id && e.Id < end)
            .OrderByDescending(e => e.Id).Take(limit + 1).ToListAsync(token);
        var page = entries.Take(limit).ToList();
        var ids = page.Select(e => e.WithdrawalId).OfType<Guid>().Distinct().ToArray();
        var withdrawals = await db.Withdrawals.AsNoTracking().Where(w => ids.Contains(w.Id)).ToDictionaryAsync(w => w.Id, token);
        return new AccountHistory(page, withdrawals, entries.Count > limit ? page[^1].Id : null);
    }
}
