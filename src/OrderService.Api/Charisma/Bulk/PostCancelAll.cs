using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>
/// POST orders/cancel-all: cancels every open order of the wallet that the filter means, by whatever wire it came, with a result for each.
/// </summary>
internal static class PostCancelAll
{
    public static async Task<IResult> HandleAsync(HttpContext context, CancelAllOrders cancel, TimeProvider time, CancellationToken token)
    {
        var call = CallProof<CancelAllRecord>.CallOf(context);
        if ((await cancel.HandleAsync(call.Asked.Filter.Value!.Filter, call.Caller, token)).IsRejected(out var why, out var all))
            return CharismaErrors.From(why);
        var now = time.GetUtcNow();
        return BulkItem.Answer(context, all.Orders.Select(one => BulkItem.Standing(one.Uuid, one.Done, now)), all.IsComplete);
    }
}
