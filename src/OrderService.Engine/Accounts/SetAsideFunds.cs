using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Accounts;

/// <summary>
/// Sets funds of an account aside, for an order or a withdrawal. Two never count on the same units: the account's row is locked while what
/// is set aside is summed and added to, and of a balance only what has not left the account since it was read. It is read outside the
/// transaction, which waits for Postgres only, and for no second connection: as many callers as there are would wait for each other.
/// </summary>
internal sealed class SetAsideFunds(IDbContextFactory<OrdersDb> databases, NpgsqlDataSource source, VenueBalances venue)
{
    private const int TriesMax = 10;

    /// <summary>
    /// Runs <paramref name="write"/> in the transaction in which the amount is known to be available; what it refuses is rolled back. It
    /// must know what is stored already, and answer that. What <paramref name="stored"/> finds is the answer in place of any refusal:
    /// it was set aside before, whatever is available by now.
    /// </summary>
    public async Task<Result<T>> HandleAsync<T>(
        ManagedAccount account, TokenId of, TokenAmount amount, Func<OrdersDb, Task<Result<T>?>> stored,
        Func<OrdersDb, Task<Result<T>>> write,
        CancellationToken token)
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var seen = await source.ReadLastSpendAsync(account.Id, of, token);
            if ((await venue.ReadAsync(account.Address, [of], token)).IsRejected(out var away, out var balances))
                return await StoredAsync(stored, token) ?? away;
            await using var db = await databases.CreateDbContextAsync(token);
            await using var transaction = await db.Database.BeginTransactionAsync(token);
            if (await db.LockSetAsideAsync(account, of, seen, token) is not { } aside) return FindAccount.NotFound();
            // Whether the balance was read before or after that left is not known: it is there as much as it would be at worst.
            var funds = new AccountFunds(balances[of], aside.Reserved, aside.Withdrawing + aside.LeftSince);
            var why = funds.Refusal(amount);
            if (why is not null && aside.LeftSince > TokenAmount.Zero) continue;
            var written = why ?? await write(db);
            if (!written.IsRejected(out _))
            {
                await transaction.CommitAsync(token);
                return written;
            }
            await transaction.RollbackAsync(token); // what it wrote before it refused is not what is stored
            return await stored(db) ?? written;
        }
        return await StoredAsync(stored, token) ?? new OrderError.Unavailable("account_busy",
            "The account's funds move too fast to be counted: try again", TimeSpan.FromSeconds(1));
    }

    /// <summary>What could be set aside now; by the time somebody does, it may be another amount.</summary>
    public async Task<Result<AccountFunds>> SeenAsync(ManagedAccount account, TokenId of, CancellationToken token)
    {
        if ((await venue.ReadAsync(account.Address, [of], token)).IsRejected(out var away, out var balances)) return away;
        var aside = await source.ReadSetAsideAsync(account.Id, of, token);
        return new AccountFunds(balances[of], aside.Reserved, aside.Withdrawing);
    }

    private async Task<Result<T>?> StoredAsync<T>(Func<OrdersDb, Task<Result<T>?>> stored, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        return await stored(db);
    }
}
