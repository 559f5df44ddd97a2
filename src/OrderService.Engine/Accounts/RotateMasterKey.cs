using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Accounts;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Accounts;

/// <summary>
/// Encrypts every account key and every order's signatures under another master key, all in one transaction. Safe to run again: what is
/// done already is left alone.
/// </summary>
internal sealed class RotateMasterKey(IDbContextFactory<OrdersDb> databases, TimeProvider time)
{
    /// <summary>
    /// How many keys and orders were encrypted anew; 0 where the new master key is in use already. Throws <see cref="MasterKeyException"/>,
    /// and changes nothing, where any does not open.
    /// </summary>
    public async Task<long> HandleAsync(MasterKey from, MasterKey to, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var record = await db.Set<MasterKeyRecord>().FromSql($"SELECT * FROM master_key FOR UPDATE").SingleOrDefaultAsync(token)
            ?? throw new MasterKeyException("This database has no master key yet: start the service once.");
        if (record.IsOf(to)) return 0;
        if (!record.IsOf(from))
            throw new MasterKeyException($"The current master key (id {from.Id}) is not the one in use (id {record.KeyId}).");
        var accounts = await db.Accounts.AsNoTracking().ToDictionaryAsync(a => a.Id, token);
        var keys = await db.Set<AccountKey>().ToListAsync(token);
        foreach (var key in keys) Rotate(key, accounts[key.AccountId], from, to);
        var orders = await SealedOrders.RotateAsync(db.TransactionConnection(), from, to, token);
        await StoredBytes.RotateAsync(db.TransactionConnection(), from, to, token);
        await WebhookSecrets.RotateAsync(db.TransactionConnection(), from, to, token);
        record.Replace(to, time.GetUtcNow());
        await db.SaveChangesAsync(token);
        await transaction.CommitAsync(token);
        return keys.Count + orders;
    }

    private static void Rotate(AccountKey key, ManagedAccount account, MasterKey from, MasterKey to)
    {
        var network = account.Address.BelongsTo(StacksNetwork.Mainnet) ? StacksNetwork.Mainnet : StacksNetwork.Testnet;
        if (!key.TryRotate(account, network, from, to))
        {
            throw new MasterKeyException(
                $"The key of account {account.WireId()} cannot be opened: its row was changed. Nothing was encrypted anew.");
        }
    }
}
