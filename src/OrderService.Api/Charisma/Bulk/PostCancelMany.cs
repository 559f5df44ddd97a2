using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>
/// POST orders/batch/cancel: cancels up to 100 orders in one transaction, each for itself and as definitively as one alone.
/// </summary>
internal static class PostCancelMany
{
    public static async Task<IResult> HandleAsync(HttpContext context, CancelOrder cancel, TimeProvider time, CancellationToken token)
    {
        var call = CallProof<ManyRecord>.CallOf(context);
        if (call.Asked.ReadUuids().IsRejected(out var why, out var uuids)
            || (await cancel.HandleAsync(uuids, call.Caller, token)).IsRejected(out why, out var done))
        {
            return CharismaErrors.From(why);
        }
        var now = time.GetUtcNow();
        return BulkItem.Answer(context, uuids.Zip(done, (uuid, one) => BulkItem.Standing(uuid, one, now)));
    }
}
