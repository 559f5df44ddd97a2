using System.Globalization;
using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>GET placements: a page of the placements of one order, oldest first, by their status where that is asked for.</summary>
internal static class GetPlacements
{
    private static readonly OrderFaults Faults = OrderFaults.Named(_ => "No order found with given ID!");

    public static async Task<IResult> HandleAsync(HttpContext context, TreadOrders orders, CancellationToken token)
    {
        var query = context.Request.Query;
        if (!TryReadPage(query, out var page, out var size, out var fault)) return fault!;
        var (order, refused) = await orders.FindAsync(TokenProof.CallerOf(context), query["order_id"], Faults, token);
        if (order is null) return refused!;
        var statuses = OrdersQuery.Csv(query["statuses"]).Select(s => s.ToUpperInvariant()).ToHashSet();
        var found = PlacementFacts.Of(order).Where(p => statuses.Count == 0 || statuses.Contains(p.Status.Status)).ToList();
        var shown = found.Skip((int)Math.Min(int.MaxValue, (page - 1L) * size)).Take(size).Select(PlacementJson.ListedOf);
        return JsonAnswer.Fresh(context, new PlacementPageRecord { Placements = [.. shown], Count = found.Count },
            TreadJson.Default.PlacementPageRecord);
    }

    // The page has another name here.
    private static bool TryReadPage(IQueryCollection query, out int page, out int size, out TreadFault? fault)
    {
        page = 1;
        fault = OrdersQuery.ReadPage(query, out _, out size);
        if (fault is null && query.ContainsKey("page_number")
            && (!int.TryParse(query.Text("page_number"), NumberStyles.None, CultureInfo.InvariantCulture, out page) || page < 1))
        {
            fault = TreadFaults.Error(400, "invalid_page", "Invalid page_number");
        }
        return fault is null;
    }
}
