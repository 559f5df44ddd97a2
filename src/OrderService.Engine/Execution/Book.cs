using System.Numerics;
using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Execution;

/// <summary>A pair at its current price, and what that belief rests on.</summary>
internal sealed record PairTick(int PairId, PriceRatio Ratio, RatioEvidence Evidence);

/// <summary>
/// The set-based moves over waiting slices. Each names its from-status, locks what it moves, skips what others hold, and inserts its events
/// in the same statement.
/// </summary>
internal static class Book
{
    /// <summary>
    /// The changes of status that these statements make (parking and leasing change none); a test compares them with the table.
    /// </summary>
    public static readonly (SliceStatus From, SliceStatus To)[] Moves = [(SliceStatus.Waiting, SliceStatus.Executing)];

    /// <summary>For the rest of its transaction: the commit waits for no disk.</summary>
    internal const string UnforcedStatement = "SELECT set_config('synchronous_commit', 'off', true)";

    // What a claim is called stands in the first rows of its statement: an update of a table that another server holds may draw nothing
    // itself. What one statement claims has one name; a row's next claim has another.
    // A slice that comes back with a reason was told of when it got that reason; it is claimed again without another event.
    // One with a limit price of its own, or that trails, has fired for good from here on.
    // Oldest first within a price. A slice whose other bound does not hold is parked on that one; one past its window waits for nothing
    // until it is closed.
    private const string RiseStatement =
        """
        WITH moment AS (SELECT $4::timestamptz AS now, gen_random_uuid() AS claim), due AS (
            SELECT order_id, number, price_max AS other, coalesce(price_max >= $3, true) AS inside, coalesce(not_after < $4, false) AS past
            FROM slices WHERE wait_side = 'rise' AND pair_id = $1 AND wait_price <= $2
            ORDER BY wait_price, created_at, order_id, number LIMIT $9 FOR NO KEY UPDATE SKIP LOCKED),
        """ + TakeTurns + MoveCrossed;

    private const string FallStatement =
        """
        WITH moment AS (SELECT $4::timestamptz AS now, gen_random_uuid() AS claim), due AS (
            SELECT order_id, number, price_min AS other, coalesce(price_min <= $2, true) AS inside, coalesce(not_after < $4, false) AS past
            FROM slices WHERE wait_side = 'fall' AND pair_id = $1 AND wait_price >= $3
            ORDER BY wait_price DESC, created_at, order_id, number LIMIT $9 FOR NO KEY UPDATE SKIP LOCKED),
        """ + TakeTurns + MoveCrossed;

    // A claim's number is its owner's next: one more than the last, or where the queue has got to. An empty queue has got to the clock's
    // milliseconds, so that it never goes back. The owner is asked for as a value: a join was planned as a walk over all orders for each
    // slice.
    internal const string TakeTurns =
        """
        front AS (
            SELECT coalesce((SELECT queue_place - 1 FROM slices WHERE queue_place IS NOT NULL AND lease_until IS NULL ORDER BY queue_place, claimed_at, order_id LIMIT 1),
                (SELECT (extract(epoch FROM now) * 1000)::bigint FROM moment)) AS turn),
        placed AS (
            SELECT d.*, row_number() OVER (PARTITION BY d.owner, d.inside AND NOT d.past ORDER BY d.place) AS nth, count(*) OVER (PARTITION BY d.owner, d.inside AND NOT d.past) AS together
            FROM (SELECT *, row_number() OVER () AS place, (SELECT o.owner FROM orders o WHERE o.id = due.order_id) AS owner FROM due) d),
        counted AS (
            INSERT INTO owner_turns AS t (owner, turn) SELECT DISTINCT p.owner, f.turn + p.together FROM placed p, front f WHERE p.inside AND NOT p.past ORDER BY 1
            ON CONFLICT (owner) DO UPDATE SET turn = greatest(t.turn, (SELECT turn FROM front)) + excluded.turn - (SELECT turn FROM front)
            RETURNING t.owner, t.turn),
        """;

    internal const string MoveCrossed =
        """
        moved AS (
            UPDATE slices s SET
                status = CASE WHEN c.inside AND NOT c.past THEN 'executing' ELSE 'waiting' END,
                wait_side = CASE WHEN c.inside OR c.past THEN NULL WHEN s.wait_side = 'rise' THEN 'fall' ELSE 'rise' END,
                wait_price = CASE WHEN c.inside OR c.past THEN NULL ELSE c.other END,
                trigger = CASE WHEN c.inside AND NOT c.past AND (s.trail IS NOT NULL OR (s.rate_min IS NOT NULL AND (SELECT o.limit_price IS NOT NULL FROM orders o WHERE o.id = s.order_id))) THEN 'time' ELSE s.trigger END,
                closes_at = CASE WHEN c.inside AND NOT c.past THEN NULL ELSE s.closes_at END,
                claim_id = (SELECT claim FROM moment), claimed_at = $4, lease_until = NULL, queue_place = t.turn - c.together + c.nth,
                watched_price = $5, base_price = $6, price_sources = $7, price_at = $8
            FROM placed c LEFT JOIN counted t ON t.owner = c.owner AND c.inside AND NOT c.past WHERE s.order_id = c.order_id AND s.number = c.number AND s.status = 'waiting'
            RETURNING s.order_id, s.number, s.reason, c.inside AND NOT c.past AS claimed),
        told AS (
            INSERT INTO order_events (order_id, slice_number, kind, at, detail, order_status)
            SELECT order_id, number, 'triggered', $4, $10::json, 'open' FROM moved WHERE claimed AND reason IS NULL)
        SELECT count(*), count(*) FILTER (WHERE claimed) FROM moved
        """;

    // What waits for no price is due now; what has a range waits for one of its bounds from here on. Claims of one statement are a
    // microsecond apart, in the order of their moments, so that the queue of the executors keeps it. The commit waits for no disk: what a
    // crash of the store forgets is due all the same, and what is sent is on the disk with all that was before it. What is due and was not
    // moved is another transaction's: the moment that comes next is one of those ahead.
    private const string WakeStatement =
        """
        WITH moment AS (SELECT $1::timestamptz AS now, gen_random_uuid() AS claim), due AS (
            SELECT order_id, number, trigger <> 'price' OR end_as IS NOT NULL AS inside, end_as IS NULL AND coalesce(not_after < $1, false) AS past
            FROM slices WHERE wake_at <= $1
            ORDER BY wake_at, created_at LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED),
        """ + TakeTurns +
        """
        moved AS (
            UPDATE slices s SET
                status = CASE WHEN d.inside AND NOT d.past THEN 'executing' ELSE 'waiting' END,
                wake_at = NULL,
                wait_side = CASE WHEN d.inside OR d.past THEN NULL WHEN s.trail IS NOT NULL THEN 'trail' WHEN s.price_min IS NOT NULL THEN 'rise' ELSE 'fall' END,
                wait_price = CASE WHEN d.inside OR d.past THEN NULL ELSE coalesce(s.price_min, s.price_max) END,
                closes_at = CASE WHEN d.inside AND NOT d.past THEN NULL ELSE s.closes_at END,
                claim_id = (SELECT claim FROM moment), claimed_at = $1 + d.place * interval '1 microsecond', lease_until = NULL, queue_place = t.turn - d.together + d.nth
            FROM placed d LEFT JOIN counted t ON t.owner = d.owner AND d.inside AND NOT d.past WHERE s.order_id = d.order_id AND s.number = d.number AND s.status = 'waiting'
            RETURNING s.order_id, s.number, s.reason, s.end_as, d.inside AND NOT d.past AS claimed),
        told AS (
            INSERT INTO order_events (order_id, slice_number, kind, at, order_status)
            SELECT order_id, number, 'triggered', $1, CASE WHEN end_as IS NULL THEN 'open' END FROM moved WHERE claimed AND reason IS NULL)
        SELECT count(*), count(*) FILTER (WHERE claimed), (SELECT min(wake_at) FROM slices WHERE wake_at > $1) FROM moved
        """;

    // The queue of an executor: what is claimed and held by nobody, round robin over the owners, and in the order in which it became due.
    // Only rows that are taken make a write, and its commit waits for no disk: a lease that a crash of the store forgets is free again, and
    // whoever held it finds another claim there, so it can commit nothing.
    private const string TakeStatement = TakeNext + " $1" + TakeThem;

    // More claims than the accounts can send, or pay for, are left in the queue, where they keep their turn.
    private const string TakeWhereRoomStatement = TakeNext +
        """
         (SELECT least($1, coalesce(sum(greatest(0, least($3 - in_flight, coalesce(div(balance - unpaid, greatest(fee, 1)), $3)))), 0))::bigint FROM (
            SELECT payer.*,
        """ + PayerLoad.InFlightOf + " AS in_flight, " + PayerLoad.UnpaidOf + " AS unpaid FROM unnest($4, $5, $6, $7) AS payer (address, next_nonce, balance, fee)" +
        " WHERE NOT EXISTS (SELECT FROM solvers d WHERE d.address = payer.address AND d.doubted_nonce IS NOT NULL)) AS load)" + TakeThem;

    private const string TakeNext =
        """
        WITH next AS (
            SELECT order_id, number, gen_random_uuid() AS claim FROM slices WHERE queue_place IS NOT NULL AND lease_until IS NULL
            ORDER BY queue_place, claimed_at, order_id LIMIT
        """;

    private const string TakeThem =
        """
         FOR NO KEY UPDATE SKIP LOCKED)
        UPDATE slices s SET claim_id = n.claim, lease_until = $2
        FROM next n WHERE s.order_id = n.order_id AND s.number = n.number AND s.status = 'executing'
        RETURNING s.order_id, s.number, s.claim_id
        """;

    public static async Task<MovedRows> ClaimCrossedAsync(
        NpgsqlConnection connection, WaitSide side, PairTick tick, int rowsMax, DateTimeOffset now, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(side == WaitSide.Rise ? RiseStatement : FallStatement, connection);
        command.Add(tick.PairId);
        command.Add<BigInteger>(Sql.Number(tick.Ratio.Floor));
        command.Add<BigInteger>(Sql.Number(tick.Ratio.Ceiling));
        command.Add(now.UtcDateTime);
        command.Add<BigInteger>(Sql.Number(tick.Evidence.Watched));
        command.Add<BigInteger>(Sql.Number(tick.Evidence.Base));
        command.Add(tick.Evidence.Sources);
        command.Add(tick.Evidence.At.UtcDateTime);
        command.Add(rowsMax);
        command.Add(
            EventText.Of(new OrderFact.Triggered(tick.Evidence.Watched, tick.Evidence.Base, tick.Evidence.Sources, tick.Evidence.At))!);
        await using var reader = await command.ExecuteReaderAsync(token);
        return await MovedAsync(reader, token);
    }

    public static async Task<MovedRows> WakeAsync(NpgsqlConnection connection, int rowsMax, DateTimeOffset now, CancellationToken token)
    {
        var command = new NpgsqlBatchCommand(WakeStatement);
        command.Add(now.UtcDateTime);
        command.Add(rowsMax);
        await using var batch = Unforced(connection, command);
        await using var reader = await batch.ExecuteReaderAsync(token);
        await reader.NextResultAsync(token);
        return await MovedAsync(reader, token) with { NextWake = reader.MomentOrNull(2) };
    }

    public static async Task<List<ClaimedSlice>> TakeAsync(
        NpgsqlConnection connection, int rowsMax, DateTimeOffset leaseUntil, IReadOnlyList<Payer> payers, int inFlightMax,
        CancellationToken token)
    {
        var counts = inFlightMax < int.MaxValue;
        var command = new NpgsqlBatchCommand(counts ? TakeWhereRoomStatement : TakeStatement);
        command.Add(rowsMax);
        command.Add(leaseUntil.UtcDateTime);
        if (counts)
        {
            command.Add(inFlightMax);
            command.AddColumn(NpgsqlDbType.Text, payers, payer => payer.Address.ToString());
            command.AddColumn(NpgsqlDbType.Bigint, payers, payer => checked((long)payer.NextNonce));
            command.AddColumn<Payer, BigInteger?>(NpgsqlDbType.Numeric, payers, payer => Sql.Number(payer.Balance));
            command.AddColumn(NpgsqlDbType.Numeric, payers, payer => Sql.Number(payer.Fee));
        }
        await using var batch = Unforced(connection, command);
        await using var reader = await batch.ExecuteReaderAsync(token);
        await reader.NextResultAsync(token);
        var taken = new List<ClaimedSlice>();
        while (await reader.ReadAsync(token)) taken.Add(new ClaimedSlice(reader.GetGuid(0), reader.GetInt32(1), reader.GetGuid(2)));
        return taken;
    }

    /// <summary>Orders with a waiting slice past its window, or with a claim past its lease.</summary>
    public static async Task<List<Guid>> OverdueAsync(
        NpgsqlConnection connection, int rowsMax, DateTimeOffset now, DateTimeOffset realNow, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(
            """
            (SELECT order_id FROM slices WHERE closes_at < $1 ORDER BY closes_at LIMIT $2)
            UNION
            (SELECT order_id FROM slices WHERE lease_until < $3 ORDER BY lease_until LIMIT $2)
            """, connection);
        command.Add(now.UtcDateTime);
        command.Add(rowsMax);
        command.Add(realNow.UtcDateTime);
        await using var reader = await command.ExecuteReaderAsync(token);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(token)) ids.Add(reader.GetGuid(0));
        return ids;
    }

    // One round trip and one transaction, whose commit waits for no disk.
    private static NpgsqlBatch Unforced(NpgsqlConnection connection, NpgsqlBatchCommand command) =>
        new(connection) { BatchCommands = { new NpgsqlBatchCommand(UnforcedStatement), command } };

    private static async Task<MovedRows> MovedAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        await reader.ReadAsync(token);
        return new MovedRows(checked((int)reader.GetInt64(0)), checked((int)reader.GetInt64(1)));
    }
}

/// <summary>How many rows a statement moved, and how many of these it claimed.</summary>
internal readonly record struct MovedRows(int Count, int Claimed)
{
    /// <summary>Of what waits for moments, the one that comes next.</summary>
    public DateTimeOffset? NextWake { get; init; }
}

/// <summary>A slice held under a claim.</summary>
internal readonly record struct ClaimedSlice(Guid OrderId, int Number, Guid ClaimId);
