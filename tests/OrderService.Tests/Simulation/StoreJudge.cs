using System.Globalization;
using System.Numerics;
using Npgsql;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.Simulation;

/// <summary>
/// Judges the store after each step: the holds and the ledger are what the slices come to, what is in flight has an attempt, and what is
/// said to be final is so on the chain.
/// </summary>
internal sealed class StoreJudge(NpgsqlDataSource source, PlayChain chain, SendJudge sends, IReadOnlyDictionary<Guid, int> orders)
{
    // Each finds what must not be there.
    private static readonly (string Crime, string Sql)[] Crimes =
    [
        ("a hold is not what is in flight",
            """
            SELECT coalesce(s.holder, h.holder) || ' ' || coalesce(s.in_flight, 0) || ' ' || coalesce(h.in_flight, 0) FROM (
                SELECT coalesce(o.account, o.owner) AS holder, o.sell_token AS token, sum(s.amount_in) AS in_flight FROM slices s JOIN orders o ON o.id = s.order_id
                WHERE s.status = 'broadcast' AND s.end_as IS NULL GROUP BY 1, 2) AS s
            FULL JOIN holds h ON h.holder = s.holder AND h.token = s.token WHERE coalesce(h.in_flight, 0) <> coalesce(s.in_flight, 0)
            """),
        ("a reservation is not what the slices come to",
            """
            SELECT r.order_id || ' ' || r.initial || ' ' || r.spent || ' ' || r.reserved || ' ' || r.in_flight || ' ' || r.returned FROM reservations r
            CROSS JOIN LATERAL (SELECT coalesce(sum(s.amount_in) FILTER (WHERE s.status = 'confirmed'), 0) AS spent,
                    coalesce(sum(s.amount_in) FILTER (WHERE s.status = 'broadcast' AND s.end_as IS NULL), 0) AS in_flight, bool_and(o.ended_at IS NOT NULL) AS is_over
                FROM slices s JOIN orders o ON o.id = s.order_id WHERE (o.id = r.order_id OR o.group_id = r.order_id) AND o.sell_token = r.token) AS s
            WHERE r.initial <> r.spent + r.reserved + r.returned OR r.spent <> s.spent OR r.in_flight <> s.in_flight OR (s.is_over AND r.reserved <> 0)
            """),
        ("a slice in flight has no attempt alive, or one that is not has one",
            """
            SELECT s.order_id || ' ' || s.number || ' ' || s.status FROM slices s
            WHERE (s.status = 'broadcast') <> EXISTS (SELECT FROM attempts a WHERE a.order_id = s.order_id AND a.slice_number = s.number AND a.status IN ('prepared', 'sent'))
            """),
        ("a swap may pay less than the limit price of its order",
            """
            SELECT o.uuid || ' ' || a.min_amount_out || ' ' || s.amount_in FROM orders o JOIN attempts a ON a.order_id = o.id JOIN slices s ON s.order_id = o.id AND s.number = a.slice_number
            WHERE a.kind = 'swap' AND a.min_amount_out * 1000000000000000000 < o.limit_price * s.amount_in
            """),
        ("a slice has no order, or waits for a pair that is not there",
            """
            SELECT s.order_id || ' ' || s.number || ' ' || coalesce(s.pair_id, 0) FROM slices s
            WHERE NOT EXISTS (SELECT FROM orders o WHERE o.id = s.order_id) OR (s.pair_id IS NOT NULL AND NOT EXISTS (SELECT FROM price_pairs p WHERE p.id = s.pair_id))
            """),
        ("an order with one try has made another",
            "SELECT o.uuid FROM orders o JOIN attempts a ON a.order_id = o.id WHERE o.is_immediate AND a.kind = 'swap' AND a.status IN ('reverted', 'confirmed') GROUP BY o.uuid HAVING count(*) > 1"),
        ("two legs that cancel each other are in flight or swapped",
            $"""
            SELECT a.uuid || ' ' || b.uuid FROM {Legs("a")} JOIN {Legs("b")} ON b.group_id = a.group_id AND b.leg > a.leg
            WHERE (a.kind = 'oco' OR (a.kind = 'bracket' AND a.leg > 1)) AND a.slice IN ('broadcast', 'confirmed') AND b.slice IN ('broadcast', 'confirmed')
            """),
        ("a slot is not with the leg that was sent",
            $"""
            SELECT l.uuid || ' ' || l.slice || ' ' || coalesce(l.holder, 0) FROM {Legs("l")}
            WHERE (l.was_sent AND l.ended_at IS NULL AND l.holder IS NULL) OR (l.holder = l.leg AND NOT (l.was_sent AND (l.ended_at IS NULL OR l.slice = 'confirmed')))
            """),
        ("a leg sleeps while the slot is free or with one that waits too",
            $"""
            SELECT l.uuid || ' ' || l.reason FROM {Legs("l")} LEFT JOIN {Legs("h")} ON h.group_id = l.group_id AND h.leg = l.holder
            WHERE l.sleeps AND l.reason = 'other_leg_in_flight' AND (h.leg IS NULL OR h.leg = l.leg OR (h.slice IN ('waiting', 'executing') AND h.end_as IS NULL))
            """),
        ("a leg sleeps for one that has ended",
            $"SELECT l.uuid || ' ' || f.slice FROM {Legs("l")} JOIN {Legs("f")} ON f.group_id = l.group_id AND f.leg = 1 WHERE l.sleeps AND l.reason IN ('waits_for_leg', 'leg_unfunded') AND l.not_after IS NULL AND f.ended_at IS NOT NULL AND l.fund_at IS NULL"),
        ("a leg that comes later is sent, or may be, and what it sells is not set aside",
            $"SELECT l.uuid || ' ' || l.slice FROM {Legs("l")} WHERE l.account IS NOT NULL AND l.kind <> 'oco' AND l.leg > 1 AND l.funded IS NULL AND l.ended_at IS NULL AND l.end_as IS NULL AND NOT l.was_sent AND (l.slice <> 'waiting' OR NOT l.sleeps) AND l.is_open"),
        ("a leg goes on though its rival is swapped for good",
            $"SELECT l.uuid || ' ' || l.slice FROM {Legs("l")} WHERE l.is_final AND l.holder <> l.leg AND (l.kind = 'oco' OR l.leg > 1) AND l.ended_at IS NULL AND l.end_as IS NULL AND l.not_after IS NULL"),
        ("an order has ended and a slice of it has not",
            "SELECT o.uuid || ' ' || o.status || ' ' || s.status FROM orders o JOIN slices s ON s.order_id = o.id WHERE o.ended_at IS NOT NULL AND s.ended_at IS NULL"),
    ];

    // One that is paused sleeps by its owner's wish.
    private static string Legs(string name) =>
        $"""
        (SELECT g.group_id, g.kind, g.leg AS holder, g.is_final, g.funded, g.fund_at, o.account, o.status = 'open' AS is_open, o.leg, o.uuid, s.status AS slice, s.was_sent, s.ended_at, s.end_as, s.reason, s.not_after,
            s.status = 'waiting' AND s.end_as IS NULL AND s.wake_at IS NULL AND s.wait_side IS NULL AND s.quote_route IS NULL AND o.status = 'open' AS sleeps
            FROM group_slots g JOIN orders o ON o.group_id = g.group_id JOIN slices s ON s.order_id = o.id) AS {name}
        """;

    private static readonly string Statement = string.Join(" UNION ALL ",
        Crimes.Select(
            one => $"SELECT '{one.Crime.Replace("'", "''", StringComparison.Ordinal)}: ' || found.what FROM ({one.Sql}) AS found (what)"));

    private const string SlicesStatement =
        """
        SELECT o.id, o.status, s.number, s.status, CASE o.funding WHEN 'called' THEN 'called-' || s.amount_in ELSE coalesce(s.intent_uuid, o.uuid) END, s.not_after, s.end_as, s.amount_in
        FROM orders o LEFT JOIN slices s ON s.order_id = o.id ORDER BY o.created_at, o.uuid, s.number
        """;

    private const string FinalStatement =
        "SELECT tx_id, amount_out FROM attempts WHERE is_final AND status = 'confirmed' AND kind = 'swap'";

    /// <summary>Looks at everything; comes back with the state in a line.</summary>
    public async Task<string> LookAsync()
    {
        await using var batch = source.CreateBatch();
        foreach (var sql in new[] { Statement, SlicesStatement, FinalStatement }) batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync()) sends.Crimes.Add(reader.GetString(0));
        await reader.NextResultAsync();
        var (slices, told, last) = (new Dictionary<string, KnownSlice>(), new List<string>(), -1);
        while (await reader.ReadAsync())
        {
            if (!orders.TryGetValue(reader.GetGuid(0), out var order)) continue;
            if (order != last) told.Add($"{order}={reader.GetString(1)}:");
            last = order;
            if (reader.IsDBNull(3)) continue;
            var slice = new KnownSlice(order, reader.GetInt32(2), reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5),
                reader.GetString(3), reader.IsDBNull(6) ? null : reader.GetString(6), (UInt128)reader.GetFieldValue<BigInteger>(7));
            slices[reader.GetString(4)] = slice;
            told[^1] += $"{slice.Status[0]}{slice.Status[1]}{(slice.EndAs is null ? "" : "!")}";
        }
        foreach (var order in orders.Values.Except(slices.Values.Select(slice => slice.Order))) sends.Crimes.Add($"order {order} is lost");
        sends.Slices = slices;
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            var (id, paid) = (reader.GetString(0), (UInt128)reader.GetFieldValue<BigInteger>(1));
            if (chain.Find(id) is not ({ Abort: null } mined, var height) || !chain.IsFinal(height) || mined.Call.Out != paid)
                sends.Crimes.Add($"{id} is said to be final, and is not so on the chain");
        }
        sends.JudgeEnded();
        return string.Join(' ', told);
    }

    /// <summary>
    /// What of an order is in flight now, or swapped in a block that may be taken back: it is sent again then, and none of it is stopped.
    /// </summary>
    public async Task<List<(string Uuid, string Solver, ulong Nonce)>> InFlightAsync(Guid order)
    {
        await using var command = source.CreateCommand(string.Create(CultureInfo.InvariantCulture,
            $"""
            SELECT CASE o.funding WHEN 'called' THEN 'called-' || s.amount_in ELSE coalesce(s.intent_uuid, o.uuid) END, a.solver, a.nonce FROM attempts a JOIN orders o ON o.id = a.order_id JOIN slices s ON s.order_id = a.order_id AND s.number = a.slice_number
            WHERE a.order_id = '{order}' AND NOT a.is_final AND a.status IN ('prepared', 'sent', 'confirmed') AND a.kind = 'swap'
            """));
        await using var reader = await command.ExecuteReaderAsync();
        var read = new List<(string, string, ulong)>();
        while (await reader.ReadAsync()) read.Add((reader.GetString(0), reader.GetString(1), (ulong)reader.GetInt64(2)));
        return read;
    }

    /// <summary>True where nothing is left to be done.</summary>
    public async Task<bool> IsDoneAsync() =>
        await Verdict.CountAsync(source,
            "SELECT (SELECT count(*) FROM orders WHERE ended_at IS NULL) + (SELECT count(*) FROM attempts WHERE NOT is_final AND status IN ('prepared', 'sent', 'confirmed'))") == 0;

    /// <summary>When all has ended: what is said to be swapped is what was swapped, and every nonce was used or is free.</summary>
    public async Task JudgeEndAsync()
    {
        foreach (var (uuid, slice) in sends.Slices)
        {
            if (slice.Status == "confirmed" != (chain.UserOf(uuid) is { Kind: CallKind.Swap }))
                sends.Crimes.Add($"order {slice.Order} slice {slice.Number} is {slice.Status} and the chain says otherwise");
        }
        sends.JudgeGroups();
        foreach (var row in await Verdict.ReadAsync(source,
            "SELECT s.address || ' ' || s.next_nonce || ' ' || (SELECT count(*) FROM free_nonces f WHERE f.solver = s.address) FROM solvers s"))
        {
            if (row.Split(' ') is not [var solver, var next, var free]) throw new FormatException(row);
            if (chain.NextNonce(solver)
                + ulong.Parse(free, CultureInfo.InvariantCulture) != ulong.Parse(next, CultureInfo.InvariantCulture))
            {
                sends.Crimes.Add($"the nonces are not dense: {next} given, {free} free, the chain is at {chain.NextNonce(solver)}");
            }
        }
    }
}
