using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Persistence;

/// <summary>How an order ended that has left the tables that the engine works on.</summary>
/// <param name="IsSigned">A wallet signed it: whoever knows its uuid may know of it.</param>
internal sealed record OrderEnd(
    OrderUuid Uuid, StacksAddress Owner, bool IsSigned, OrderStatus Status, string? Reason, DateTimeOffset EndedAt, string Dialect)
{
    /// <summary>The refusal of what asks for it where it was dropped.</summary>
    public OrderError.Gone Refusal => new(Words.Of(Status), Reason, EndedAt);
}

/// <summary>
/// Reads orders that have left the tables that the engine works on. Who does not find an order there asks here; what is not here either,
/// and has an end, was dropped with its month.
/// </summary>
internal sealed class EndedOrders(IDbContextFactory<EndedDb> databases, NpgsqlDataSource source)
{
    /// <summary>What events are told with: the uuid, dialect and group of their order, wherever it is. For a row <c>e</c>.</summary>
    public const string OrderOfEvent =
        """
        LEFT JOIN LATERAL (
            SELECT n.uuid, n.dialect, n.owner, n.group_id, n.leg FROM orders n WHERE n.id = e.order_id
            UNION ALL SELECT n.uuid, n.dialect, n.owner, n.group_id, n.leg FROM order_ids n WHERE n.id = e.order_id LIMIT 1) AS o ON true
        """;

    /// <summary>Reads them as EF reads those that work.</summary>
    public async Task<OrdersDb> OpenAsync(CancellationToken token) => await databases.CreateDbContextAsync(token);

    /// <summary>Those of these that have left, dropped ones among them.</summary>
    public static async Task<List<Guid>> LeftAsync(OrdersDb db, Guid[] ids, CancellationToken token) => ids.Length == 0
        ? []
        : await db.Database.SqlQuery<Guid>($"""SELECT id AS "Value" FROM order_ids WHERE id = ANY({ids}) AND month IS NOT NULL""")
            .ToListAsync(token);

    /// <summary>
    /// Those of these that have left, with their slices and plans; none but these is looked for over more than the connection that the
    /// caller has.
    /// </summary>
    public async Task<Dictionary<Guid, Order>> ReadAsync(OrdersDb db, Guid[] ids, CancellationToken token)
    {
        var left = await LeftAsync(db, ids, token);
        if (left.Count == 0) return [];
        await using var past = await databases.CreateDbContextAsync(token);
        return await Whole(past, left).ToDictionaryAsync(order => order.Id, token);
    }

    /// <summary>
    /// Views of orders in the order of the ids: what is not among those that work, or leaves while it is read, is read where it has gone;
    /// and the ids of what is there no more.
    /// </summary>
    public async Task<(List<TView> Found, IReadOnlyList<Guid> Gone)> ReadBothAsync<TView>(
        OrdersDb db, IReadOnlyList<Guid> ids, Func<OrdersDb, IReadOnlyList<Guid>, Task<List<TView>>> read,
        Func<TView, (Order Order, IReadOnlyList<SwapAttempt> Attempts)> of, CancellationToken token)
    {
        var found = await read(db, ids);
        found.RemoveAll(view => HasLost(of(view).Order, of(view).Attempts));
        if (found.Count == ids.Count) return (found, []);
        var views = new Dictionary<Guid, TView>();
        foreach (var view in found) views[of(view).Order.Id] = view;
        var left = await LeftAsync(db, [.. ids.Where(id => !views.ContainsKey(id))], token);
        if (left.Count == 0) return (found, []);
        await using var past = await OpenAsync(token);
        foreach (var view in await read(past, left)) views[of(view).Order.Id] = view;
        return ([.. ids.Where(views.ContainsKey).Select(id => views[id])], [.. left.Where(id => !views.ContainsKey(id))]);
    }

    /// <summary>True of an order that left between the look at it and that at what was sent for it.</summary>
    public static bool HasLost(Order order, IReadOnlyList<SwapAttempt> attempts) =>
        order.EndedAt is not null && attempts.Count == 0 && order.Slices.Any(slice => slice.WasSent);

    /// <summary>Those of these that have left, with their slices and plans, for a thread that may wait.</summary>
    public Dictionary<Guid, Order> Read(IReadOnlyCollection<Guid> ids)
    {
        if (ids.Count == 0) return [];
        using var db = databases.CreateDbContext();
        return Whole(db, ids).ToDictionary(order => order.Id);
    }

    /// <summary>How an order ended that has left; null for one that has not, or was never there.</summary>
    public async Task<OrderEnd?> EndAsync(Guid id, CancellationToken token)
    {
        await using var command = source.CreateCommand(EndStatement);
        command.Add(id);
        await using var reader = await command.ExecuteReaderAsync(token);
        return await reader.ReadAsync(token) ? ReadEnd(reader) : null;
    }

    /// <summary>The same by the number or id that its dialect gave it.</summary>
    public async Task<OrderEnd?> EndAsync(string dialect, string publicId, CancellationToken token)
    {
        await using var command = source.CreateCommand(NamedStatement);
        command.Add(dialect);
        command.Add(publicId);
        await using var reader = await command.ExecuteReaderAsync(token);
        return await reader.ReadAsync(token) ? ReadEnd(reader) : null;
    }

    /// <summary>How an order ended that has left, for a thread that may wait.</summary>
    public OrderEnd? End(Guid id)
    {
        using var command = source.CreateCommand(EndStatement);
        command.Add(id);
        using var reader = command.ExecuteReader();
        return reader.Read() ? ReadEnd(reader) : null;
    }

    private const string EndStatement = "SELECT uuid, owner, is_signed, status, reason, ended_at, dialect FROM order_ids WHERE id = $1 AND month IS NOT NULL";

    private const string NamedStatement =
        "SELECT uuid, owner, is_signed, status, reason, ended_at, dialect FROM order_ids WHERE dialect = $1 AND public_id = $2 AND month IS NOT NULL";

    private static OrderEnd ReadEnd(NpgsqlDataReader reader) => new(
        OrderUuid.Parse(reader.GetString(0), null), StacksAddress.Parse(reader.GetString(1), null),
        reader.GetBoolean(2), Words.Parse<OrderStatus>(reader.GetString(3)), reader.TextOrNull(4),
        reader.GetFieldValue<DateTimeOffset>(5), reader.GetString(6));

    private static IQueryable<Order> Whole(EndedDb db, IReadOnlyCollection<Guid> ids) =>
        db.Orders.AsNoTracking().Include(o => o.Curve).Include(o => o.Slices.OrderBy(s => s.Number)).Where(o => ids.Contains(o.Id));
}
