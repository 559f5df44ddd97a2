using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Switches;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>
/// POST orders/cancel-all-after: the dead man's switch. What the filter means is cancelled in so many seconds, unless the call is made
/// again before.
/// </summary>
internal static class PostCancelAllAfter
{
    public static async Task<IResult> HandleAsync(HttpContext context, ArmSwitch arm, CancellationToken token)
    {
        var call = CallProof<CancelAllAfterRecord>.CallOf(context);
        var seconds = (int)call.Asked.TimeoutSeconds.Value.ScaleFloor(0);
        if ((await arm.HandleAsync(call.Asked.Filter.Value!.Filter, seconds, call.Caller, token)).IsRejected(out var why, out var armed))
            return CharismaErrors.From(why);
        return JsonAnswer.Fresh(context, new SwitchAnswerRecord { Status = Answers.Success, Data = armed is null ? null : Of(armed) },
            CharismaJson.Default.SwitchAnswerRecord);
    }

    /// <summary>A switch on the wire.</summary>
    public static SwitchRecord Of(CancelSwitch armed) =>
        new()
        {
            FiresAt = IsoTime.Text(armed.FiresAt), Filter = FilterRecord.Of(armed.Filter), ArmedAt = IsoTime.Text(armed.ArmedAt),
            ArmedBy = armed.ArmedBy,
        };
}
