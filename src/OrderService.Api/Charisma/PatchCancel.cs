using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>PATCH orders/{uuid}/cancel: definitive. Either no swap follows, or a transaction decides and its id is in the refusal.</summary>
internal static class PatchCancel
{
    public static async Task<IResult> HandleAsync(HttpContext context, CancelOrder cancel, CancellationToken token)
    {
        var call = OrderProof.CallOf(context);
        return (await cancel.HandleAsync(call.Uuid, call.Caller, token)).IsRejected(out var why, out var view) ? CharismaErrors.From(why) : Answers.Order(context, view);
    }
}
