using System.Globalization;
using System.Text;
using Npgsql;
using OrderService.Domain;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Orders;

/// <summary>What a list is sorted by.</summary>
internal enum OrderSort
{
    /// <summary>As stored.</summary>
    None,

    /// <summary>By age.</summary>
    CreatedAt,

    /// <summary>By wire status, then by age.</summary>
    Status,
}

/// <summary>What is asked for. <paramref name="Status"/> is a wire status of the native dialect; null is all.</summary>
internal sealed record ListQuery(StacksAddress? Owner, int? Page, int? Limit, OrderSort Sort, bool Ascending, string? Status, string? Search, string? Cursor);

/// <summary>One page. Total is null where it was not asked for (cursor lists).</summary>
internal sealed record OrderPage(IReadOnlyList<OrderView> Orders, long? Total, bool TotalIsExact, int? Page, int Limit, string? NextCursor);

/// <summary>Lists orders: by keyset, which costs the same on every page, or by page number (which the dialects allow as far as the first 10,000).</summary>
internal sealed class ListOrders(NpgsqlDataSource source, FindOrder find, TimeProvider time)
{
    private const int RowsMax = 10_000;
    private const int LimitDefault = 50;

    // The wire status as it reads at $1: what OrderStatus and the slices say, in the words of the native dialect.
    private const string WireStatus =
        """
        CASE o.status
            WHEN 'completed' THEN 'confirmed' WHEN 'failed' THEN 'failed' WHEN 'cancelled' THEN 'cancelled' WHEN 'expired' THEN 'cancelled' WHEN 'cancelling' THEN 'cancelling'
            ELSE CASE
                WHEN EXISTS (SELECT 1 FROM slices s WHERE s.order_id = o.id AND s.status = 'broadcast') THEN 'broadcasted'
                WHEN NOT o.is_curve AND NOT EXISTS (SELECT 1 FROM slices s WHERE s.order_id = o.id AND s.ended_at IS NULL
                                 AND NOT (s.status = 'waiting' AND NOT s.was_sent AND s.not_after IS NOT NULL AND s.not_after < $1)) THEN 'cancelled'
                ELSE 'open' END
        END
        """;

    public async Task<Result<OrderPage>> HandleAsync(ListQuery query, CancellationToken token)
    {
        var limit = query.Limit ?? LimitDefault;
        (DateTimeOffset At, Guid Id)? after = null;
        if (query.Cursor is { } text)
        {
            if (!TryReadCursor(text, out var position)) return new OrderError.Field("cursor", "is not one that this service gave", "invalid_cursor");
            after = position;
        }
        await using var connection = await source.OpenConnectionAsync(token);
        var ids = await ReadIdsAsync(connection, query, after, limit, token);
        var views = await find.ReadAsync([.. ids.Take(limit).Select(i => i.Id)], token);
        if (query.Page is not null)
        {
            var total = await CountAsync(connection, query, token);
            return new OrderPage(views, Math.Min(total, RowsMax), total <= RowsMax, query.Page, limit, null);
        }
        var next = ids.Count > limit ? WriteCursor(ids[limit - 1].At, ids[limit - 1].Id) : null;
        return new OrderPage(views, null, false, null, limit, next);
    }

    private async Task<List<(Guid Id, DateTimeOffset At)>> ReadIdsAsync(NpgsqlConnection connection, ListQuery query, (DateTimeOffset At, Guid Id)? after, int limit, CancellationToken token)
    {
        await using var command = new NpgsqlCommand { Connection = connection };
        var where = Where(command, query);
        if (after is { } position)
        {
            command.Add(position.At.UtcDateTime);
            command.Add(position.Id);
            var place = command.Parameters.Count;
            where += string.Create(CultureInfo.InvariantCulture, $" AND (o.created_at, o.id) < (${place - 1}, ${place})");
        }
        var direction = query.Ascending && query.Page is not null ? "ASC" : "DESC"; // a cursor walks from the newest
        var order = query.Sort switch
        {
            OrderSort.Status => $"array_position(ARRAY['cancelled', 'failed', 'confirmed', 'cancelling', 'broadcasted', 'open'], {WireStatus}) {direction}, o.created_at {direction}, o.id {direction}",
            _ => $"o.created_at {direction}, o.id {direction}",
        };
        var offset = query.Page is { } page ? (page - 1) * limit : 0;
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SELECT o.id, o.created_at FROM orders o WHERE {where} ORDER BY {order} LIMIT {limit + 1} OFFSET {offset}");
        await using var reader = await command.ExecuteReaderAsync(token);
        var ids = new List<(Guid, DateTimeOffset)>();
        while (await reader.ReadAsync(token)) ids.Add((reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1)));
        return ids;
    }

    private async Task<long> CountAsync(NpgsqlConnection connection, ListQuery query, CancellationToken token)
    {
        await using var command = new NpgsqlCommand { Connection = connection };
        var where = Where(command, query);
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM (SELECT 1 FROM orders o WHERE {where} LIMIT {RowsMax + 1}) AS counted");
        return (long)(await command.ExecuteScalarAsync(token))!;
    }

    private string Where(NpgsqlCommand command, ListQuery query)
    {
        command.Add(time.GetUtcNow().UtcDateTime);
        var where = new StringBuilder("$1::timestamptz IS NOT NULL");
        if (query.Owner is { } owner) where.Append(CultureInfo.InvariantCulture, $" AND o.owner = ${Next(command, owner.ToString())}");
        if (query.Status is { } status)
        {
            if (status == "open") where.Append(CultureInfo.InvariantCulture, $" AND o.status IN ('open', 'paused', 'cancelling') AND {WireStatus} IN ('open', 'broadcasted', 'cancelling')");
            else where.Append(CultureInfo.InvariantCulture, $" AND {WireStatus} = ${Next(command, status)}");
        }
        if (query.Search is { } search)
        {
            var place = Next(command, "%" + search.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%");
            where.Append(CultureInfo.InvariantCulture, $" AND (o.uuid ILIKE ${place} OR o.owner ILIKE ${place} OR o.sell_token ILIKE ${place} OR o.buy_token ILIKE ${place} OR o.condition_token ILIKE ${place} OR EXISTS (SELECT 1 FROM attempts a LEFT JOIN attempt_versions v ON v.attempt_id = a.id WHERE a.order_id = o.id AND (a.tx_id ILIKE ${place} OR v.tx_id ILIKE ${place})))");
        }
        return where.ToString();
    }

    private static int Next(NpgsqlCommand command, string value)
    {
        command.Add(value);
        return command.Parameters.Count;
    }

    private static string WriteCursor(DateTimeOffset at, Guid id) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks:x}-{id:N}");

    private static bool TryReadCursor(string text, out (DateTimeOffset At, Guid Id) position)
    {
        position = default;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 1 || !long.TryParse(text.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks)) return false;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks || !Guid.TryParseExact(text[(dash + 1)..], "N", out var id)) return false;
        position = (new DateTimeOffset(ticks, TimeSpan.Zero), id);
        return true;
    }
}
