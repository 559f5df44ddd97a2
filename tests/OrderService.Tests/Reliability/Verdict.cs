using System.Diagnostics;
using Npgsql;

namespace OrderService.Tests.Reliability;

/// <summary>
/// Judges a database when everything in it should have ended: what the service says against what the simulated ledger knows.
/// </summary>
internal static class Verdict
{
    // Each statement finds what must not be there, over orders of one slice. Orders that wait for a call may be open still.
    // Each with the order that it belongs to: by its uuid, or by what was written down of a transaction whose intent, or call, is of one of
    // the order's parts.
    private const string Swaps =
        "(SELECT w.*, coalesce((SELECT o.id FROM orders o WHERE o.uuid = w.uuid), (SELECT a.order_id FROM attempts a WHERE a.tx_id = w.tx_id AND a.status <> 'rejected')) AS order_id FROM simulator.swaps w)";

    private static readonly (string Crime, string Sql)[] Crimes =
    [
        ("an intent, or an account's nonce, was swapped twice", "SELECT uuid FROM simulator.swaps GROUP BY uuid HAVING count(*) > 1"),
        ("a swap belongs to no order", $"SELECT w.uuid FROM {Swaps} w WHERE w.order_id IS NULL"),
        ("an order did not end", "SELECT uuid || ' ' || status FROM orders WHERE ended_at IS NULL AND trigger <> 'manual'"),
        ("a slice did not end",
            "SELECT s.order_id || ' ' || s.status || ' ' || coalesce(s.reason, '') FROM slices s WHERE s.ended_at IS NULL AND (s.trigger <> 'manual' OR s.status <> 'waiting')"),
        ("confirmed and swapped are not the same",
            $"SELECT o.uuid || ' ' || s.status FROM orders o JOIN slices s ON s.order_id = o.id WHERE CASE s.status WHEN 'confirmed' THEN 1 ELSE 0 END <> (SELECT count(*) FROM {Swaps} w WHERE w.order_id = o.id)"),
        ("a confirmed slice is not what its swap was",
            $"""
            SELECT o.uuid FROM orders o JOIN slices s ON s.order_id = o.id JOIN {Swaps} w ON w.order_id = o.id
            WHERE (s.tx_id, s.amount_out, s.amount_in, s.block_height, o.recipient, o.sell_token, o.buy_token)
               IS DISTINCT FROM (w.tx_id, w.amount_out, w.amount_in, w.block_height, w.recipient, w.token_in, w.token_out)
            """),
        ("a slice did not end exactly once by its events",
            """
            SELECT s.order_id || ' ' || s.status FROM slices s WHERE
                (SELECT coalesce(sum(CASE WHEN e.kind = s.status THEN 1 ELSE 100 END), 0) FROM order_events e
                 WHERE e.order_id = s.order_id AND e.slice_number = s.number AND e.kind IN ('confirmed', 'failed', 'skipped', 'cancelled', 'expired', 'reorged'))
                <> CASE WHEN s.ended_at IS NULL THEN 0 ELSE 1 END
            """),
        ("an order did not end exactly once by its events",
            """
            SELECT o.uuid || ' ' || o.status FROM orders o WHERE
                (SELECT coalesce(sum(CASE WHEN e.kind = o.status THEN 1 ELSE 100 END), 0) FROM order_events e
                 WHERE e.order_id = o.id AND e.slice_number IS NULL AND e.kind IN ('completed', 'failed', 'cancelled', 'expired', 'reorged'))
                <> CASE WHEN o.ended_at IS NULL THEN 0 ELSE 1 END
            """),
        ("an order was created more or less than once",
            "SELECT o.uuid FROM orders o WHERE (SELECT count(*) FROM order_events e WHERE e.order_id = o.id AND e.kind = 'created') <> 1"),
        ("an order and its slice disagree",
            """
            SELECT o.uuid || ' ' || o.status || ' ' || s.status FROM orders o JOIN slices s ON s.order_id = o.id
            WHERE o.ended_at IS NOT NULL AND o.status <> CASE s.status WHEN 'confirmed' THEN 'completed' ELSE s.status END
            """),
        ("an attempt is not settled", "SELECT tx_id || ' ' || status FROM attempts WHERE NOT is_final OR status IN ('prepared', 'sent')"),
        ("a slice and its attempts disagree",
            """
            SELECT s.order_id || ' ' || s.status FROM slices s
            WHERE (SELECT count(*) FROM attempts a WHERE a.order_id = s.order_id AND a.slice_number = s.number AND a.kind = 'swap' AND a.status = 'confirmed')
                <> CASE WHEN s.status = 'confirmed' THEN 1 ELSE 0 END
            """),
        ("an attempt is not what the chain says",
            """
            SELECT a.tx_id || ' ' || a.status || ' ' || coalesce(t.status, 'unknown') FROM attempts a LEFT JOIN simulator.transactions t ON t.tx_id = a.tx_id
            WHERE a.status <> CASE t.status WHEN 'succeeded' THEN 'confirmed' WHEN 'aborted' THEN 'reverted' WHEN 'replaced' THEN 'replaced' ELSE 'rejected' END
            """),
        ("the chain has a transaction that nobody wrote down",
            "SELECT t.tx_id FROM simulator.transactions t WHERE t.tx_id NOT IN (SELECT tx_id FROM outgoing_transactions)"),
        ("bytes are left in the mempool", "SELECT tx_id FROM simulator.mempool"),
        ("the nonces of an account that calls have a gap",
            """
            SELECT n.address || ' ' || n.next_nonce FROM simulator.nonces n JOIN account_nonces o ON o.address = n.address
            WHERE n.next_nonce <> (SELECT count(*) FROM simulator.transactions t WHERE t.origin = n.address AND t.status <> 'replaced')
            """),
        ("the nonces have a gap",
            """
            SELECT n.address || ' ' || n.next_nonce || ' ' || s.next_nonce FROM simulator.nonces n JOIN solvers s ON s.address = n.address
            WHERE n.next_nonce <> (SELECT count(*) FROM simulator.transactions t WHERE t.solver = n.address AND t.status <> 'replaced')
               OR n.next_nonce + (SELECT count(*) FROM free_nonces f WHERE f.solver = n.address) <> s.next_nonce
            """),
    ];

    /// <summary>Waits until no order that is due by itself is open; false where the limit passed first.</summary>
    public static async Task<bool> AwaitEndAsync(NpgsqlDataSource database, TimeSpan limit)
    {
        var since = Stopwatch.StartNew();
        while (await CountAsync(database,
            "SELECT (SELECT count(*) FROM orders WHERE ended_at IS NULL AND trigger <> 'manual') + (SELECT count(*) FROM attempts WHERE NOT is_final)") > 0)
        {
            if (since.Elapsed > limit) return false;
            await Task.Delay(25);
        }
        return true;
    }

    /// <summary>Everything that is wrong; empty where all is well.</summary>
    public static async Task<List<string>> FindAsync(NpgsqlDataSource database)
    {
        var found = new List<string>();
        foreach (var (crime, sql) in Crimes)
        {
            var rows = await ReadAsync(database, sql);
            if (rows.Count > 0)
                found.Add($"{crime}: {string.Join(", ", rows.Take(5))}{(rows.Count > 5 ? $" and {rows.Count - 5} more" : "")}");
        }
        return found;
    }

    /// <summary>What of these uuids is not stored.</summary>
    public static async Task<List<string>> LostAsync(NpgsqlDataSource database, IEnumerable<string> acknowledged)
    {
        var stored = (await ReadAsync(database, "SELECT uuid FROM orders")).ToHashSet();
        return [.. acknowledged.Where(uuid => !stored.Contains(uuid))];
    }

    public static async Task<long> CountAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public static async Task<List<string>> ReadAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }
}
