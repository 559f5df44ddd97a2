using System.Numerics;
using Microsoft.EntityFrameworkCore;
using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>The transactions that only use a nonce. Each is stored before it is sent, like any other.</summary>
internal static class NonceFills
{
    // Kept for a day behind the chain: longer than any reorg.
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary>Stores one, not sent yet: the first of its nonce, or one that outbids those before.</summary>
    public static async Task AddAsync(OrdersDb db, PreparedTransaction fill, DateTimeOffset now, CancellationToken token)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO nonce_fills (solver, nonce, tx_id, raw, fee, made_at, last_sent_at, origin, origin_nonce)
            VALUES ({fill.Solver.ToString()}, {checked((long)fill.Nonce)}, {fill.TxId}, {fill.Raw}, {Sql.Number(fill.Fee)}, {now}, '-infinity', {fill.Origin?.Account.ToString()}, {(long?)fill.Origin?.Nonce})
            """, token);
        db.Tell(new NonceFilled(fill.Solver, checked((long)fill.Nonce), fill.TxId, fill.Fee), owner: null, Actors.System, now);
        await db.SaveChangesAsync(token);
    }

    /// <summary>Those that the chain has not passed and that were not sent since; they count as sent from here on.</summary>
    public static async Task<List<PreparedTransaction>> TakeDueAsync(OrdersDb db, StacksAddress solver, ulong chainNext, DateTimeOffset sentBefore, DateTimeOffset now, CancellationToken token)
    {
        var (address, next, old) = (solver.ToString(), checked((long)chainNext), now - KeptFor);
        await db.Database.ExecuteSqlAsync($"DELETE FROM nonce_fills WHERE solver = {address} AND nonce < {next} AND made_at < {old} AND origin IS NULL", token); // one on an account's nonce says for ever what used that up
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            UPDATE nonce_fills SET last_sent_at = {now} WHERE last_sent_at < {sentBefore}
                AND tx_id IN (SELECT DISTINCT ON (nonce) tx_id FROM nonce_fills WHERE solver = {address} AND nonce >= {next} ORDER BY nonce, fee DESC)
            RETURNING nonce AS "Nonce", tx_id AS "TxId", raw AS "Raw", fee AS "Fee", origin AS "Origin", origin_nonce AS "OriginNonce"
            """).ToListAsync(token);
        return rows.ConvertAll(row => Of(row, solver));
    }

    /// <summary>Those of an account's nonces that no block was seen to hold.</summary>
    public static async Task<List<PreparedTransaction>> UnminedAsync(OrdersDb db, StacksAddress account, CancellationToken token)
    {
        var rows = await db.Database.SqlQuery<CallRow>(
            $"""
            SELECT solver AS "Solver", nonce AS "Nonce", tx_id AS "TxId", raw AS "Raw", fee AS "Fee", origin AS "Origin", origin_nonce AS "OriginNonce"
            FROM nonce_fills WHERE origin = {account.ToString()} AND NOT is_mined
            """).ToListAsync(token);
        return rows.ConvertAll(row => Of(new Row(row.Nonce, row.TxId, row.Raw, row.Fee, row.Origin, row.OriginNonce), StacksAddress.Parse(row.Solver, null)));
    }

    /// <summary>Writes down that the chain holds one, or that neither it nor any other version of it ever will: then its places are free again.</summary>
    public static Task DecideAsync(OrdersDb db, PreparedTransaction fill, bool isMined, CancellationToken token) => isMined
        ? db.Database.ExecuteSqlAsync($"UPDATE nonce_fills SET is_mined = true WHERE tx_id = {fill.TxId}", token)
        : db.Database.ExecuteSqlAsync($"DELETE FROM nonce_fills WHERE tx_id = {fill.TxId}", token);

    /// <summary>The one that everything of the account waits for, where it was made too long ago; null where there is none.</summary>
    public static async Task<PreparedTransaction?> FindStuckAsync(OrdersDb db, StacksAddress solver, ulong chainNext, DateTimeOffset madeBefore, CancellationToken token)
    {
        var (address, next) = (solver.ToString(), checked((long)chainNext));
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            SELECT nonce AS "Nonce", tx_id AS "TxId", raw AS "Raw", fee AS "Fee", origin AS "Origin", origin_nonce AS "OriginNonce"
            FROM (SELECT * FROM nonce_fills WHERE solver = {address} AND nonce = {next} ORDER BY fee DESC LIMIT 1) AS latest WHERE made_at < {madeBefore}
            """).ToListAsync(token);
        return rows.Select(row => Of(row, solver)).FirstOrDefault();
    }

    private static PreparedTransaction Of(Row row, StacksAddress solver) => new(row.TxId, row.Raw, solver, checked((ulong)row.Nonce), new TokenAmount((UInt128)row.Fee))
    {
        Origin = row.Origin is { } account ? new TransactionOrigin(StacksAddress.Parse(account, null), checked((ulong)row.OriginNonce!.Value)) : null,
    };

    private sealed record Row(long Nonce, string TxId, byte[] Raw, BigInteger Fee, string? Origin, long? OriginNonce);

    private sealed record CallRow(string Solver, long Nonce, string TxId, byte[] Raw, BigInteger Fee, string Origin, long OriginNonce);
}
