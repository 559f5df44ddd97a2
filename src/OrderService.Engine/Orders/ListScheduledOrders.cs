using System.Numerics;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Orders;

/// <summary>One page, and how many orders there are on all pages, counted to <see cref="ListScheduledOrders.CountMax"/>.</summary>
internal sealed record ScheduledPage(IReadOnlyList<ScheduledView> Orders, int Total);

/// <summary>
/// Lists scheduled orders with the sums of their parts. The parts are summed where they are stored: an order of a thousand parts is one row
/// here.
/// </summary>
internal sealed class ListScheduledOrders(NpgsqlDataSource source, TimeProvider time)
{
    /// <summary>Orders beyond this are not counted, nor reached by a page.</summary>
    public const int CountMax = 100_000;

    private const string Sums =
        """
        SELECT coalesce(o.parts, count(*)::int) AS parts, (count(*) FILTER (WHERE s.status = 'confirmed'))::int AS confirmed,
            (count(*) FILTER (WHERE s.ended_at IS NULL))::int + CASE WHEN o.status IN ('open', 'paused') THEN coalesce(o.parts, count(*)::int) - count(*)::int ELSE 0 END AS open,
            coalesce(sum(s.amount_in) FILTER (WHERE s.status = 'confirmed'), 0) AS spent, coalesce(sum(s.amount_out) FILTER (WHERE s.status = 'confirmed'), 0) AS received,
            coalesce(sum(s.amount_in) FILTER (WHERE s.ended_at IS NOT NULL AND s.status <> 'confirmed'), 0) + CASE WHEN o.is_rest_released THEN o.amount_in - sum(s.amount_in) ELSE 0 END AS returned,
            div(o.amount_in, coalesce(o.parts, count(*)::int)) AS each,
            coalesce(min(s.not_before) FILTER (WHERE s.ended_at IS NULL), min(s.not_before) FILTER (WHERE s.status IN ('cancelled', 'expired')), max(s.not_before)) AS next_at,
            max(s.not_before) AS last_at, (array_agg(s.reason ORDER BY s.number) FILTER (WHERE s.ended_at IS NULL))[1] AS waiting
        FROM all_slices s WHERE s.order_id = o.id
        """;

    /// <summary>A page; what happened to its orders only where it is asked for.</summary>
    public async Task<ScheduledPage> HandleAsync(OrderQuery query, bool withStory, CancellationToken token)
    {
        var now = time.GetUtcNow();
        await using var connection = await source.OpenConnectionAsync(token);
        var total = await OrderSelection.CountAsync(connection, query, now, CountMax, token);
        var isBeyond = ((long)(query.Page ?? 1) - 1) * query.Limit >= total;
        var orders = isBeyond ? [] : await ReadAsync(connection, query, now, token);
        return new ScheduledPage(withStory ? await ReadStories.TellAsync(connection, orders, token) : orders, total);
    }

    /// <summary>The one order, or null.</summary>
    public async Task<ScheduledView?> OneAsync(OrderQuery query, CancellationToken token)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        return await ReadAsync(connection, query with { Limit = 1 }, time.GetUtcNow(), token) is [var order] ? order : null;
    }

    private static async Task<List<ScheduledView>> ReadAsync(
        NpgsqlConnection connection, OrderQuery query, DateTimeOffset now, CancellationToken token)
    {
        await using var command = new NpgsqlCommand { Connection = connection };
        var page = OrderSelection.Page(command, query, now, "o.*");
        command.CommandText = $"""
            SELECT o.id, o.recipient, o.sell_token, o.buy_token, o.amount_in, CASE WHEN {OrderSelection.ReadsExpired} THEN 'expired' ELSE o.status END, o.reason, o.created_at, o.ended_at, o.valid_to,
                o.client_fields::text, o.interval_count, o.interval_unit, p.*, o.anchor, o.anchor_part, o.public_id
            FROM ({page}) AS o
            CROSS JOIN LATERAL ({Sums}) AS p
            ORDER BY o.created_at DESC, o.id DESC
            """;
        await using var reader = await command.ExecuteReaderAsync(token);
        var orders = new List<ScheduledView>();
        while (await reader.ReadAsync(token)) orders.Add(Read(reader, now));
        return orders;
    }

    private static ScheduledView Read(NpgsqlDataReader reader, DateTimeOffset now)
    {
        Interval? interval = reader.IsDBNull(11) ? null : Interval.Of(reader.GetInt32(11), Words.Parse<IntervalUnit>(reader.GetString(12)));
        return new ScheduledView
        {
            Id = reader.GetGuid(0),
            PublicId = reader.TextOrNull(25),
            Recipient = Principal.Parse(reader.GetString(1)),
            SellToken = TokenId.Parse(reader.GetString(2)),
            BuyToken = TokenId.Parse(reader.GetString(3)),
            AmountIn = Amount(reader, 4),
            Status = Words.Parse<OrderStatus>(reader.GetString(5)),
            Reason = reader.TextOrNull(6),
            CreatedAt = reader.GetFieldValue<DateTimeOffset>(7),
            EndedAt = Moment(reader, 8),
            ValidTo = Moment(reader, 9),
            ClientFields = reader.TextOrNull(10),
            Interval = interval,
            Parts = WithLast(ReadSums(reader, 13), interval, Moment(reader, 23), reader.GetInt32(24)),
            ReadAt = now,
        };
    }

    // The moments of parts that have no slice yet are counted from the anchor, as they are when they are drawn.
    private static PartSums WithLast(PartSums parts, Interval? interval, DateTimeOffset? anchor, int anchorPart) =>
        interval is { } rhythm && anchor is { } from ? parts with { LastAt = rhythm.After(from, parts.Count - 1 - anchorPart) } : parts;

    private static PartSums ReadSums(NpgsqlDataReader reader, int at) => new()
    {
        Count = reader.GetInt32(at),
        Confirmed = reader.GetInt32(at + 1),
        Open = reader.GetInt32(at + 2),
        Spent = Amount(reader, at + 3),
        Received = Amount(reader, at + 4),
        Returned = Amount(reader, at + 5),
        Each = Amount(reader, at + 6),
        NextAt = Moment(reader, at + 7),
        LastAt = Moment(reader, at + 8),
        Waiting = reader.TextOrNull(at + 9),
    };

    private static TokenAmount Amount(NpgsqlDataReader reader, int column) => new((UInt128)reader.GetFieldValue<BigInteger>(column));

    private static DateTimeOffset? Moment(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
