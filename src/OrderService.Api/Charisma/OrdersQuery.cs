using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Charisma;

/// <summary>Reads the query of a list. <c>page</c> or <c>limit</c> turns pages on; without them, and with <c>cursor</c>, the list runs newest first from a cursor.</summary>
internal static class OrdersQuery
{
    public const int LimitMax = 50;
    public const int PagedMax = 10_000;
    private const int TextMax = 512;

    /// <summary>What is asked for, or the first parameter that cannot be meant.</summary>
    public static Result<OrderQuery> Read(IQueryCollection query)
    {
        foreach (var name in (ReadOnlySpan<string>)["status", "search", "cursor"])
        {
            if (query.Text(name) is { } text && (text.Length > TextMax || text.Contains('\0'))) return new OrderError.Field(name, $"must be text of at most {TextMax} characters");
        }
        StacksAddress? owner = null;
        if (query.Text("owner") is { } ownerText)
        {
            if (!StacksAddress.TryParse(ownerText, out var address)) return new OrderError.Field("owner", "must be a Stacks address", "invalid_principal");
            owner = address;
        }
        var shared = new OrderQuery { Owner = owner, Readings = CharismaStatus.Filter(query.Text("status")), Search = query.Text("search"), Cursor = query.Text("cursor") };
        return query.ContainsKey("cursor") || (query.Text("page") is null && query.Text("limit") is null) ? FromCursor(query, shared) : ByPage(query, shared);
    }

    private static Result<OrderQuery> FromCursor(IQueryCollection query, OrderQuery shared)
    {
        if (query.Text("page") is not null) return new OrderError.Field("page", "cannot be combined with cursor");
        if (query.Text("limit") is not { } text) return shared with { Limit = LimitMax };
        return IsIn(text, 1, LimitMax, out var limit) ? shared with { Limit = limit } : InvalidLimit();
    }

    private static Result<OrderQuery> ByPage(IQueryCollection query, OrderQuery shared)
    {
        if (!IsIn(query.Text("page") ?? "1", 1, int.MaxValue, out var page)) return new OrderError.Field("page", "must be a whole number from 1");
        if (!IsIn(query.Text("limit") ?? "10", 1, LimitMax, out var limit)) return InvalidLimit();
        if ((long)page * limit > PagedMax) return new OrderError.Field("page", $"reaches beyond the first {PagedMax} orders: walk on with cursor", "use_cursor");
        var sort = query.Text("sortBy") switch
        {
            null or "createdAt" => OrderSort.CreatedAt,
            "status" => OrderSort.Status,
            _ => OrderSort.None,
        };
        return shared with { Page = page, Limit = limit, Sort = sort, Ascending = query.Text("sortOrder") is not (null or "desc") };
    }

    private static bool IsIn(string text, int min, int max, out int number) => QueryText.TryParseInt(text, out number) && number >= min && number <= max;

    private static OrderError.Field InvalidLimit() => new("limit", $"must be a whole number of 1 to {LimitMax}");
}
