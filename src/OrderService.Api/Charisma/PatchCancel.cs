using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>
/// PATCH orders/{uuid}/cancel: definitive. Either no swap follows, or a transaction decides and its id is in the refusal.
/// </summary>
internal static class PatchCancel
{
    public static async Task<IResult> HandleAsync(HttpContext context, CancelOrder cancel, FindOrder find, CancellationToken token)
    {
        var call = OrderProof.CallOf(context);
        if ((await cancel.HandleAsync(call.Uuid, call.Caller, token)).IsRejected(out var why, out var order))
            return CharismaErrors.From(why);
        return Answers.Order(context, await find.ViewAsync(order, token));
    }
}
