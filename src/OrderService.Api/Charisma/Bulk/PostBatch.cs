using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>
/// POST orders/batch: stores up to 100 orders of one wallet, each for itself or all of them or none. As with one order their signatures are
/// the authority; an API key is only asked about where one is sent.
/// </summary>
internal static class PostBatch
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ISwapRouter router, Authenticator authenticator, PlaceOrders place, TimeProvider time, CancellationToken token)
    {
        var (batch, rules, by) = (BatchFilter.BatchOf(context), RequestRules<NewOrderRecord>.Of(context), (Caller?)null);
        if (context.Request.Headers.ContainsKey(Authenticator.KeyHeader)
            && (await authenticator.AuthenticateAsync(context, WalletActions.CreateOrder, uuid: null, batch.Owner, token)).IsRejected(
                out var why, out by))
        {
            return CharismaErrors.From(why);
        }
        Result<NewOrder>[] read = [.. batch.Body.Orders.Value!.Select(body => Read(body, rules, router.Terms, by))];
        return batch.Body.Atomic.Value
            ? await TogetherAsync(context, read, place, time, token)
            : await EachAsync(context, batch.Body, read, place, time, token);
    }

    private static Result<NewOrder> Read(NewOrderRecord body, RequestRules<NewOrderRecord> rules, VenueTerms venue, Caller? by)
    {
        if (rules.FirstRefusal(body) is { } refused) return refused;
        return body.ToOrder(venue).IsRejected(out var why, out var order) ? why : order with { By = by };
    }

    private static async Task<IResult> TogetherAsync(
        HttpContext context, Result<NewOrder>[] read, PlaceOrders place, TimeProvider time, CancellationToken token)
    {
        var (orders, uuids) = (new List<NewOrder>(read.Length), new HashSet<Guid>());
        foreach (var (at, one) in read.Index())
        {
            if (one.IsRejected(out var why, out var order)) return BulkItem.Refusal(at, why);
            if (!uuids.Add(order.Terms.Uuid.Key))
                return BulkItem.Refusal(at, new OrderError.Field("uuid", "is that of another order of the batch too"));
            orders.Add(order);
        }
        var (stored, refused) = await place.TogetherAsync(orders, token);
        if (refused is not null) return BulkItem.Refusal(refused.At, refused.Why);
        var now = time.GetUtcNow();
        return BulkItem.Answer(context, stored.Select(order => BulkItem.Whole(order.Terms.Uuid.ToString(), order, now)));
    }

    private static async Task<IResult> EachAsync(
        HttpContext context, NewBatchRecord body, Result<NewOrder>[] read, PlaceOrders place, TimeProvider time, CancellationToken token)
    {
        var placed =
            new Queue<Result<Order>>(await place.EachAsync([.. read.Where(one => one.Error is null).Select(one => one.Value)], token));
        var now = time.GetUtcNow();
        return BulkItem.Answer(context,
            read.Zip(body.Orders.Value!,
                (one, sent) => BulkItem.Whole(UuidOf(sent), one.IsRejected(out var why) ? why : placed.Dequeue(), now)));
    }

    private static string? UuidOf(NewOrderRecord body) => body.Uuid.IsRead ? body.Uuid.Value.ToString() : null;
}
