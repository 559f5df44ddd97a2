using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>PATCH orders/{uuid}/resume: the order waits for its price and time again. An addition of ours to this wire.</summary>
internal static class PatchResume
{
    public static async Task<IResult> HandleAsync(string uuid, HttpContext context, FindOrder find, Authenticator authenticator, ResumeOrder resume, CancellationToken token)
    {
        if ((await OwnersCall.ProveAsync(uuid, "resume_order", context, find, authenticator, token)).IsRejected(out var why, out var call)) return CharismaErrors.From(why);
        return (await resume.HandleAsync(call.Uuid, call.Caller, token)).IsRejected(out why, out var view) ? CharismaErrors.From(why) : Answers.Order(context, view);
    }
}
