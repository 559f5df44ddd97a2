using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Accounts;

/// <summary>
/// Takes the master key at the start and holds it to the store: a wrong or missing one is told in one sentence before anything is served.
/// </summary>
internal sealed partial class AccountsStart(
    IDbContextFactory<OrdersDb> databases, MasterKeySource source, MasterKeyRing ring, ISwapRouter router, TimeProvider time,
    ILogger<AccountsStart> log)
{
    /// <summary>
    /// Throws <see cref="MasterKeyException"/> where there is no master key, or the store holds what this one does not open.
    /// </summary>
    public async Task CheckAsync(CancellationToken token)
    {
        var network = router.Terms.Network;
        await using var db = await databases.CreateDbContextAsync(token);
        var held = await HeldAsync(db, token);
        var isNeeded = !source.IsThere && held.Any;
        var key = source.Read(network, isNeeded) ?? throw new MasterKeyException(WhyNone(network, isNeeded ? held : null));
        await HoldAsync(db, key, held, token);
        ring.Key = key;
        if (source.IsOwn) Own(log, source.OwnFile!);
    }

    // As long as nothing is encrypted, any key will do.
    private async Task HoldAsync(OrdersDb db, MasterKey key, Held held, CancellationToken token)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var now = time.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"INSERT INTO master_key (key_id, check_value, set_at) VALUES ({key.Id}, {key.CheckValue}, {now}) ON CONFLICT DO NOTHING", token);
        var record = await db.Set<MasterKeyRecord>().FromSql($"SELECT * FROM master_key FOR UPDATE").SingleAsync(token);
        if (!record.IsOf(key))
        {
            held = await HeldAsync(db, token); // under the lock: whoever stores a key holds the row too
            if (held.Any)
                throw new MasterKeyException($"The master key {source.Where} (id {key.Id}) is not the one that this database's {held} are encrypted with (id {record.KeyId}).");
            record.Replace(key, now);
        }
        if (!record.AreOrdersSealed)
        {
            if (await SealedOrders.SealAsync(db.TransactionConnection(), key, token) is > 0 and var count) Sealed(log, count);
            record.OrdersAreSealed();
        }
        await db.SaveChangesAsync(token);
        await transaction.CommitAsync(token);
    }

    private static async Task<Held> HeldAsync(OrdersDb db, CancellationToken token)
    {
        var keys = await db.Set<AccountKey>().CountAsync(token);
        await db.Database.OpenConnectionAsync(token);
        return new Held(keys, keys == 0 && await SealedOrders.AreThereAsync((Npgsql.NpgsqlConnection)db.Database.GetDbConnection(), token));
    }

    // What would be lost without the key that encrypts it.
    private sealed record Held(int Keys, bool HasOrders)
    {
        public bool Any => Keys > 0 || HasOrders;

        public override string ToString() => Keys > 0 ? $"{Keys} account keys" : "orders' signatures";
    }

    private string WhyNone(StacksNetwork network, Held? held) => (held, source.IsOwn, network == StacksNetwork.Mainnet) switch
    {
        (null, _, _) =>
            "On mainnet the service does not make or use a master key of its own, and signatures are stored encrypted: set Accounts__MasterKeyFile to a file with a master key (openssl rand -hex 32, chmod 600).",
        (_, true, true) =>
            $"On mainnet the service does not make or use a master key of its own, and this database holds {held}: set Accounts__MasterKeyFile to a file with the master key.",
        (_, true, _) =>
            $"This database holds {held}, but the master key that encrypts them is not at {source.OwnFile}: put it back, or name it in Accounts__MasterKeyFile.",
        _ => $"This database holds {held}, but no master key was given: set Accounts__MasterKeyFile (or Accounts__MasterKey) to the one that encrypts them.",
    };

    [LoggerMessage(1, LogLevel.Information,
        "Account keys and signatures are encrypted under the master key in {Path}, which this service made: keep a copy of it, for without it what the accounts hold is lost, and open orders with it")]
    private static partial void Own(ILogger log, string path);

    [LoggerMessage(2, LogLevel.Information,
        "The signatures of {Count} orders, which an older version stored in clear, are encrypted now: backups from before still have them in clear")]
    private static partial void Sealed(ILogger log, long count);
}
