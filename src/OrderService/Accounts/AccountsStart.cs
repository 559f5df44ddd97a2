using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Ports;
using OrderService.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Accounts;

/// <summary>Takes the master key at the start and holds it to the store: a wrong or missing one is told in one sentence before anything is served.</summary>
internal sealed partial class AccountsStart(IDbContextFactory<OrdersDb> databases, MasterKeySource source, MasterKeyRing ring, ISwapRouter router, TimeProvider time, ILogger<AccountsStart> log)
{
    /// <summary>Throws <see cref="MasterKeyException"/> where the store holds keys that this process cannot open.</summary>
    public async Task CheckAsync(CancellationToken token)
    {
        var network = router.Terms.Network;
        await using var db = await databases.CreateDbContextAsync(token);
        var keys = await db.Set<AccountKey>().CountAsync(token);
        var key = source.Read(network, isNeeded: keys > 0);
        if (key is null)
        {
            if (keys > 0) throw new MasterKeyException(WhyNone(network, keys));
            Off(log, source.IsOwn ? "the service's own is not for mainnet" : "none was given");
            return;
        }
        await HoldAsync(db, key, token);
        ring.Key = key;
        if (source.IsOwn) Own(log, source.OwnFile!);
    }

    // As long as nothing is encrypted, any key will do.
    private async Task HoldAsync(OrdersDb db, MasterKey key, CancellationToken token)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var now = time.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"INSERT INTO master_key (key_id, check_value, set_at) VALUES ({key.Id}, {key.CheckValue}, {now}) ON CONFLICT DO NOTHING", token);
        var record = await db.Set<MasterKeyRecord>().FromSql($"SELECT * FROM master_key FOR UPDATE").SingleAsync(token);
        if (!record.IsOf(key))
        {
            var keys = await db.Set<AccountKey>().CountAsync(token); // under the lock: whoever stores a key holds the row too
            if (keys > 0) throw new MasterKeyException($"The master key {source.Where} (id {key.Id}) is not the one that this database's {keys} account keys are encrypted with (id {record.KeyId}).");
            record.Replace(key, now);
        }
        await db.SaveChangesAsync(token);
        await transaction.CommitAsync(token);
    }

    private string WhyNone(StacksNetwork network, int keys) => source.IsOwn && network == StacksNetwork.Mainnet
        ? $"On mainnet the service does not make or use a master key of its own, and this database holds {keys} account keys: set Accounts__MasterKeyFile to a file with the master key."
        : source.IsOwn
            ? $"This database holds {keys} account keys, but the master key that encrypts them is not at {source.OwnFile}: put it back, or name it in Accounts__MasterKeyFile."
            : $"This database holds {keys} account keys, but no master key was given: set Accounts__MasterKeyFile (or Accounts__MasterKey) to the one that encrypts them.";

    [LoggerMessage(1, LogLevel.Information, "Account keys are encrypted under the master key in {Path}, which this service made: keep a copy of it, for without it what the accounts hold is lost")]
    private static partial void Own(ILogger log, string path);

    [LoggerMessage(2, LogLevel.Warning, "Managed accounts are off, since the service has no master key ({Why}): set Accounts__MasterKeyFile to have them")]
    private static partial void Off(ILogger log, string why);
}
