using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace OrderService.Engine.Pricing;

/// <summary>
/// What happened to prices, one method a fact: it logs and counts. What goes on from poll to poll is logged when it begins and
/// when it ends, and counted every time. Without a meter factory it has a meter of its own.
/// </summary>
internal sealed class PricingTelemetry
{
    public const string MeterName = "OrderService.Pricing";

    private readonly ILogger<PricingTelemetry> _log;
    private readonly Counter<long> _polls;
    private readonly Counter<long> _answers;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _historyFailures;
    private readonly Counter<long> _rowsFailures;
    private readonly Gauge<int> _asking;
    private readonly ConcurrentDictionary<string, bool> _failing = new();
    private HashSet<PriceRejectionKey> _told = [];

    public PricingTelemetry(ILogger<PricingTelemetry> log, IMeterFactory? meters = null)
    {
        _log = log;
        var meter = meters?.Create(MeterName) ?? new Meter(MeterName);
        _polls = meter.CreateCounter<long>("orderservice.prices.polls", description: "Polls of all price sources.");
        _answers = meter.CreateCounter<long>("orderservice.prices.answers",
            description: "Answers of price sources, by source and outcome.");
        _rejected = meter.CreateCounter<long>("orderservice.prices.rejected",
            description: "Observations and prices that were not believed, by reason.");
        _historyFailures = meter.CreateCounter<long>("orderservice.prices.history_failures",
            description: "Writes and clean-ups of the price history that failed.");
        _rowsFailures = meter.CreateCounter<long>("orderservice.prices.rows_failures",
            description: "Reads and writes of what the nodes believe together that failed.");
        _asking = meter.CreateGauge<int>("orderservice.prices.asking",
            description: "1 on the node that asks the price sources for all; else 0.");
        _polls.Add(0);
        _rowsFailures.Add(0);
        _asking.Record(0);
        _historyFailures.Add(0);
        foreach (var reason in RejectionReasons.Names) _rejected.Add(0, Label("reason", reason));
    }

    private readonly record struct PriceRejectionKey(string Token, string? Source, RejectionReason Reason);

    public void SourceKnown(string source)
    {
        foreach (var outcome in (string[])["answered", "failed"]) _answers.Add(0, Label("source", source), Label("outcome", outcome));
        _log.LogInformation("Prices come from {Source}", source);
    }

    public void Polled() => _polls.Add(1);

    public void SourceAnswered(string source)
    {
        _answers.Add(1, Label("source", source), Label("outcome", "answered"));
        if (_failing.TryRemove(source, out _)) _log.LogInformation("Price source {Source} answers again", source);
    }

    // The message of a fault may hold an address with a key in it, so only our own is logged.
    public void SourceFailed(string source, Exception fault)
    {
        _answers.Add(1, Label("source", source), Label("outcome", "failed"));
        if (_failing.TryAdd(source, true))
            _log.LogWarning("Price source {Source} failed: {Fault}", source, PriceSourceException.Told(fault));
    }

    /// <summary>All that one poll did not believe; nothing, where it believed everything.</summary>
    public void Rejected(IReadOnlyList<PriceRejection> rejections)
    {
        var now = new HashSet<PriceRejectionKey>();
        foreach (var rejection in rejections)
        {
            _rejected.Add(1, Label("reason", rejection.Reason.Name()));
            var key = new PriceRejectionKey(rejection.Token.ToString(), rejection.Source, rejection.Reason);
            if (now.Add(key) && !_told.Contains(key))
            {
                _log.LogWarning("Price of {Token} from {Source} is not believed, {Reason}: {Detail}", key.Token,
                    key.Source ?? "all sources", key.Reason.Name(), rejection.Detail);
            }
        }
        _told = now;
    }

    public void HistoryWritten()
    {
        if (_failing.TryRemove(nameof(HistoryFailed), out _)) _log.LogInformation("The price history is written again");
    }

    public void HistoryFailed(Exception fault)
    {
        _historyFailures.Add(1);
        if (_failing.TryAdd(nameof(HistoryFailed), true)) _log.LogWarning(fault, "The price history cannot be reached");
    }

    /// <summary>This node asks for all from now on, or does not any more.</summary>
    public void Asks(bool isThisNode)
    {
        _asking.Record(isThisNode ? 1 : 0);
        if (isThisNode) _log.LogInformation("This node asks the price sources for all");
        else _log.LogInformation("This node does not ask the price sources any more");
    }

    public void RowsReached()
    {
        if (_failing.TryRemove(nameof(RowsFailed), out _)) _log.LogInformation("What the nodes believe of prices is shared again");
    }

    public void RowsFailed(Exception fault)
    {
        _rowsFailures.Add(1);
        if (_failing.TryAdd(nameof(RowsFailed), true)) _log.LogWarning(fault, "What the nodes believe of prices cannot be shared");
    }

    public void HistoryThinned(long points) => _log.LogDebug("Removed {Points} points from the price history", points);

    private static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}
