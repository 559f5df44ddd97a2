using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;
using OrderService.Engine.Orders.Curves;

namespace OrderService.Api.Tread;

/// <summary>
/// GET order_errors and POST order_messages: what orders have to say, newest first; without ids of the orders to which something happened
/// last.
/// </summary>
internal static class GetOrderErrors
{
    public const int IdsMax = 100;
    private const int LatestMax = 500;

    public static async Task<IResult> HandleAsync(HttpContext context, TreadOrders orders, FollowCurves follow, CancellationToken token)
    {
        var query = context.Request.Query;
        if (query.ContainsKey("order_ids"))
        {
            var ids = OrdersQuery.Csv(query["order_ids"]);
            return FaultOf(ids) is { } fault ? fault : await AnswerAsync(context, orders, ids, token);
        }
        var latest = await orders.ReadAsync(
            await follow.LatelyAsync(NewOrderTerms.Dialect, TokenProof.CallerOf(context).Owner, LatestMax, token), token);
        return Write(context, [.. latest.Select(o => (o.Order.Id.ToString("D"), o))], await orders.MessagesAsync(latest, token));
    }

    /// <summary>POST order_messages: the ids stand in the body.</summary>
    public static Task<IResult> PostAsync(HttpContext context, TreadOrders orders, CancellationToken token) =>
        AnswerAsync(context, orders, BodyFilter<OrderIdsRecord>.BodyOf(context).OrderIds.Value!, token);

    /// <summary>What is wrong with ids; null where nothing is.</summary>
    public static TreadFault? FaultOf(IReadOnlyList<string?> ids) => ids.Count switch
    {
        0 => TreadFaults.Error(400, "missing_order_id", "No order ID given!"),
        > IdsMax => TreadFaults.Error(400, "too_many_ids", "Too many order IDs"),
        _ => ids.All(id => TreadOrders.TryParseId(id, out _)) ? null : TreadFaults.MalformedId,
    };

    private static async Task<IResult> AnswerAsync(
        HttpContext context, TreadOrders orders, IReadOnlyList<string?> given, CancellationToken token)
    {
        var ids = given.Select(text => (Text: text!, Id: TreadOrders.TryParseId(text, out var id) ? id : Guid.Empty)).ToList();
        var found = (await orders.ReadAsync([.. ids.Select(i => i.Id).Distinct()], token)).ToDictionary(o => o.Order.Id);
        var caller = TokenProof.CallerOf(context);
        if (ids.Find(i => !found.ContainsKey(i.Id)) is { Text: { } unknown } absent)
        {
            return await orders.GoneAsync(absent.Id, token) is not { } gone
                ? TreadFaults.Error(404, "order_not_found", $"Order {unknown} not found")
                : caller.MaySee(gone.Owner) ? TreadFaults.Gone(gone.Refusal)
                : TreadFaults.Error(401, "foreign_order", $"Order {unknown} does not belong to you");
        }
        if (ids.Find(i => !caller.MaySee(found[i.Id].Order.Terms.Owner)) is { Text: { } foreign })
            return TreadFaults.Error(401, "foreign_order", $"Order {foreign} does not belong to you");
        return Write(context, [.. ids.DistinctBy(i => i.Id).Select(i => (i.Text, found[i.Id]))],
            await orders.MessagesAsync([.. found.Values], token));
    }

    private static JsonAnswer Write(
        HttpContext context, IReadOnlyList<(string Key, OrderFacts Order)> asked,
        IReadOnlyDictionary<Guid, IReadOnlyList<OrderMessage>> messages) => JsonAnswer.Fresh(
            context,
            asked.ToDictionary(a => a.Key,
                IReadOnlyList<OrderMessageRecord> (a) => [.. messages[a.Order.Order.Id].Select(message => message.OfList())]),
            TreadJson.Default.IReadOnlyDictionaryStringIReadOnlyListOrderMessageRecord);
}
