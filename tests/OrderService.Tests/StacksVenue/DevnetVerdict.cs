using Npgsql;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// Judges a database when everything in it should have ended: what the service says against the ledger of the devnet, which is copied
/// beside it for the question.
/// </summary>
internal static class DevnetVerdict
{
    private const string CopySql =
        """
        DROP SCHEMA IF EXISTS judge CASCADE;
        CREATE SCHEMA judge;
        CREATE TABLE judge.ledger (txid text, sender text, nonce bigint, block bigint, status text, uuid text, token text, "outToken" text, "amountIn" numeric, "amountOut" numeric, recipient text);
        CREATE TABLE judge.accounts (address text, next_nonce bigint, waiting integer);
        CREATE TABLE judge.spent (uuid text);
        """;

    // Each statement finds what must not be there, over orders of one slice.
    private static readonly (string Crime, string Sql)[] Crimes =
    [
        ("a swap belongs to no order",
            "SELECT w.uuid FROM judge.ledger w LEFT JOIN orders o ON o.uuid = w.uuid WHERE w.uuid IS NOT NULL AND o.id IS NULL"),
        ("an order did not end", "SELECT uuid || ' ' || status FROM orders WHERE ended_at IS NULL"),
        ("a slice did not end",
            "SELECT s.order_id || ' ' || s.status || ' ' || coalesce(s.reason, '') FROM slices s WHERE s.ended_at IS NULL"),
        ("confirmed and swapped are not the same",
            """
            SELECT o.uuid || ' ' || s.status FROM orders o JOIN slices s ON s.order_id = o.id
            WHERE (s.status = 'confirmed') <> (SELECT count(*) = 1 FROM judge.ledger w WHERE w.uuid = o.uuid AND w.status = 'success')
            """),
        ("a confirmed slice is not what its swap was",
            """
            SELECT o.uuid FROM orders o JOIN slices s ON s.order_id = o.id JOIN judge.ledger w ON w.uuid = o.uuid AND w.status = 'success'
            WHERE (s.tx_id, s.amount_out, s.amount_in, s.block_height, o.recipient, o.sell_token, CASE o.buy_token WHEN '.stx' THEN $1 ELSE o.buy_token END)
               IS DISTINCT FROM (w.txid, w."amountOut", w."amountIn", w.block, w.recipient, w.token, w."outToken")
            """),
        ("a swap paid less than it had to",
            "SELECT w.uuid FROM judge.ledger w JOIN attempts a ON a.tx_id = w.txid WHERE w.status = 'success' AND a.kind = 'swap' AND w.\"amountOut\" < a.min_amount_out"),
        ("an order that was sent ended without a swap and its uuid is not spent",
            """
            SELECT o.uuid || ' ' || o.status FROM orders o JOIN slices s ON s.order_id = o.id
            WHERE s.was_sent AND s.status <> 'confirmed' AND NOT EXISTS (SELECT 1 FROM judge.spent u WHERE u.uuid = o.uuid)
            """),
        ("a slice did not end once, and once more for every reorg, by its events",
            """
            SELECT s.order_id || ' ' || s.status FROM slices s WHERE
                (SELECT count(*) FILTER (WHERE e.kind <> 'reorged') - count(*) FILTER (WHERE e.kind = 'reorged') FROM order_events e
                 WHERE e.order_id = s.order_id AND e.slice_number = s.number AND e.kind IN ('confirmed', 'failed', 'skipped', 'cancelled', 'expired', 'reorged')) <> 1
             OR s.status <> (SELECT e.kind FROM order_events e WHERE e.order_id = s.order_id AND e.slice_number = s.number
                 AND e.kind IN ('confirmed', 'failed', 'skipped', 'cancelled', 'expired', 'reorged') ORDER BY e.id DESC LIMIT 1)
            """),
        ("an order did not end once, and once more for every reorg, by its events",
            """
            SELECT o.uuid || ' ' || o.status FROM orders o WHERE
                (SELECT count(*) FILTER (WHERE e.slice_number IS NULL AND e.kind IN ('completed', 'failed', 'cancelled', 'expired')) - count(*) FILTER (WHERE e.kind = 'reorged')
                 FROM order_events e WHERE e.order_id = o.id) <> 1
            """),
        ("an order was created more or less than once",
            "SELECT o.uuid FROM orders o WHERE (SELECT count(*) FROM order_events e WHERE e.order_id = o.id AND e.kind = 'created') <> 1"),
        ("an order and its slice disagree",
            """
            SELECT o.uuid || ' ' || o.status || ' ' || s.status FROM orders o JOIN slices s ON s.order_id = o.id
            WHERE o.status <> CASE s.status WHEN 'confirmed' THEN 'completed' ELSE s.status END
            """),
        ("an attempt is not settled", "SELECT tx_id || ' ' || status FROM attempts WHERE NOT is_final OR status IN ('prepared', 'sent')"),
        ("a slice and its attempts disagree",
            """
            SELECT s.order_id || ' ' || s.status FROM slices s
            WHERE (SELECT count(*) FROM attempts a WHERE a.order_id = s.order_id AND a.slice_number = s.number AND a.kind = 'swap' AND a.status = 'confirmed')
                <> CASE WHEN s.status = 'confirmed' THEN 1 ELSE 0 END
            """),
        // The same bytes can be prepared again on a nonce that they gave back: what was refused then says nothing of what was sent later.
        ("an attempt is not what the chain says",
            """
            SELECT a.tx_id || ' ' || a.status || ' ' || coalesce(w.status, 'unknown') FROM attempts a LEFT JOIN judge.ledger w ON w.txid = a.tx_id
            WHERE NOT CASE a.status WHEN 'confirmed' THEN w.status = 'success' WHEN 'reverted' THEN coalesce(w.status LIKE 'abort%', false)
                      WHEN 'rejected' THEN w.txid IS NULL OR EXISTS (SELECT 1 FROM attempts b WHERE b.tx_id = a.tx_id AND b.status <> 'rejected')
                      ELSE w.txid IS NULL END OR (a.status = 'confirmed' AND w.txid IS NULL)
            """),
        ("an outbid version was mined, and what it is a version of does not say so",
            "SELECT v.tx_id FROM outgoing_versions v JOIN judge.ledger w ON w.txid = v.tx_id WHERE NOT EXISTS (SELECT 1 FROM outgoing_transactions a WHERE a.id = v.transaction_id AND a.tx_id = v.tx_id)"),
        ("the chain has a transaction that nobody wrote down",
            "SELECT w.txid FROM judge.ledger w WHERE w.txid NOT IN (SELECT tx_id FROM outgoing_transactions UNION ALL SELECT tx_id FROM outgoing_versions)"),
        ("bytes are left in the mempool", "SELECT address || ' ' || waiting FROM judge.accounts WHERE waiting > 0"),
        // What is free may only be what nothing stands behind: the chain's next nonces, up to the ledger's.
        ("the nonces have a gap",
            """
            SELECT n.address || ' chain ' || n.next_nonce || ' ledger ' || s.next_nonce FROM judge.accounts n JOIN solvers s ON s.address = n.address
            WHERE n.next_nonce + (SELECT count(*) FROM free_nonces f WHERE f.solver = n.address AND f.nonce >= n.next_nonce) <> s.next_nonce
               OR EXISTS (SELECT 1 FROM free_nonces f WHERE f.solver = n.address AND f.nonce < n.next_nonce)
            """),
    ];

    /// <summary>
    /// Everything that is wrong, over the blocks from a height on; empty where all is well. What only needs a moment more, such as a filled
    /// nonce in the mempool, is waited for.
    /// </summary>
    public static async Task<List<string>> FindAsync(NpgsqlDataSource database, DevnetProcess devnet, long from, TimeSpan limit)
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            await CopyAsync(database, devnet, from);
            var found = await AskAsync(database, devnet);
            if (found.Count == 0 || since.Elapsed > limit) return found;
            await Task.Delay(200);
        }
    }

    private static async Task<List<string>> AskAsync(NpgsqlDataSource database, DevnetProcess devnet)
    {
        var found = new List<string>();
        foreach (var (crime, sql) in Crimes)
        {
            var rows = await Verdict.ReadAsync(database, sql.Replace("$1", $"'{devnet.Contract("wstx")}'", StringComparison.Ordinal));
            if (rows.Count > 0)
                found.Add($"{crime}: {string.Join(", ", rows.Take(5))}{(rows.Count > 5 ? $" and {rows.Count - 5} more" : "")}");
        }
        var swaps = await devnet.SwapsAsync();
        var twice = (await Verdict.ReadAsync(database, "SELECT uuid FROM orders")).Where(uuid => swaps.GetValueOrDefault(uuid) > 1)
            .ToList();
        if (twice.Count > 0) found.Add($"an intent was swapped twice: {string.Join(", ", twice)}");
        return found;
    }

    // Of the whole chain only what the accounts of this database paid for.
    private static async Task CopyAsync(NpgsqlDataSource database, DevnetProcess devnet, long from)
    {
        await RunAsync(database, CopySql);
        var solvers = await Verdict.ReadAsync(database, "SELECT address FROM solvers");
        var ledger = await devnet.LedgerTextAsync(from);
        await RunAsync(database,
            """
            INSERT INTO judge.ledger SELECT * FROM json_to_recordset($1::json) AS w
                (txid text, sender text, nonce bigint, block bigint, status text, uuid text, token text, "outToken" text, "amountIn" numeric, "amountOut" numeric, recipient text)
            WHERE w.sender IN (SELECT address FROM solvers)
            """, ledger);
        foreach (var solver in solvers)
        {
            var (next, waiting) = await devnet.NoncesAsync(solver);
            await RunAsync(database, "INSERT INTO judge.accounts VALUES ($1, $2, $3)", solver, next, waiting.Count);
        }
        foreach (var uuid in await Verdict.ReadAsync(database,
            "SELECT o.uuid FROM orders o JOIN slices s ON s.order_id = o.id WHERE s.was_sent AND s.status <> 'confirmed'"))
        {
            if (await devnet.IsSpentAsync(uuid)) await RunAsync(database, "INSERT INTO judge.spent VALUES ($1)", uuid);
        }
    }

    private static async Task RunAsync(NpgsqlDataSource database, string sql, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
