namespace OrderService.Engine.Telemetry;

/// <summary>Every background worker by name, as metrics, logs and readiness call it: a closed set.</summary>
internal static class WorkerNames
{
    public const string ApiKeyUsage = "api_key_usage";
    public const string Clock = "clock";
    public const string Curves = "curves";
    public const string Ended = "ended";
    public const string Events = "events";
    public const string Execution = "execution";
    public const string Gauges = "gauges";
    public const string Leases = "leases";
    public const string Messages = "messages";
    public const string Nonces = "nonces";
    public const string Partition = "partition";
    public const string PriceHistory = "price_history";
    public const string PriceLead = "price_lead";
    public const string Push = "push";
    public const string Settlement = "settlement";
    public const string Sweep = "sweep";
    public const string Switches = "switches";
    public const string Tick = "tick";
    public const string Vacuum = "vacuum";
    public const string Volume = "volume";
    public const string Wake = "wake";
    public const string Webhooks = "webhooks";
    public const string Withdrawals = "withdrawals";
    public const string Writer = "writer";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [ApiKeyUsage, Clock, Curves, Ended, Events, Execution, Gauges, Leases, Messages, Nonces, Partition, PriceHistory, PriceLead, Push,
            Settlement, Sweep, Switches, Tick, Vacuum, Volume, Wake, Webhooks, Withdrawals, Writer];
}
