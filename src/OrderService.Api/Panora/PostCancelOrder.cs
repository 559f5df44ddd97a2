using OrderService.Api.Panora.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Panora;

/// <summary>
/// POST cancelOrder: ends an order for good. Again it answers the same; while a transaction of it is out, the rest is cancelled and the
/// order ends with that one.
/// </summary>
internal static class PostCancelOrder
{
    public static async Task<IResult> HandleAsync(HttpContext context, CancelOrder cancel, PanoraOrders orders, CancellationToken token)
    {
        var product = PanoraProduct.Of(context);
        var caller = CallerProof.CallerOf(context);
        var body = BodyFilter<CancelRecord>.BodyOf(context);
        _ = PanoraTxId.TryParse(body.PanoraTxId.Value.Text, out var id);
        var wallet = FieldReads.Wallet(body.ToWalletAddress);
        var found = await orders.FindAsync(product, caller.Owner, id, token);
        if (found is null) return await orders.AbsentAsync(product, caller.Owner, id, token);
        if (wallet is { } to && found.Recipient != Principal.From(to))
            return PanoraErrors.From(new OrderError.NotFound());
        if (found.Status.IsTerminal())
        {
            return found.Status == OrderStatus.Cancelled
                ? await orders.AnswerAsync(context, product, caller, id, token) : PanoraErrors.From(Ended(found));
        }
        if ((await cancel.HandleAsync(id.Uuid, caller, token)).IsRejected(out var why) && !await WasCancelledAsync(why))
            return PanoraErrors.From(why);
        return await orders.AnswerAsync(context, product, caller, id, token);

        // It ended between the look and the cancel: by another cancel, which is as well, or otherwise.
        async Task<bool> WasCancelledAsync(OrderError refusal)
        {
            if (refusal is not OrderError.NotOpen || await orders.FindAsync(product, caller.Owner, id, token) is not { } ended)
                return false;
            why = Ended(ended);
            return ended.Status == OrderStatus.Cancelled;
        }
    }

    private static OrderError.NotOpen Ended(ScheduledView order) =>
        new(PanoraStatus.Of(order.Status, order.Parts.Confirmed == order.Parts.Count));
}
