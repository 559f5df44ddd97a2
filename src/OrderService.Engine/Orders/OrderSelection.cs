using System.Globalization;
using Npgsql;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Orders;

/// <summary>
/// An <see cref="OrderQuery"/> as SQL over <c>orders o</c>, or <c>all_orders o</c> where ended ones may be among them: every list asks by
/// this. The first parameter of its statements is now.
/// </summary>
internal static class OrderSelection
{
    // As StatusAt of the domain has it: nothing of it is on its way, and its window is past. The window is the order's, the same for all
    // parts.
    public const string ReadsExpired =
        """
        (o.status IN ('open', 'paused') AND coalesce(o.valid_to < $1, false) AND NOT EXISTS (
            SELECT 1 FROM slices s WHERE s.order_id = o.id AND s.ended_at IS NULL AND NOT (s.status = 'waiting' AND NOT s.was_sent)))
        """;

    // OrderReading: what the status and the slices say.
    private const string Reading =
        """
        CASE WHEN o.status NOT IN ('open', 'paused') THEN o.status
            WHEN EXISTS (SELECT 1 FROM slices s WHERE s.order_id = o.id AND s.status = 'broadcast') THEN 'broadcast'
            WHEN NOT o.is_curve AND NOT EXISTS (SELECT 1 FROM slices s WHERE s.order_id = o.id AND s.ended_at IS NULL
                             AND NOT (s.status = 'waiting' AND NOT s.was_sent AND s.not_after IS NOT NULL AND s.not_after < $1)) THEN 'expired'
            ELSE 'open' END
        """;

    private const string ByReading = $"array_position(ARRAY['cancelled', 'failed', 'completed', 'cancelling', 'broadcast', 'open'], replace({Reading}, 'expired', 'cancelled'))";

    private const string PartlyFilled =
        "(o.status <> 'completed' AND EXISTS (SELECT 1 FROM all_slices s WHERE s.order_id = o.id AND s.status = 'confirmed'))";

    private const string Executed =
        "(SELECT coalesce(sum(CASE WHEN c.is_exact_out THEN s.amount_out ELSE s.amount_in END), 0) FROM slices s WHERE s.order_id = o.id AND s.status = 'confirmed')";

    // A search reads no more of an owner's orders than the newest of this number.
    private const int SearchedMax = 10_000;

    // Without an owner nothing is read but what an index leads to: whole ids and addresses, and the beginning of a uuid.
    private const string Named =
        "(o.id BETWEEN {0} AND {1} OR o.owner = {2} OR o.id IN (SELECT a.order_id FROM all_attempts a WHERE a.tx_id = {2} AND a.void_as IS DISTINCT FROM 'rejected' UNION ALL SELECT a.order_id FROM all_versions v JOIN all_attempts a ON a.id = v.transaction_id WHERE v.tx_id = {2}))";

    private const string Found =
        "(o.uuid ILIKE {0} OR o.owner ILIKE {0} OR o.sell_token ILIKE {0} OR o.buy_token ILIKE {0} OR o.condition_token ILIKE {0} OR EXISTS (SELECT 1 FROM all_attempts a LEFT JOIN all_versions v ON v.transaction_id = a.id WHERE a.order_id = o.id AND (a.tx_id ILIKE {0} OR v.tx_id ILIKE {0})))";

    // CurveCourse.StandingOf over again.
    private const string Standing =
        $"""
        CASE WHEN o.status = 'completed' THEN 'complete' WHEN o.status = 'paused' THEN 'paused' WHEN o.status <> 'open' THEN 'canceled' WHEN c.activated_at IS NULL THEN 'scheduled'
            WHEN (c.pace = 'curve' AND NOT c.goes_on
                  AND c.activated_at + (c.paused_for + c.duration_ms - least(30000, c.duration_ms / 10)) * interval '1 millisecond' <= $1)
              OR EXISTS (SELECT 1 FROM slices f WHERE f.order_id = o.id AND f.status = 'broadcast' AND f.planned + {Executed} >= c.target - greatest(1, div(c.target, 10000)))
            THEN 'finisher' ELSE 'active' END
        """;

    /// <summary>How many orders are asked for, counted to a number.</summary>
    public static async Task<int> CountAsync(
        NpgsqlConnection connection, OrderQuery query, DateTimeOffset now, int countMax, CancellationToken token)
    {
        await using var command = Command(connection, query);
        var from = From(command, query, now);
        command.CommandText = string.Create(CultureInfo.InvariantCulture,
            $"SELECT count(*)::int FROM (SELECT 1 FROM {from} LIMIT {countMax}) AS counted");
        return (int)(await command.ExecuteScalarAsync(token))!;
    }

    /// <summary>The places of the orders of a page, and of <paramref name="more"/> behind it.</summary>
    public static async Task<List<OrderKey>> KeysAsync(
        NpgsqlConnection connection, OrderQuery query, DateTimeOffset now, int more, CancellationToken token)
    {
        await using var command = Command(connection, query);
        command.CommandText = Page(command, query, now, "o.id, o.created_at", more);
        await using var reader = await command.ExecuteReaderAsync(token);
        var keys = new List<OrderKey>();
        while (await reader.ReadAsync(token)) keys.Add(new OrderKey(reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1)));
        return keys;
    }

    /// <summary>The statement that reads columns of the orders of a page.</summary>
    public static string Page(NpgsqlCommand command, OrderQuery query, DateTimeOffset now, string columns, int more = 0)
    {
        var from = From(command, query, now);
        var direction = query.Ascending && query.Cursor is null ? "ASC" : "DESC";
        var order = query.Sort switch
        {
            OrderSort.Status => $"{ByReading} {direction}, o.created_at {direction}, o.id {direction}",
            OrderSort.PublicId => $"o.public_id {direction}",
            _ => $"o.created_at {direction}, o.id {direction}",
        };
        var offset = ((long)(query.Page ?? 1) - 1) * query.Limit;
        return string.Create(CultureInfo.InvariantCulture,
            $"SELECT {columns} FROM {from} ORDER BY {order} LIMIT {query.Limit + more} OFFSET {offset}");
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, OrderQuery query)
    {
        var command = new NpgsqlCommand { Connection = connection };
        if (query.Search is not null) command.CommandTimeout = SearchGate.SecondsMax;
        return command;
    }

    private static string From(NpgsqlCommand command, OrderQuery query, DateTimeOffset now)
    {
        command.Add(now.UtcDateTime);
        var where = new OrderConditions(command);
        AndWhose(where, query);
        AndTraded(where, query);
        AndPlace(where, query);
        AndStands(where, query);
        AndSearched(where, query);
        if (query.Curve is { } curve) AndCurve(where, curve);
        return IsOfOpenOnly(query)
            ? $"orders o{(query.Curve is null ? "" : " JOIN curves c ON c.order_id = o.id")} WHERE $1::timestamptz IS NOT NULL{where}"
            : $"all_orders o{(query.Curve is null ? "" : " JOIN all_curves c ON c.order_id = o.id")} WHERE $1::timestamptz IS NOT NULL{where}";
    }

    private static void AndWhose(OrderConditions where, OrderQuery query)
    {
        if (query.Owner is { } owner) where.And(owner.ToString(), "o.owner = {0}");
        if (query.Dialect is { } dialect) where.And(dialect, "o.dialect = {0}");
        if (query.Kind is { } kind) where.And(Words.Of(kind), "o.kind = {0}");
        if (query.Account is { } account) where.And(account.ToString(), "o.account = {0}");
        if (query.Recipient is { } recipient) where.And(recipient.ToString(), "o.recipient = {0}");
        if (query.Ids is { } ids) where.And(ids.ToArray(), "o.id = ANY({0})");
        if (query.PublicId is { } publicId) where.And(publicId, "o.public_id = {0}");
        if (query.StrategyId is { } strategy) where.And(strategy, "o.strategy_id = {0}");
        if (query.Groups is { } groups) where.And(groups.ToArray(), "o.group_id = ANY({0})");
        if (query.Reader is { } reader) where.And(reader, "(o.funding = 'signed' OR o.owner = {0})");
    }

    private static void AndTraded(OrderConditions where, OrderQuery query)
    {
        if (query.Pair is { } pair)
        {
            where.And(new[] { pair.First.ToString(), pair.Second.ToString() },
                "o.sell_token = ANY({0}) AND o.buy_token = ANY({0}) AND o.sell_token <> o.buy_token");
        }
        if (query.Token is { } traded) where.And(traded.ToString(), "(o.sell_token = {0} OR o.buy_token = {0})");
        if (query.Sold is { } sold) where.And(sold.ToString(), "o.sell_token = {0}");
        if (query.Bought is { } bought) where.And(bought.ToString(), "o.buy_token = {0}");
    }

    private static void AndPlace(OrderConditions where, OrderQuery query)
    {
        if (query.Sort == OrderSort.PublicId) where.And("o.public_id IS NOT NULL");
        if (query.BeforePublicId is { } place) where.And(place, "o.public_id < {0}");
        if (query.After is { } after) where.And(after.UtcDateTime, "o.created_at > {0}");
        if (query.Before is { } before) where.And(before.UtcDateTime, "o.created_at < {0}");
        if (query.Cursor is { } cursor && OrderKey.TryParse(cursor, out var key))
            where.And(key.At.UtcDateTime, key.Id, "(o.created_at, o.id) < ({0}, {1})");
    }

    private static void AndStands(OrderConditions where, OrderQuery query)
    {
        if (query.IsOpen is { } isOpen)
            where.And($"{(isOpen ? "" : "NOT ")}(o.status IN ('open', 'paused', 'cancelling') AND NOT {ReadsExpired})");
        if (query.Readings is not { } readings) return;
        // What is stored is asked first: how an order reads costs a look at its slices.
        var or = query.WithPartlyFilled ? $" OR {PartlyFilled}" : "";
        where.And(readings.SelectMany(StoredAs).Distinct().ToArray(), $"(o.status = ANY({{0}}){or})");
        where.And(readings.Select(Words.Of).ToArray(), $"({Reading} = ANY({{0}}){or})");
    }

    private static void AndSearched(OrderConditions where, OrderQuery query)
    {
        if (query.Search is not { } search) return;
        if (query.Owner is not { } owner)
        {
            var (from, to) = UuidRange.Of(search);
            where.And(from, to, search, Named);
            return;
        }
        where.And(owner.ToString(),
            string.Create(CultureInfo.InvariantCulture,
                $"o.id IN (SELECT b.id FROM all_orders b WHERE b.owner = {{0}} ORDER BY b.created_at DESC, b.id DESC LIMIT {SearchedMax})"));
        where.And($"%{search.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%", Found);
    }

    private static void AndCurve(OrderConditions where, CurveCriteria curve)
    {
        if (curve.CustomIds is { } customIds) where.And(customIds.ToArray(), "c.custom_id = ANY({0})");
        if (curve.Labels is { } labels) where.And(labels.ToArray(), "c.labels && {0}");
        if (curve.WithoutPausedByPerson) where.And("NOT (o.status = 'paused' AND c.paused_by = 'person')");
        if (curve.Standings is not { } standings) return;
        var failed = curve.WithFailed ? " OR (o.status NOT IN ('open', 'paused', 'completed') AND o.reason IS NOT NULL)" : "";
        where.And(standings.Select(Words.Of).ToArray(), $"({Standing} = ANY({{0}}){failed})");
    }

    // What is open has not left.
    private static bool IsOfOpenOnly(OrderQuery query) => query.IsOpen == true
        || (query is { Readings: { } readings, WithPartlyFilled: false }
            && readings.All(reading => reading is OrderReading.Open or OrderReading.Broadcast or OrderReading.Cancelling));

    private static IEnumerable<string> StoredAs(OrderReading reading) => reading switch
    {
        OrderReading.Open or OrderReading.Broadcast => ["open", "paused"],
        OrderReading.Expired => ["expired", "open", "paused"],
        _ => [Words.Of(reading)],
    };
}
