using System.Diagnostics;

namespace OrderService.Engine.Telemetry;

/// <summary>
/// The numbered steps of an order's life as activities: traces show them, and a test that listens can end the process at one.
/// </summary>
internal static class EngineActivities
{
    /// <summary>Step 1: waiting slices become somebody's.</summary>
    public const string Claim = "execute.claim";

    /// <summary>Step 2: quote, check, build.</summary>
    public const string Quote = "execute.quote";

    /// <summary>Step 3: the attempt and the new state, in one transaction.</summary>
    public const string Commit = "execute.commit";

    /// <summary>Step 4: the bytes leave.</summary>
    public const string Send = "execute.send";

    /// <summary>Step 5: the chain's answer is written down.</summary>
    public const string Settle = "execute.settle";

    /// <summary>One pass over all pairs and moments.</summary>
    public const string Sweep = "sweep";

    /// <summary>Where the activities come from.</summary>
    public static ActivitySource Source { get; } = new("OrderService.Engine");

    /// <summary>Starts an activity; null where nobody listens, which costs nothing.</summary>
    public static Activity? Start(string name) => Source.StartActivity(name);
}
