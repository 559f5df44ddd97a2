using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace OrderService.Engine.Telemetry;

/// <summary>
/// Listens to the service's own meters, the runtime's and Npgsql's, and keeps the sums for <c>/metrics</c>. It hears only what is measured
/// after it was made, so it is made before anything measures. Of the service's own meters only those of its host are heard, where several
/// hosts share a process; the runtime's and Npgsql's are the process's.
/// </summary>
internal sealed class MetricsRegistry : IDisposable
{
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _observing = new();
    private readonly List<(string Label, MetricsRegistry Registry)> _partitions = [];
    private readonly IMeterFactory? _scope;

    public MetricsRegistry(IMeterFactory? scope = null)
    {
        _scope = scope;
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((MetricFamily)state!).Measure(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => ((MetricFamily)state!).Measure(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((MetricFamily)state!).Measure(value, tags));
        _listener.Start();
    }

    /// <summary>The meters that are told of.</summary>
    public static bool Hears(string meter) =>
        IsOwn(meter)
            || meter is "System.Runtime" or "Microsoft.AspNetCore.Hosting" or "Npgsql";

    /// <summary>The service's own.</summary>
    public static bool IsOwn(string meter) => meter.StartsWith("OrderService.", StringComparison.Ordinal);

    /// <summary>Tells of a partition beside the first too: what the service's own meters of it say, with its number.</summary>
    public void Add(int partition, MetricsRegistry registry) =>
        _partitions.Add((string.Create(CultureInfo.InvariantCulture, $"partition=\"{partition}\""), registry));

    /// <summary>The exposition of this moment.</summary>
    public string Expose()
    {
        lock (_observing)
        {
            var all = Observe().Select(family => (family, Label: "")).Concat(_partitions.SelectMany(
                one => one.Registry.Observe().Where(family => family.IsOwn).Select(family => (family, one.Label))));
            return PrometheusText.Of(all.OrderBy(one => one.family.Name, StringComparer.Ordinal));
        }
    }

    public void Dispose() => _listener.Dispose();

    private List<MetricFamily> Observe()
    {
        foreach (var family in _families.Values) family.BeginObservation();
        _listener.RecordObservableInstruments();
        return [.. _families.Values];
    }

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!IsOfThisHost(instrument.Meter) || !Hears(instrument.Meter.Name)) return;
        var family = MetricFamily.Of(instrument);
        var shared = _families.GetOrAdd(family.Name, family);
        if (shared.Kind == family.Kind) listener.EnableMeasurementEvents(instrument, shared);
    }

    private bool IsOfThisHost(Meter meter) =>
        _scope is null || ReferenceEquals(meter.Scope, _scope) || (meter.Scope is null && !IsOwn(meter.Name));
}
