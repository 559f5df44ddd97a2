using Npgsql;
using OrderService.Domain;

namespace OrderService.Engine.Orders;

/// <summary>One page. Total is null where it was not asked for (cursor lists).</summary>
internal sealed record OrderPage(IReadOnlyList<OrderView> Orders, long? Total, bool TotalIsExact, int? Page, int Limit, string? NextCursor);

/// <summary>
/// Lists orders: by keyset, which costs the same on every page, or by page number (which the dialects allow as far as the first 10,000).
/// </summary>
internal sealed class ListOrders(NpgsqlDataSource source, FindOrder find, SearchGate gate, TimeProvider time)
{
    private const int RowsMax = 10_000;

    /// <summary>A page with all that the orders are.</summary>
    public Task<Result<OrderPage>> HandleAsync(OrderQuery query, CancellationToken token) =>
        query.Search is null ? ReadAsync(query, token) : gate.RunAsync(query.Owner?.ToString() ?? "", () => ReadAsync(query, token));

    private async Task<Result<OrderPage>> ReadAsync(OrderQuery query, CancellationToken token)
    {
        if (query.Cursor is { } text && !OrderKey.TryParse(text, out _))
            return new OrderError.Field("cursor", "is not one that this service gave", "invalid_cursor");
        await using var connection = await source.OpenConnectionAsync(token);
        var keys = await OrderSelection.KeysAsync(connection, query, time.GetUtcNow(), more: 1, token);
        var views = await find.ReadAsync([.. keys.Take(query.Limit).Select(key => key.Id)], token);
        if (query.Page is not null)
        {
            var total = await OrderSelection.CountAsync(connection, query, time.GetUtcNow(), RowsMax + 1, token);
            return new OrderPage(views, Math.Min(total, RowsMax), total <= RowsMax, query.Page, query.Limit, null);
        }
        return new OrderPage(views, null, false, null, query.Limit, keys.Count > query.Limit ? keys[query.Limit - 1].ToString() : null);
    }

    /// <summary>The places of the orders of a page alone.</summary>
    public async Task<IReadOnlyList<OrderKey>> KeysAsync(OrderQuery query, CancellationToken token)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        return await OrderSelection.KeysAsync(connection, query, time.GetUtcNow(), more: 0, token);
    }

    /// <summary>The one order that is meant, or null.</summary>
    public async Task<OrderView?> OneAsync(OrderQuery query, CancellationToken token) =>
        (await find.ReadAsync([.. (await KeysAsync(query with { Limit = 1 }, token)).Select(key => key.Id)], token)) is [var view]
            ? view : null;
}
