using OrderService.Domain.Orders;

namespace OrderService.Api.Tread;

/// <summary>
/// What cannot be on a swap router (contract §15): refused, where ignoring it would do something else than was asked for; warned of, where
/// it changes nothing that was promised.
/// </summary>
internal static class Incompatible
{
    private static readonly string[] Ignored = ["active_limit", "dicy", "soft_pause", "cleanup_on_cancel"];

    /// <summary>True where the order asks for something that no router has.</summary>
    public static bool Is(NewOrderBody body) =>
        body.AsksForOtherVenue || body.Pair is { Variant: not null } || body.SuperStrategy is { IsPassiveOnly: true }
        || body.Params.Has("passive_only") || body.Params.Has("spot_leverage")
        || (body.Params.Has("reduce_only") && body.Side == TradeSide.Buy)
        || string.Equals(body.PosSide, "short", StringComparison.OrdinalIgnoreCase)
        || (body.SuperStrategy == SuperStrategy.ParticipationRate && body.PovTarget is null)
        || (body.PovTarget is not null && (body.Params.Has("ool_pause") || body.Strategy.IsSimple));

    /// <summary>The sentences about what is stored and has no effect.</summary>
    public static IEnumerable<string> Warnings(NewOrderBody body)
    {
        if (body.MaxOtc is { IsPositive: true }) yield return Told("max_otc");
        if (body.ChaseDecay is not null) yield return Told("chase_decay");
        foreach (var name in Ignored.Where(body.Params.Has)) yield return Told(name);
    }

    /// <summary>The refusal.</summary>
    public static TreadFault Fault() => TreadFaults.Errors(422, "incompatible", TreadFaults.Incompatible);

    private static string Told(string name) => $"{name} has no effect on this venue";
}
