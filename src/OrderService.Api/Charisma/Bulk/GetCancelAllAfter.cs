using OrderService.Api.Wire;
using OrderService.Engine.Switches;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>GET orders/cancel-all-after: the dead man's switches that the wallet has armed, the next first.</summary>
internal static class GetCancelAllAfter
{
    public static async Task<IResult> HandleAsync(HttpContext context, ListSwitches list, CancellationToken token)
    {
        var armed = await list.HandleAsync(OwnReads.CallerOf(context).Owner, token);
        return JsonAnswer.Fresh(context, new SwitchListRecord { Status = Answers.Success, Data = [.. armed.Select(PostCancelAllAfter.Of)] },
            CharismaJson.Default.SwitchListRecord);
    }
}
