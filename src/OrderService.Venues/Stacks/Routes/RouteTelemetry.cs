using System.Diagnostics.Metrics;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>
/// What happened to vaults and routes, one method a fact: it logs and counts. What goes on from one reading to the next is logged when it
/// begins and when it ends.
/// </summary>
internal sealed class RouteTelemetry
{
    public const string MeterName = "OrderService.Routes";

    private readonly ILogger<RouteTelemetry> _log;
    private readonly Counter<long> _readings;
    private readonly Counter<long> _confirmations;
    private readonly Gauge<long> _vaults;
    private VaultCounts? _told;
    private string? _failing;

    public RouteTelemetry(ILogger<RouteTelemetry> log, IMeterFactory? meters = null)
    {
        _log = log;
        var meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _readings = meter.CreateCounter<long>("orderservice.routes.readings", description: "Readings of the vault list, by outcome.");
        _confirmations = meter.CreateCounter<long>("orderservice.routes.confirmations",
            description: "Routes that vaults were asked to confirm, by outcome.");
        _vaults = meter.CreateGauge<long>("orderservice.routes.vaults", description: "Entries of the vault list, by what became of them.");
        foreach (var outcome in (string[])["loaded", "failed"]) _readings.Add(0, Label("outcome", outcome));
        foreach (var outcome in Enum.GetValues<ConfirmOutcome>()) _confirmations.Add(0, Label("outcome", NameOf(outcome)));
    }

    public void ListLoaded(VaultCounts counts)
    {
        _readings.Add(1, Label("outcome", "loaded"));
        foreach (var (use, count) in new[] { ("used", counts.Used), ("other_kind", counts.OtherKinds), ("bad", counts.Bad) })
            _vaults.Record(count, Label("use", use));
        if (Interlocked.Exchange(ref _failing, null) is not null) _log.LogInformation("The vault list answers again");
        if (_told == counts) return;
        _told = counts;
        _log.LogInformation("Routes use {Used} vaults; {OtherKinds} are of other kinds, {Bad} cannot be used", counts.Used,
            counts.OtherKinds, counts.Bad);
    }

    public void ListFailed(string why)
    {
        _readings.Add(1, Label("outcome", "failed"));
        if (Interlocked.Exchange(ref _failing, why) is null) _log.LogWarning("The vault list failed, the last one stays: {Fault}", why);
    }

    public void ListRestored(DateTimeOffset readAt) =>
        _log.LogInformation("Routes use the vault list that was read at {ReadAt}, until it answers again", readAt);

    public void KeptListFailed(Exception fault) => _log.LogWarning(fault, "The vault list of earlier could not be stored or read");

    public void RefreshFaulted(Exception fault)
    {
        _readings.Add(1, Label("outcome", "failed"));
        _log.LogError(fault, "Reading the vaults failed unexpectedly");
    }

    public void Confirmed(ConfirmOutcome outcome) => _confirmations.Add(1, Label("outcome", NameOf(outcome)));

    private static string NameOf(ConfirmOutcome outcome) => outcome switch
    {
        ConfirmOutcome.Confirmed => "confirmed",
        ConfirmOutcome.Refused => "refused",
        _ => "unanswered",
    };

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}
