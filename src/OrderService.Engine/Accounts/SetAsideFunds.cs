using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Accounts;

/// <summary>
/// Sets funds of an account aside, for an order or a withdrawal. Two never count on the same units: the account's row is locked while what
/// is set aside is summed and added to, and a balance counts only if nothing has left the account since it was read. It is read outside the
/// transaction, which waits for Postgres only, and for no second connection: as many callers as there are would wait for each other.
/// </summary>
internal sealed class SetAsideFunds(IDbContextFactory<OrdersDb> databases, VenueBalances venue)
{
    private const int TriesMax = 10;

    /// <summary>
    /// Runs <paramref name="write"/> in the transaction in which the amount is known to be available; what it refuses is rolled back. What
    /// <paramref name="stored"/> finds is the answer whatever is available by now: it was set aside before.
    /// </summary>
    public async Task<Result<T>> HandleAsync<T>(
        ManagedAccount account, TokenId of, TokenAmount amount, Func<OrdersDb, Task<Result<T>?>> stored,
        Func<OrdersDb, Task<Result<T>>> write,
        CancellationToken token)
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var (known, seen) = await LookAsync(account, of, stored, token);
            if (known is { } before) return before;
            if ((await venue.ReadAsync(account.Address, [of], token)).IsRejected(out var away, out var balances)) return away;
            await using var db = await databases.CreateDbContextAsync(token);
            await using var transaction = await db.Database.BeginTransactionAsync(token);
            await db.LockAccountAsync(account.Id, token);
            if (await stored(db) is { } meanwhile) return meanwhile;
            var aside = await db.ReadSetAsideAsync(account.Id, of, token);
            if (aside.LastSpend != seen) continue;
            if (new AccountFunds(balances[of], aside.Reserved, aside.Withdrawing).Refusal(amount) is { } why) return why;
            var written = await write(db);
            if (!written.IsRejected(out _)) await transaction.CommitAsync(token);
            return written;
        }
        return new OrderError.Unavailable("account_busy", "The account's funds move too fast to be counted: try again",
            TimeSpan.FromSeconds(1));
    }

    /// <summary>What could be set aside now; by the time somebody does, it may be another amount.</summary>
    public async Task<Result<AccountFunds>> SeenAsync(ManagedAccount account, TokenId of, CancellationToken token)
    {
        if ((await venue.ReadAsync(account.Address, [of], token)).IsRejected(out var away, out var balances)) return away;
        await using var db = await databases.CreateDbContextAsync(token);
        var aside = await db.ReadSetAsideAsync(account.Id, of, token);
        return new AccountFunds(balances[of], aside.Reserved, aside.Withdrawing);
    }

    private async Task<(Result<T>? Known, long LastSpend)> LookAsync<T>(
        ManagedAccount account, TokenId of, Func<OrdersDb, Task<Result<T>?>> stored, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        return await stored(db) is { } known ? (known, 0) : (null, (await db.ReadSetAsideAsync(account.Id, of, token)).LastSpend);
    }
}
