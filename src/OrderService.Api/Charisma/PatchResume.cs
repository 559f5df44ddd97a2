using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>PATCH orders/{uuid}/resume: the order waits for its price and time again. An addition of ours to this wire.</summary>
internal static class PatchResume
{
    public static async Task<IResult> HandleAsync(HttpContext context, ResumeOrder resume, CancellationToken token)
    {
        var call = OrderProof.CallOf(context);
        return (await resume.HandleAsync(call.Uuid, call.Caller, token)).IsRejected(out var why, out var view)
            ? CharismaErrors.From(why) : Answers.Order(context, view);
    }
}
