using System.Numerics;
using Npgsql;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Execution;

/// <summary>What of a pair's trailing orders the price of now asks for.</summary>
internal readonly record struct TrailLook(int PairId, bool Unlisted, bool FallFires, bool RiseFires, bool FallMoves, bool RiseMoves)
{
    /// <summary>True where some order fires.</summary>
    public bool Fires => FallFires || RiseFires;
}

/// <summary>
/// The set-based moves over orders that trail the price. What a price makes of one pair is one transaction under the lock of that pair's
/// row, so that two nodes never take the same watermarks in together. What is listed or moved at a price cannot fire at it, since every
/// distance is above zero; so the order of the statements decides nothing.
/// </summary>
internal static class TrailBook
{
    // Pairs that nothing trails cost one step along the index. Here and below an order is asked for where none is needed: only the index
    // that gives it is then walked, however old the plan is.
    private const string LookStatement =
        """
        WITH RECURSIVE watched AS (
            (SELECT pair_id FROM slices WHERE wait_side = 'trail' ORDER BY pair_id LIMIT 1)
            UNION ALL
            SELECT (SELECT s.pair_id FROM slices s WHERE s.wait_side = 'trail' AND s.pair_id > t.pair_id ORDER BY s.pair_id LIMIT 1) FROM watched t WHERE t.pair_id IS NOT NULL)
        SELECT * FROM (
            SELECT t.pair_id,
                coalesce((SELECT true FROM slices WHERE wait_side = 'trail' AND pair_id = t.pair_id AND wait_price IS NULL ORDER BY wait_price LIMIT 1), false) AS unlisted,
                coalesce((SELECT true FROM watermarks WHERE pair_id = t.pair_id AND side = 'fall' AND root = id AND fires_at >= p.ceiling ORDER BY fires_at LIMIT 1), false) AS fall_fires,
                coalesce((SELECT true FROM watermarks WHERE pair_id = t.pair_id AND side = 'rise' AND root = id AND fires_at <= p.floor ORDER BY fires_at DESC LIMIT 1), false) AS rise_fires,
                coalesce((SELECT true FROM watermarks WHERE pair_id = t.pair_id AND side = 'fall' AND root = id AND price < p.floor ORDER BY price DESC LIMIT 1), false) AS fall_moves,
                coalesce((SELECT true FROM watermarks WHERE pair_id = t.pair_id AND side = 'rise' AND root = id AND price > p.ceiling ORDER BY price LIMIT 1), false) AS rise_moves
            FROM watched t JOIN unnest($1, $2, $3) AS p(pair_id, floor, ceiling) ON p.pair_id = t.pair_id) AS looked
        WHERE unlisted OR fall_fires OR rise_fires OR fall_moves OR rise_moves
        """;

    private const string LockStatement = "SELECT 1 FROM price_pairs WHERE id = $1 FOR NO KEY UPDATE";

    // $1 the pair, $2 the new best, $3 the moment. The root of most takes the others in: each block changes its root a few times at most,
    // however long the price rises.
    private static string MoveStatement(string side, string worse) =>
        $"""
        WITH below AS (SELECT id, unit, size, nearest FROM watermarks WHERE pair_id = $1 AND side = '{side}' AND root = id AND price {worse} $2),
        kept AS (SELECT DISTINCT ON (unit) unit, id FROM below ORDER BY unit, size DESC, id),
        sums AS (SELECT k.id, k.unit, sum(b.size)::integer AS size, min(b.nearest) AS nearest FROM kept k JOIN below b ON b.unit = k.unit GROUP BY k.id, k.unit),
        joined AS (
            UPDATE watermarks w SET root = k.id FROM below b JOIN kept k ON k.unit = b.unit AND k.id <> b.id WHERE w.root = b.id RETURNING w.id, w.root),
        moved AS (
            UPDATE watermarks w SET price = $2, size = s.size, nearest = s.nearest, fires_at = trail_fires_at(w.side, w.unit, $2, s.nearest) FROM sums s WHERE w.id = s.id RETURNING w.id)
        INSERT INTO watermark_moves (watermark_id, root, price, at) SELECT id, root, $2, $3 FROM joined UNION ALL SELECT id, id, $2, $3 FROM moved
        """;

    // $1 the pair, $2 floor, $3 ceiling, $4 the moment, $5 rows. What is armed for the first time shares the watermark of the price of now;
    // what was armed before is where it was. Found by their place, which the lock keeps: a plan that was made while there were few slices
    // walked all of them for each tick. One that was changed just before is there for the next look.
    private const string ListStatement =
        """
        WITH drawn AS MATERIALIZED (SELECT row_number() OVER () AS nth, nextval(pg_get_serial_sequence('watermarks', 'id')) AS id FROM generate_series(1, 4)),
        due AS MATERIALIZED (
            SELECT d.*, o.side, o.unit
            FROM (
                SELECT ctid AS place, order_id, trail, watermark_id FROM slices WHERE wait_side = 'trail' AND pair_id = $1 AND wait_price IS NULL AND status = 'waiting'
                ORDER BY wait_price LIMIT $5 FOR NO KEY UPDATE SKIP LOCKED) AS d
            CROSS JOIN LATERAL (
                SELECT CASE direction WHEN 'lt' THEN 'fall' ELSE 'rise' END AS side, CASE WHEN trailing_bps IS NULL THEN 'amount' ELSE 'bps' END AS unit FROM orders WHERE id = d.order_id LIMIT 1) AS o),
        fresh AS (SELECT side, unit, CASE side WHEN 'fall' THEN $2::numeric ELSE $3::numeric END AS price, min(trail) AS distance FROM due WHERE watermark_id IS NULL GROUP BY side, unit),
        here AS (
            SELECT f.*, (SELECT w.id FROM watermarks w WHERE w.pair_id = $1 AND w.side = f.side AND w.price = f.price AND w.root = w.id AND w.unit = f.unit LIMIT 1) AS id FROM fresh f),
        numbered AS (SELECT h.*, d.id AS new_id FROM (SELECT *, row_number() OVER () AS nth FROM here WHERE id IS NULL) h JOIN drawn d ON d.nth = h.nth),
        made AS (
            INSERT INTO watermarks (id, pair_id, side, unit, root, price, size, own_nearest, nearest, fires_at, created_at)
            SELECT new_id, $1, side, unit, new_id, price, 1, distance, distance, trail_fires_at(side, unit, price, distance), $4 FROM numbered RETURNING id, side, unit, price),
        told AS (INSERT INTO watermark_moves (watermark_id, root, price, at) SELECT id, id, price, $4 FROM made),
        homes AS (
            SELECT d.place, d.trail, coalesce(d.watermark_id, h.id, n.new_id) AS home
            FROM due d LEFT JOIN here h ON h.side = d.side AND h.unit = d.unit LEFT JOIN numbered n ON n.side = d.side AND n.unit = d.unit),
        listed AS (
            UPDATE slices s SET watermark_id = h.home, wait_price = h.trail FROM homes h WHERE s.ctid = h.place RETURNING 1),
        nearer AS (
            SELECT t.id, min(h.trail) FILTER (WHERE h.home = t.id) AS own, min(h.trail) AS overall
            FROM homes h CROSS JOIN LATERAL (SELECT h.home AS id UNION SELECT w.root FROM watermarks w WHERE w.id = h.home) AS t GROUP BY t.id),
        known AS (
            UPDATE watermarks w SET own_nearest = least(w.own_nearest, n.own), nearest = CASE WHEN w.root = w.id THEN least(w.nearest, n.overall) ELSE w.nearest END,
                fires_at = CASE WHEN w.root = w.id THEN trail_fires_at(w.side, w.unit, w.price, least(w.nearest, n.overall)) END
            FROM nearer n WHERE w.id = n.id)
        SELECT count(*), 0::bigint FROM listed
        """;

    // $1 the pair, $2 floor, $3 ceiling. How far the price has come back from the best of each root that is crossed, in its unit: what is
    // no further away fires.
    private static string Crossed(string side) => side == "fall"
        ? "crossed AS (SELECT id, CASE unit WHEN 'amount' THEN price - $3 ELSE div((price - $3) * 10000, price) END AS reach FROM watermarks WHERE pair_id = $1 AND side = 'fall' AND root = id AND fires_at >= $3 ORDER BY fires_at)"
        : "crossed AS (SELECT id, CASE unit WHEN 'amount' THEN $2 - price ELSE div(($2 - price) * 10000, price) END AS reach FROM watermarks WHERE pair_id = $1 AND side = 'rise' AND root = id AND fires_at <= $2 ORDER BY fires_at)";

    private const string Near =
        ", near AS (SELECT w.id, c.reach FROM crossed c JOIN watermarks w ON w.root = c.id AND w.own_nearest <= c.reach)";

    private static string FireStatement(string side) =>
        "WITH moment AS (SELECT $4::timestamptz AS now, gen_random_uuid() AS claim), " + Crossed(side) + Near +
        """
        , due AS (
            SELECT s.order_id, s.number, NULL::numeric AS other, true AS inside, coalesce(s.not_after < $4, false) AS past
            FROM near n CROSS JOIN LATERAL (
                SELECT order_id, number, not_after FROM slices WHERE watermark_id = n.id AND wait_side = 'trail' AND wait_price <= n.reach ORDER BY wait_price LIMIT $9 FOR NO KEY UPDATE SKIP LOCKED) AS s
            LIMIT $9),
        """ + Book.TakeTurns + Book.MoveCrossed;

    // What is left in the blocks that were looked at; what was skipped because somebody holds it is found again by the next look.
    private static string LeftStatement(string side) =>
        "WITH " + Crossed(side) + Near +
        " UPDATE watermarks w SET own_nearest = (SELECT s.wait_price FROM slices s WHERE s.watermark_id = w.id AND s.wait_side = 'trail' ORDER BY s.wait_price LIMIT 1) FROM near n WHERE w.id = n.id";

    private static string NearestStatement(string side) =>
        "WITH " + Crossed(side) +
        ", left_over AS (SELECT c.id, (SELECT m.own_nearest FROM watermarks m WHERE m.root = c.id AND m.own_nearest IS NOT NULL ORDER BY m.own_nearest LIMIT 1) AS nearest FROM crossed c)" +
        " UPDATE watermarks w SET nearest = l.nearest, fires_at = trail_fires_at(w.side, w.unit, w.price, l.nearest) FROM left_over l WHERE w.id = l.id";

    private static readonly string FallMove = MoveStatement("fall", "<");
    private static readonly string RiseMove = MoveStatement("rise", ">");
    private static readonly (string Fire, string Left, string Nearest) Falling =
        (FireStatement("fall"), LeftStatement("fall"), NearestStatement("fall"));
    private static readonly (string Fire, string Left, string Nearest) Rising =
        (FireStatement("rise"), LeftStatement("rise"), NearestStatement("rise"));

    /// <summary>Asks what the prices of now make of all that trails, for the same round trip as the look at the book.</summary>
    public static NpgsqlBatchCommand LookCommand(IReadOnlyList<PairTick> ticks)
    {
        var command = new NpgsqlBatchCommand(LookStatement);
        BookLook.AddTicks(command, ticks);
        return command;
    }

    /// <summary>Reads the answer to it.</summary>
    public static async Task<List<TrailLook>> ReadAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        var looks = new List<TrailLook>();
        while (await reader.ReadAsync(token))
        {
            looks.Add(new TrailLook(reader.GetInt32(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetBoolean(3),
                reader.GetBoolean(4), reader.GetBoolean(5)));
        }
        return looks;
    }

    /// <summary>
    /// Moves what the price moves, lists what is to be, and claims what fires; in one transaction and one round trip. Up to so many of
    /// each: where that is reached, there may be more.
    /// </summary>
    public static async Task<MovedRows> FollowAsync(
        NpgsqlConnection connection, TrailLook look, PairTick tick, int rowsMax, DateTimeOffset now, CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(connection);
        Lock(batch, tick.PairId);
        // Of bests a crash of the store may forget those of its last moments, as the prices that nobody looked at before it was back; what
        // was claimed since is on the disk with all that was before it.
        if (!look.Fires) Add(batch, Book.UnforcedStatement);
        if (look.FallMoves) Move(batch, FallMove, tick, Sql.Number(tick.Ratio.Floor), now);
        if (look.RiseMoves) Move(batch, RiseMove, tick, Sql.Number(tick.Ratio.Ceiling), now);
        if (look.Unlisted)
        {
            var list = At(batch, ListStatement, tick);
            list.Add(now.UtcDateTime);
            list.Add(rowsMax);
        }
        if (look.FallFires) Fire(batch, Falling, tick, rowsMax, now);
        if (look.RiseFires) Fire(batch, Rising, tick, rowsMax, now);
        await using var reader = await batch.ExecuteReaderAsync(token);
        var (count, claimed) = (0, 0);
        do
        {
            if (reader.FieldCount != 2) continue; // what lists and what fires tells how many, and how many of these it claimed
            await reader.ReadAsync(token);
            (count, claimed) = (count + checked((int)reader.GetInt64(0)), claimed + checked((int)reader.GetInt64(1)));
        }
        while (await reader.NextResultAsync(token));
        return new MovedRows(count, claimed);
    }

    /// <summary>Takes the lock under which watermarks of a pair are changed.</summary>
    public static void Lock(NpgsqlBatch batch, int pairId) => Add(batch, LockStatement).Add(pairId);

    private static void Move(NpgsqlBatch batch, string statement, PairTick tick, BigInteger best, DateTimeOffset now)
    {
        var command = Add(batch, statement);
        command.Add(tick.PairId);
        command.Add(best);
        command.Add(now.UtcDateTime);
    }

    private static void Fire(
        NpgsqlBatch batch, (string Fire, string Left, string Nearest) side, PairTick tick, int rowsMax, DateTimeOffset now)
    {
        var fire = At(batch, side.Fire, tick);
        fire.Add(now.UtcDateTime);
        fire.Add<BigInteger>(Sql.Number(tick.Evidence.Watched));
        fire.Add<BigInteger>(Sql.Number(tick.Evidence.Base));
        fire.Add(tick.Evidence.Sources);
        fire.Add(tick.Evidence.At.UtcDateTime);
        fire.Add(rowsMax);
        fire.Add(
            EventText.Of(new OrderFact.Triggered(tick.Evidence.Watched, tick.Evidence.Base, tick.Evidence.Sources, tick.Evidence.At))!);
        At(batch, side.Left, tick);
        At(batch, side.Nearest, tick);
    }

    private static NpgsqlBatchCommand At(NpgsqlBatch batch, string statement, PairTick tick)
    {
        var command = Add(batch, statement);
        command.Add(tick.PairId);
        command.Add<BigInteger>(Sql.Number(tick.Ratio.Floor));
        command.Add<BigInteger>(Sql.Number(tick.Ratio.Ceiling));
        return command;
    }

    private static NpgsqlBatchCommand Add(NpgsqlBatch batch, string statement)
    {
        var command = new NpgsqlBatchCommand(statement);
        batch.BatchCommands.Add(command);
        return command;
    }
}
