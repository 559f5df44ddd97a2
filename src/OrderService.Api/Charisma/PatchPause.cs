using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>PATCH orders/{uuid}/pause: no tick fires the order until it is resumed. An addition of ours to this wire.</summary>
internal static class PatchPause
{
    public static async Task<IResult> HandleAsync(HttpContext context, PauseOrder pause, CancellationToken token)
    {
        var call = OrderProof.CallOf(context);
        return (await pause.HandleAsync(call.Uuid, call.Caller, token)).IsRejected(out var why, out var view)
            ? CharismaErrors.From(why) : Answers.Order(context, view);
    }
}
