using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>
/// POST orders/batch/execute: swaps up to 100 orders now, together, whatever their prices. Answers each one's transaction.
/// </summary>
internal static class PostExecuteMany
{
    public static async Task<IResult> HandleAsync(HttpContext context, ExecuteOrder execute, TimeProvider time, CancellationToken token)
    {
        var call = CallProof<ExecuteManyRecord>.CallOf(context);
        if (call.Asked.ReadUuids().IsRejected(out var why, out var uuids)
            || (await execute.HandleAsync(uuids, call.Caller, call.Asked.Retry.Value, token)).IsRejected(out why, out var sent))
        {
            return CharismaErrors.From(why);
        }
        var now = time.GetUtcNow();
        return BulkItem.Answer(context, uuids.Zip(sent, (uuid, one) => BulkItem.Sent(uuid, one, now)));
    }
}
