using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>PATCH orders/{uuid}/cancel: definitive. Either no swap follows, or a transaction decides and its id is in the refusal.</summary>
internal static class PatchCancel
{
    public static async Task<IResult> HandleAsync(string uuid, HttpContext context, FindOrder find, Authenticator authenticator, CancelOrder cancel, CancellationToken token)
    {
        if ((await OwnersCall.ProveAsync(uuid, "cancel_order", context, find, authenticator, token)).IsRejected(out var why, out var call)) return CharismaErrors.From(why);
        return (await cancel.HandleAsync(call.Uuid, call.Caller, token)).IsRejected(out why, out var view) ? CharismaErrors.From(why) : Answers.Order(context, view);
    }
}
