using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Orders.Curves;

/// <summary>Finds orders that are planned slice by slice. Where they stand is told by one expression in SQL, which is <see cref="CurveCourse.StandingOf"/> over again.</summary>
internal sealed class FindCurves(NpgsqlDataSource source, IDbContextFactory<OrdersDb> databases, TimeProvider time)
{
    private const string Executed =
        "(SELECT coalesce(sum(CASE WHEN c.is_exact_out THEN s.amount_out ELSE s.amount_in END), 0) FROM slices s WHERE s.order_id = o.id AND s.status = 'confirmed')";

    // $1 is now.
    private const string Standing =
        $"""
        CASE WHEN o.status = 'completed' THEN 'complete' WHEN o.status = 'paused' THEN 'paused' WHEN o.status <> 'open' THEN 'canceled' WHEN c.activated_at IS NULL THEN 'scheduled'
            WHEN (c.pace = 'curve' AND NOT c.goes_on
                  AND c.activated_at + (c.paused_for + c.duration_ms - least(30000, c.duration_ms / 10)) * interval '1 millisecond' <= $1)
              OR EXISTS (SELECT 1 FROM slices f WHERE f.order_id = o.id AND f.status = 'broadcast' AND f.planned + {Executed} >= c.target - greatest(1, div(c.target, 10000)))
            THEN 'finisher' ELSE 'active' END
        """;

    /// <summary>A page of them.</summary>
    public async Task<CurvesPage> HandleAsync(CurvesQuery query, CancellationToken token)
    {
        var now = time.GetUtcNow();
        await using var connection = await source.OpenConnectionAsync(token);
        var total = await CountAsync(connection, query, now, token);
        var offset = (long)(query.Page - 1) * query.Limit;
        var ids = offset >= total ? [] : await IdsAsync(connection, query, offset, now, token);
        return new CurvesPage(await ReadAsync(ids, token), total);
    }

    /// <summary>The views of these, in this order; ids of no such order are left out.</summary>
    public async Task<IReadOnlyList<CurveView>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken token)
    {
        if (ids.Count == 0) return [];
        await using var db = await databases.CreateDbContextAsync(token);
        var orders = await Whole(db).Where(o => ids.Contains(o.Id) && o.IsCurve).ToDictionaryAsync(o => o.Id, token);
        var sent = orders.Values.Where(o => o.Slices.Any(s => s.WasSent)).Select(o => o.Id).ToArray();
        var attempts = (sent.Length == 0 ? [] : await db.Attempts.AsNoTracking().Where(a => sent.Contains(a.OrderId)).OrderBy(a => a.Id).ToListAsync(token)).ToLookup(a => a.OrderId);
        var now = time.GetUtcNow();
        return [.. ids.Where(orders.ContainsKey).Select(id => new CurveView(orders[id], [.. attempts[id]], now))];
    }

    /// <summary>One order with its plan and slices, whoever owns it; null where there is none.</summary>
    public async Task<Order?> OrderAsync(Guid id, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        return await Whole(db).SingleOrDefaultAsync(o => o.Id == id && o.IsCurve, token);
    }

    /// <summary>What happened to orders, newest first, at most <paramref name="limit"/> of each.</summary>
    public async Task<ILookup<Guid, OrderEvent>> EventsAsync(IReadOnlyList<Guid> ids, int limit, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var events = new List<OrderEvent>();
        foreach (var id in ids) events.AddRange(await db.Events.AsNoTracking().Where(e => e.OrderId == id).OrderByDescending(e => e.Id).Take(limit).ToListAsync(token));
        return events.ToLookup(e => e.OrderId);
    }

    private static IQueryable<Order> Whole(OrdersDb db) => db.Orders.AsNoTracking().Include(o => o.Curve).Include(o => o.Slices.OrderBy(s => s.Number));

    private static async Task<int> CountAsync(NpgsqlConnection connection, CurvesQuery query, DateTimeOffset now, CancellationToken token)
    {
        await using var command = new NpgsqlCommand { Connection = connection };
        command.CommandText = $"SELECT count(*)::int FROM {From(command, query, now)}";
        return (int)(await command.ExecuteScalarAsync(token))!;
    }

    private static async Task<List<Guid>> IdsAsync(NpgsqlConnection connection, CurvesQuery query, long offset, DateTimeOffset now, CancellationToken token)
    {
        await using var command = new NpgsqlCommand { Connection = connection };
        var (from, way) = (From(command, query, now), query.IsNewestFirst ? "DESC" : "ASC");
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SELECT o.id FROM {from} ORDER BY o.created_at {way}, o.id {way} LIMIT {query.Limit} OFFSET {offset}");
        await using var reader = await command.ExecuteReaderAsync(token);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(token)) ids.Add(reader.GetGuid(0));
        return ids;
    }

    private static string From(NpgsqlCommand command, CurvesQuery query, DateTimeOffset now)
    {
        command.Add(now.UtcDateTime);
        command.Add(query.Dialect);
        var where = new StringBuilder("orders o JOIN curves c ON c.order_id = o.id WHERE $1::timestamptz IS NOT NULL AND o.dialect = $2");
        if (query.Owner is { } owner) And(command, where, owner.ToString(), "o.owner = {0}");
        if (query.Ids is { } ids) And(command, where, ids.ToArray(), "o.id = ANY({0})");
        if (query.CustomIds is { } customIds) And(command, where, customIds.ToArray(), "c.custom_id = ANY({0})");
        if (query.Labels is { } labels) And(command, where, labels.ToArray(), "c.labels && {0}");
        if (query.After is { } after) And(command, where, after.UtcDateTime, "o.created_at > {0}");
        if (query.Before is { } before) And(command, where, before.UtcDateTime, "o.created_at < {0}");
        if (query.WithoutPausedByPerson) where.Append(" AND NOT (o.status = 'paused' AND c.paused_by = 'person')");
        if (query.Standings is { } standings)
        {
            var failed = query.WithFailed ? " OR (o.status NOT IN ('open', 'paused', 'completed') AND o.reason IS NOT NULL)" : "";
            And(command, where, standings.Select(Words.Of).ToArray(), $"({Standing} = ANY({{0}}){failed})");
        }
        return where.ToString();
    }

    private static void And<T>(NpgsqlCommand command, StringBuilder where, T value, string condition)
    {
        command.Add(value);
        where.Append(" AND ").AppendFormat(CultureInfo.InvariantCulture, condition, string.Create(CultureInfo.InvariantCulture, $"${command.Parameters.Count}"));
    }
}
