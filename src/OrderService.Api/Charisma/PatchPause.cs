using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>PATCH orders/{uuid}/pause: no tick fires the order until it is resumed. An addition of ours to this wire.</summary>
internal static class PatchPause
{
    public static async Task<IResult> HandleAsync(string uuid, HttpContext context, FindOrder find, Authenticator authenticator, PauseOrder pause, CancellationToken token)
    {
        if ((await OwnersCall.ProveAsync(uuid, "pause_order", context, find, authenticator, token)).IsRejected(out var why, out var call)) return CharismaErrors.From(why);
        return (await pause.HandleAsync(call.Uuid, call.Caller, token)).IsRejected(out why, out var view) ? CharismaErrors.From(why) : Answers.Order(context, view);
    }
}
