using System.Globalization;
using OrderService.Api.Wire;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Curves;

namespace OrderService.Api.Tread;

/// <summary>Reads the queries of the lists. Parameters that are not known are ignored.</summary>
internal static class OrdersQuery
{
    public const int PageSizeDefault = 100;
    public const int PageSizeMax = 1_000;

    // How old an order may be that a list shows.
    private const int MonthsMax = 12;

    /// <summary>The page and its size.</summary>
    public static TreadFault? ReadPage(IQueryCollection query, out int page, out int size)
    {
        (page, size) = (1, PageSizeDefault);
        if (!TryRead(query, "page", ref page) || page < 1) return TreadFaults.Error(400, "invalid_page", "Invalid page");
        if (!TryRead(query, "page_size", ref size)) return TreadFaults.Error(400, "invalid_page_size", "Invalid page_size");
        if (size > PageSizeMax)
            return TreadFaults.Error(400, "invalid_page_size", $"page_size cannot be greater than {JsonText.Text(PageSizeMax)}");
        return size < 1 ? TreadFaults.Error(400, "invalid_page_size", "Invalid page_size") : null;
    }

    /// <summary>A boolean; the default where it is absent.</summary>
    public static TreadFault? ReadFlag(IQueryCollection query, string name, bool absent, out bool flag)
    {
        flag = absent;
        if (query.Text(name) is not { } text) return query.ContainsKey(name) ? Invalid(name) : null;
        return QueryText.TryParseTruth(text, out flag) ? null : Invalid(name);
    }

    /// <summary>The pieces of a list.</summary>
    public static IReadOnlyList<string> Csv(string? text) =>
        text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>What GET orders asks for; accounts are found by the caller.</summary>
    public static TreadFault? ReadList(IQueryCollection query, DateTimeOffset now, ref OrderQuery wanted)
    {
        if (ReadStatuses(Csv(query["statuses"]), ref wanted) is { } unknown) return unknown;
        if (ReadMoment(query, "after", out var after) is { } badAfter) return badAfter;
        if (ReadMoment(query, "before", out var before) is { } badBefore) return badBefore;
        if (query.ContainsKey("custom_order_ids"))
        {
            var ids = Csv(query["custom_order_ids"]);
            if (ids.Count == 0) return TreadFaults.Error(400, "missing_custom_order_ids", "custom_order_ids parameter is required");
            // the store holds no NUL
            wanted = wanted with
            {
                Curve = (wanted.Curve ?? new CurveCriteria()) with
                {
                    CustomIds = [.. ids.Where(id => !id.Contains('\0', StringComparison.Ordinal))],
                },
            };
        }
        if (ReadPage(query, out var page, out var size) is { } badPage) return badPage;
        var oldest = now.AddMonths(-MonthsMax);
        wanted = wanted with { After = after is { } from && from > oldest ? from : oldest, Before = before, Page = page, Limit = size };
        return null;
    }

    private static TreadFault? ReadStatuses(IReadOnlyList<string> words, ref OrderQuery wanted)
    {
        if (words.Count == 0) return null;
        var (all, withFailed) = (new List<CurveStanding>(), false);
        foreach (var word in words)
        {
            if (!TreadStatus.TryParse(word, out var standings, out var isFailed))
                return TreadFaults.Error(400, "invalid_status", $"Invalid status: {word}");
            all.AddRange(standings);
            withFailed |= isFailed;
        }
        wanted = wanted with { Curve = (wanted.Curve ?? new CurveCriteria()) with { Standings = all, WithFailed = withFailed } };
        return null;
    }

    // The original says "after" of either.
    private static TreadFault? ReadMoment(IQueryCollection query, string name, out DateTimeOffset? moment)
    {
        moment = null;
        if (query.Text(name) is not { } text) return null;
        if (!TreadTime.TryParse(text, out var read))
            return new TreadFault(400, FaultShape.Message, $"invalid_{name}", "Invalid after date format");
        moment = read;
        return null;
    }

    private static bool TryRead(IQueryCollection query, string name, ref int number) =>
        !query.ContainsKey(name) || int.TryParse(query.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private static TreadFault Invalid(string name) => TreadFaults.Error(400, $"invalid_{name}", $"Invalid {name}");
}
