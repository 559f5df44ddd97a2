using System.Diagnostics.CodeAnalysis;
using OrderService.Domain.Orders;
using OrderService.Domain.Scheduling;

namespace OrderService.Api.Tread;

/// <summary>
/// A strategy: its name and id on this wire, and what it is to the engine. The ids of TWAP, VWAP, Market and Limit are the vendor's; the
/// others are of version 5 over <c>tread:strategy:name</c>.
/// </summary>
internal sealed record Strategy(string Name, Guid Id, CurvePace Pace, CurveShape Shape = CurveShape.Twap)
{
    public static readonly Strategy Twap = new("TWAP", new("6fe4ba3e-c578-45bd-824c-c523bf3c56de"), CurvePace.Curve);
    public static readonly Strategy Vwap = new("VWAP", new("8fd62b68-85d9-4346-8366-311c9a2a1d7a"), CurvePace.Curve, CurveShape.Vwap);
    public static readonly Strategy Shortfall =
        new("IS", new("18c2973a-547d-588f-8f43-4ac6b8e34cdc"), CurvePace.Curve, CurveShape.Shortfall);
    public static readonly Strategy TargetTime =
        new("Target Time", new("a910e423-07b5-556b-895f-eab0e0f47ec0"), CurvePace.Curve, CurveShape.TargetTime);
    public static readonly Strategy Market = new("Market", new("847de9f1-8310-4a79-b76e-8559cdfe7b81"), CurvePace.Turns);
    public static readonly Strategy Limit = new("Limit", new("c94f84c7-72ef-4bc6-b13c-d2ff10bbd8eb"), CurvePace.Turns);
    public static readonly Strategy Iceberg = new("Iceberg", new("dd770976-dda0-53f5-9786-905ce2ebdbe4"), CurvePace.Uneven);
    public static readonly Strategy Ioc = new("IOC", new("46e1579a-a00e-522b-ac79-274ad7f43b9d"), CurvePace.Once);

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<Strategy> All { get; } = [Twap, Vwap, Shortfall, TargetTime, Market, Limit, Iceberg, Ioc];

    /// <summary>True where no duration has to be given.</summary>
    public bool IsSimple => Pace != CurvePace.Curve;

    /// <summary>The strategy of a name, in any case, or of an id.</summary>
    public static bool TryFind(string? text, [NotNullWhen(true)] out Strategy? strategy)
    {
        var isId = Guid.TryParse(text, out var id);
        strategy = All.FirstOrDefault(s => isId ? s.Id == id : string.Equals(s.Name, text, StringComparison.OrdinalIgnoreCase));
        return strategy is not null;
    }
}

/// <summary>A preset for what a request leaves out: it overrides nothing that is given, and the strategy still decides the curve.</summary>
internal sealed record SuperStrategy(string Name, Guid Id, Strategy Strategy)
{
    public static readonly SuperStrategy ParticipationRate =
        new("Target Participation Rate", new("5934a81b-44ab-5fac-9f2d-dc3ee863734f"), Strategy.Vwap);

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<SuperStrategy> All { get; } =
    [
        new("Impact Minimization", new("d960c28f-a6bd-4f55-9c5c-fc561cc95640"), Strategy.Vwap),
        new("Time Constant (TWAP)", new("9004360c-a943-541b-a16c-71b64304c154"), Strategy.Twap),
        new("Arrival Price", new("f028ba50-42b1-5d92-998d-1bb6afc857cd"), Strategy.Shortfall),
        ParticipationRate,
        new("Target Time", new("69060c27-1762-5547-b37a-fc72ec9fcef8"), Strategy.TargetTime),
        new("Aggressive Taker", new("8f538502-1390-5970-b667-644e65f0280d"), Strategy.Vwap) { Passiveness = "0", Tilt = "0.5" },
        new("Market Maker", new("c35d29ed-e69e-587b-b5d3-b2971c827476"), Strategy.Vwap) { IsPassiveOnly = true },
        new("Aggressive Maker", new("7f62fb83-07f1-59ff-a018-02aa184e2e03"), Strategy.Vwap) { IsPassiveOnly = true },
    ];

    public string Passiveness { get; init; } = "0.02";

    public string Tilt { get; init; } = "0";

    /// <summary>True where it rests in a book, of which a swap router has none.</summary>
    public bool IsPassiveOnly { get; init; }

    /// <summary>The preset of a name, in any case, or of an id.</summary>
    public static bool TryFind(string? text, [NotNullWhen(true)] out SuperStrategy? found)
    {
        var isId = Guid.TryParse(text, out var id);
        found = All.FirstOrDefault(s => isId ? s.Id == id : string.Equals(s.Name, text, StringComparison.OrdinalIgnoreCase));
        return found is not null;
    }
}
