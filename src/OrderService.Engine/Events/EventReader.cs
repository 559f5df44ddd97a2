using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Events;

/// <summary>One event of the log. What it is about is told by the ids that it has; its facts are a JSON object.</summary>
internal sealed record LoggedEvent(
    long Position, string Kind, DateTimeOffset At, string Actor, string? Owner, string? OrderUuid, string? Dialect, int? Slice,
    string? Facts)
{
    /// <summary>The order's status when it happened, where that was written down.</summary>
    public string? OrderStatus { get; init; }

    /// <summary>How much of what it sells was swapped by then, base units.</summary>
    public string? OrderFilled { get; init; }

    /// <summary>Why it stood there.</summary>
    public string? OrderReason { get; init; }

    /// <summary>The group that the order is a leg of.</summary>
    public Guid? GroupId { get; init; }

    /// <summary>Which leg of it.</summary>
    public int? Leg { get; init; }
}

/// <summary>Events behind a position, and where the log is.</summary>
/// <param name="Log">The log, and its head.</param>
/// <param name="Events">In the order of their positions.</param>
/// <param name="Upto">Where it ends before the head; null where it has told all that its reader asked for up to that.</param>
internal sealed record EventPage(LogHead Log, IReadOnlyList<LoggedEvent> Events, long? Upto)
{
    /// <summary>True where there may be more up to the head.</summary>
    public bool IsFull => Upto is not null;

    /// <summary>Up to where the log has been read with it.</summary>
    public LogPosition Next => new(Log.LogId, Upto ?? Log.Position);
}

/// <summary>Which events are asked for; what is null does not matter. An owner of null is everybody.</summary>
internal sealed record EventFilter(StacksAddress? Owner)
{
    /// <summary>Those of these orders.</summary>
    public IReadOnlyCollection<Guid>? Orders { get; init; }

    /// <summary>Those of the legs of these groups.</summary>
    public IReadOnlyCollection<Guid>? Groups { get; init; }

    /// <summary>Those of these kinds.</summary>
    public IReadOnlyCollection<string>? Kinds { get; init; }

    /// <summary>True where it leaves some of the owner's out.</summary>
    public bool IsNarrow => Orders is not null || Groups is not null || Kinds is not null;
}

/// <summary>Reads the log. Positions of one page are in order; for a reader who sees all, without a gap.</summary>
internal sealed class EventReader(NpgsqlDataSource source)
{
    /// <summary>
    /// What <see cref="Read"/> reads of a row, behind two columns of the reader's own; of positions p, events e and orders o.
    /// </summary>
    internal const string Columns = "p.position, e.kind, e.at, e.actor, p.owner, o.uuid, o.dialect, e.slice_number, e.detail::text, e.order_status, e.order_filled::text, e.order_reason, o.group_id, o.leg";

    private static readonly string All = Statement("");

    private static readonly string OfOwner = Statement("AND p.owner = $3");

    // A filter that lets little through reads so many at a time, and is told how far it has come.
    private const int ScanMax = 5_000;

    private static readonly string SomeOfAll = Narrow("");

    private static readonly string SomeOfOwner = Narrow("AND p.owner = $7");

    /// <summary>So many events of those that are asked for behind a position at most.</summary>
    public async Task<EventPage> SelectAsync(EventFilter filter, long after, int limit, CancellationToken token)
    {
        if (!filter.IsNarrow) return await ReadAsync(filter.Owner, after, limit, token);
        await using var command = source.CreateCommand(filter.Owner is null ? SomeOfAll : SomeOfOwner);
        command.Add(after);
        command.Add(limit);
        command.Add(ScanMax);
        command.AddColumn(NpgsqlTypes.NpgsqlDbType.Uuid, filter.Orders?.ToArray() ?? [], id => id);
        command.AddColumn(NpgsqlTypes.NpgsqlDbType.Text, filter.Kinds?.ToArray() ?? [], kind => kind);
        command.AddColumn(NpgsqlTypes.NpgsqlDbType.Uuid, filter.Groups?.ToArray() ?? [], id => id);
        if (filter.Owner is { } address) command.Add(address.ToString());
        await using var reader = await command.ExecuteReaderAsync(token);
        var (log, events, scanned, upto) = (default(LogHead), new List<LoggedEvent>(), 0L, 0L);
        while (await reader.ReadAsync(token))
        {
            (log, scanned, upto) = (new LogHead(reader.GetString(0), reader.GetInt64(1)), reader.GetInt64(16),
                reader.IsDBNull(17) ? 0 : reader.GetInt64(17));
            if (!reader.IsDBNull(2)) events.Add(Read(reader));
        }
        return new EventPage(log, events, events.Count >= limit ? events[^1].Position : scanned >= ScanMax ? upto : null);
    }

    /// <summary>So many events behind a position at most; a null owner stands for everybody's.</summary>
    public async Task<EventPage> ReadAsync(StacksAddress? owner, long after, int limit, CancellationToken token)
    {
        await using var command = source.CreateCommand(owner is null ? All : OfOwner);
        command.Add(after);
        command.Add(limit);
        if (owner is { } address) command.Add(address.ToString());
        await using var reader = await command.ExecuteReaderAsync(token);
        var (log, events) = (default(LogHead), new List<LoggedEvent>());
        while (await reader.ReadAsync(token))
        {
            log = new LogHead(reader.GetString(0), reader.GetInt64(1));
            if (!reader.IsDBNull(2)) events.Add(Read(reader));
        }
        return new EventPage(log, events, events.Count >= limit ? events[^1].Position : null);
    }

    /// <summary>The event of a row.</summary>
    internal static LoggedEvent Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetString(5), reader.TextOrNull(6),
        reader.TextOrNull(7), reader.TextOrNull(8), reader.IsDBNull(9) ? null : reader.GetInt32(9), reader.TextOrNull(10))
    {
        OrderStatus = reader.TextOrNull(11),
        OrderFilled = reader.TextOrNull(12),
        OrderReason = reader.TextOrNull(13),
        GroupId = reader.IsDBNull(14) ? null : reader.GetGuid(14),
        Leg = reader.IsDBNull(15) ? null : reader.GetInt32(15),
    };

    // An empty array lets all through.
    private static string Narrow(string whose) =>
        $"""
        WITH scan AS MATERIALIZED (SELECT p.position, p.event_id, p.owner FROM event_positions p WHERE p.position > $1 {whose} ORDER BY p.position LIMIT $3)
        SELECT l.log_id, (SELECT head FROM event_rounds ORDER BY head DESC LIMIT 1), e.*, s.scanned, s.upto
        FROM event_log l CROSS JOIN (SELECT count(*) AS scanned, max(position) AS upto FROM scan) AS s LEFT JOIN LATERAL (
            SELECT {Columns}
            FROM scan p JOIN order_events e ON e.id = p.event_id {EndedOrders.OrderOfEvent}
            WHERE (cardinality($4) = 0 OR e.order_id = ANY($4)) AND (cardinality($5) = 0 OR e.kind = ANY($5)) AND (cardinality($6) = 0 OR o.group_id = ANY($6)) ORDER BY p.position LIMIT $2) AS e ON true
        ORDER BY e.position
        """;

    // The head and the events are of one snapshot: an empty page that tells a head says that there is nothing up to it.
    private static string Statement(string whose) =>
        $"""
        SELECT l.log_id, (SELECT head FROM event_rounds ORDER BY head DESC LIMIT 1), e.*
        FROM event_log l LEFT JOIN LATERAL (
            SELECT {Columns}
            FROM event_positions p JOIN order_events e ON e.id = p.event_id {EndedOrders.OrderOfEvent}
            WHERE p.position > $1 {whose} ORDER BY p.position LIMIT $2) AS e ON true
        ORDER BY e.position
        """;
}
