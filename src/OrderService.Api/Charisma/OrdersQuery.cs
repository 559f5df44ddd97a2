using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>
/// Reads the query of a list. <c>page</c> or <c>limit</c> turns pages on; without them, and with <c>cursor</c>, the list runs newest first
/// from a cursor.
/// </summary>
internal static class OrdersQuery
{
    public const int LimitMax = 50;
    public const int PagedMax = 10_000;
    private const int TextMax = 512;

    /// <summary>What is asked for, or the first parameter that cannot be meant.</summary>
    public static Result<OrderQuery> Read(IQueryCollection query)
    {
        foreach (var name in (ReadOnlySpan<string>)["search", "cursor", "strategyId", "token", "pair", "since"])
        {
            if (query.Text(name) is { } text && (text.Length > TextMax || text.Contains('\0')))
                return new OrderError.Field(name, $"must be text of at most {TextMax} characters");
        }
        if (query.OwnerRefusal(out var owner) is { } nobody) return nobody;
        if (ReadFilters(query, new OrderQuery { Owner = owner, Search = query.Text("search"), Cursor = query.Text("cursor") })
            .IsRejected(out var why, out var shared))
        {
            return why;
        }
        return query.ContainsKey("cursor") || (query.Text("page") is null && query.Text("limit") is null)
            ? FromCursor(query, shared) : ByPage(query, shared);
    }

    // What is not understood is refused: a list that leaves a filter out looks like one that found everything.
    private static Result<OrderQuery> ReadFilters(IQueryCollection query, OrderQuery asked)
    {
        if (ReadStatuses(query["status"], asked).IsRejected(out var why, out var read)) return why;
        asked = read;
        if (query.Text("strategyId") is { } strategy)
        {
            if (strategy.Length > NewOrderRecord.StrategyIdMax)
                return new OrderError.Field("strategyId", $"must be text of at most {NewOrderRecord.StrategyIdMax} characters");
            asked = asked with { StrategyId = strategy };
        }
        if (query.Text("groupId") is { } id)
        {
            if (!OrderUuid.TryParse(id, out var group)) return new OrderError.Field("groupId", "must be a uuid");
            asked = asked with { Groups = [group.Key] };
        }
        if (query.Text("token") is { } text)
        {
            if (!TokenId.TryParse(text, out var token)) return new OrderError.Field("token", "must be a token: a contract id, or .stx");
            asked = asked with { Token = token };
        }
        if (query.Text("pair") is { } pair)
        {
            if (!TryReadPair(pair, out var tokens))
                return new OrderError.Field("pair", "must be two tokens with a / between them");
            asked = asked with { Pair = tokens };
        }
        if (query.Text("since") is not { } since) return asked;
        return IsoTime.TryParse(since, out var from)
            ? asked with { After = from.AddTicks(-TimeSpan.TicksPerMicrosecond) }
            : new OrderError.Field("since", "must be a time such as 2030-01-01T12:00:00Z");
    }

    /// <summary>Reads two tokens with a / between them.</summary>
    public static bool TryReadPair(string? text, out (TokenId Base, TokenId Quote) pair)
    {
        pair = default;
        if (text?.Split('/') is not [var left, var right] || !TokenId.TryParse(left, out var first)
            || !TokenId.TryParse(right, out var second))
        {
            return false;
        }
        pair = (first, second);
        return true;
    }

    private static Result<OrderQuery> ReadStatuses(IEnumerable<string?> given, OrderQuery asked)
    {
        var readings = new HashSet<OrderReading>();
        var (isAll, any) = (false, false);
        foreach (var word in given.SelectMany(
            text => (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!CharismaStatus.TryFilter(word, out var meant))
                return new OrderError.Field("status", $"must be of {string.Join(", ", CharismaStatus.Filters)}");
            any = true;
            isAll |= meant is null;
            readings.UnionWith(meant ?? []);
            if (word == CharismaStatus.PartiallyFilled) asked = asked with { WithPartlyFilled = true };
        }
        return any && !isAll ? asked with { Readings = readings } : asked with { WithPartlyFilled = false };
    }

    private static Result<OrderQuery> FromCursor(IQueryCollection query, OrderQuery shared)
    {
        if (query.Text("page") is not null) return new OrderError.Field("page", "cannot be combined with cursor");
        if (query.Text("limit") is not { } text) return shared with { Limit = LimitMax };
        return IsIn(text, 1, LimitMax, out var limit) ? shared with { Limit = limit } : InvalidLimit();
    }

    private static Result<OrderQuery> ByPage(IQueryCollection query, OrderQuery shared)
    {
        if (!IsIn(query.Text("page") ?? "1", 1, int.MaxValue, out var page))
            return new OrderError.Field("page", "must be a whole number from 1");
        if (!IsIn(query.Text("limit") ?? "10", 1, LimitMax, out var limit)) return InvalidLimit();
        if ((long)page * limit > PagedMax)
            return new OrderError.Field("page", $"reaches beyond the first {PagedMax} orders: walk on with cursor", "use_cursor");
        var sort = query.Text("sortBy") switch
        {
            null or "createdAt" => OrderSort.CreatedAt,
            "status" => OrderSort.Status,
            _ => OrderSort.None,
        };
        return shared with { Page = page, Limit = limit, Sort = sort, Ascending = query.Text("sortOrder") is not (null or "desc") };
    }

    private static bool IsIn(string text, int min, int max, out int number) =>
        QueryText.TryParseInt(text, out number) && number >= min && number <= max;

    private static OrderError.Field InvalidLimit() => new("limit", $"must be a whole number of 1 to {LimitMax}");
}
