using System.Numerics;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Execution;

/// <summary>
/// The set-based moves over slices that wait for a quote. As those of <see cref="Book"/>: they name their from-status, lock what they move
/// and skip what others hold.
/// </summary>
internal static class QuoteBook
{
    // From one route to the next along the index, so that the cost follows the routes and not what waits.
    private const string RoutesStatement =
        """
        WITH RECURSIVE routes AS (
            (SELECT quote_route AS route FROM slices WHERE quote_route IS NOT NULL ORDER BY quote_route LIMIT 1)
            UNION ALL
            SELECT (SELECT s.quote_route FROM slices s WHERE s.quote_route IS NOT NULL AND s.quote_route > r.route ORDER BY s.quote_route LIMIT 1)
            FROM routes r WHERE r.route IS NOT NULL)
        SELECT route FROM routes WHERE route IS NOT NULL LIMIT $1
        """;

    // What the rate is good enough for, the easiest first, and one more that was not asked for long: where only the depth of a pool has
    // changed, no rate tells. A slice with a price range goes back to its bound and must be crossed again. Each has a reason, so that there
    // is nothing new to tell.
    private const string ClaimStatement =
        """
        WITH moment AS (SELECT $5::timestamptz AS now, gen_random_uuid() AS claim),
        rising AS (
            SELECT order_id, number FROM slices WHERE quote_route = $1 AND quote_side = 'rise' AND quote_rate <= $2 AND coalesce(not_after >= $5, true)
            ORDER BY quote_rate, created_at, order_id, number LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED),
        falling AS (
            SELECT order_id, number FROM slices WHERE quote_route = $1 AND quote_side = 'fall' AND quote_rate >= $2 AND coalesce(not_after >= $5, true)
            ORDER BY quote_rate DESC, created_at DESC, order_id DESC, number DESC LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED),
        within AS (
            SELECT order_id, number FROM slices WHERE quote_route = $1 AND quote_side = 'band' AND quote_rate <= $3 AND coalesce(not_after >= $5, true)
            ORDER BY quote_rate, created_at, order_id, number LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED),
        unasked AS (
            SELECT order_id, number FROM slices WHERE quote_route = $1 AND claimed_at < $6 AND coalesce(not_after >= $5, true)
            ORDER BY claimed_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED),
        crossed AS (SELECT * FROM (SELECT * FROM rising UNION ALL SELECT * FROM falling UNION ALL SELECT * FROM within) AS any_side LIMIT $4),
        due AS (
            SELECT s.order_id, s.number, s.trigger <> 'price' AS inside, false AS past
            FROM (SELECT * FROM crossed UNION SELECT * FROM unasked) AS asked JOIN slices s ON s.order_id = asked.order_id AND s.number = asked.number),
        """ + Book.TakeTurns +
        """
        moved AS (
            UPDATE slices s SET
                status = CASE WHEN s.trigger = 'price' THEN 'waiting' ELSE 'executing' END,
                wait_side = CASE WHEN s.trigger <> 'price' THEN NULL WHEN s.trail IS NOT NULL THEN 'trail' WHEN s.price_min IS NOT NULL THEN 'rise' ELSE 'fall' END,
                wait_price = CASE WHEN s.trigger <> 'price' THEN NULL ELSE coalesce(s.price_min, s.price_max) END,
                quote_route = NULL, quote_side = NULL, quote_rate = NULL,
                claim_id = (SELECT claim FROM moment), claimed_at = $5 + p.place * interval '1 microsecond', lease_until = NULL,
                queue_place = t.turn - p.together + p.nth, closes_at = CASE WHEN s.trigger = 'price' THEN s.closes_at END
            FROM placed p LEFT JOIN counted t ON t.owner = p.owner AND p.inside WHERE s.order_id = p.order_id AND s.number = p.number AND s.status = 'waiting'
            RETURNING s.trigger <> 'price' AS claimed)
        SELECT count(*), count(*) FILTER (WHERE claimed) FROM moved
        """;

    /// <summary>The routes that some slice waits for.</summary>
    public static async Task<List<QuoteRoute>> RoutesAsync(NpgsqlConnection connection, int routesMax, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(RoutesStatement, connection);
        command.Add(routesMax);
        await using var reader = await command.ExecuteReaderAsync(token);
        var routes = new List<QuoteRoute>();
        while (await reader.ReadAsync(token)) routes.Add(QuoteRoute.Parse(reader.GetString(0)));
        return routes;
    }

    /// <summary>
    /// Claims what the rate is good enough for. Without a rate or a belief only what was not asked since <paramref name="unaskedSince"/>
    /// is.
    /// </summary>
    public static async Task<MovedRows> ClaimAsync(
        NpgsqlConnection connection, QuoteRoute route, Price? rate, Price? share, int rowsMax, DateTimeOffset unaskedSince,
        DateTimeOffset now, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(ClaimStatement, connection);
        command.Add(route.ToString());
        command.AddNumber(rate);
        command.AddNumber(share);
        command.Add(rowsMax);
        command.Add(now.UtcDateTime);
        command.Add(unaskedSince.UtcDateTime);
        await using var reader = await command.ExecuteReaderAsync(token);
        await reader.ReadAsync(token);
        return new MovedRows(checked((int)reader.GetInt64(0)), checked((int)reader.GetInt64(1)));
    }

    private static void AddNumber(this NpgsqlCommand command, Price? price) =>
        command.Parameters.Add(
            new NpgsqlParameter<BigInteger?> { TypedValue = Sql.Number(price), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Numeric });
}
