using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace OrderService.Engine.Telemetry;

/// <summary>All series of one name in the exposition. Instruments that come to the same name and kind share it.</summary>
internal sealed class MetricFamily
{
    // A label that grows without end is a mistake somewhere; it must not become this process's memory.
    private const int SeriesMax = 1000;

    // The hosting meter's other labels say what never varies here.
    private static readonly string[] Unwanted =
        ["url.scheme", "network.protocol.name", "network.protocol.version", "aspnetcore.request.is_unhandled"];

    // The hosting meter's fourteen bounds for every route and status would be most of the page, and none is below 5 ms.
    private static readonly double[] RequestBounds = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5];

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new();
    private readonly bool _isObservable;
    private readonly bool _isAbsolute; // measurements are values rather than changes
    private volatile Measured? _last;

    private MetricFamily(string name, string kind, string help, double[] bounds, bool isObservable, bool isAbsolute) =>
        (Name, Kind, Help, Bounds, _isObservable, _isAbsolute) = (name, kind, help, bounds, isObservable, isAbsolute);

    /// <summary>True of one of the service's own meters.</summary>
    public bool IsOwn { get; private init; }

    public string Name { get; }

    /// <summary>counter, gauge, histogram or summary.</summary>
    public string Kind { get; }

    public string Help { get; }

    public double[] Bounds { get; }

    public IEnumerable<KeyValuePair<string, MetricSeries>> Series => _series.OrderBy(s => s.Key, StringComparer.Ordinal);

    /// <summary>The family of an instrument: a histogram without bounds of its own becomes a summary, which is its sum and count.</summary>
    public static MetricFamily Of(Instrument instrument)
    {
        var bounds = instrument.Name == "http.server.request.duration"
            ? RequestBounds : (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries?.ToArray() ?? [];
        var type = instrument.GetType();
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var kind = definition == typeof(Counter<>) || definition == typeof(ObservableCounter<>) ? "counter"
            : definition == typeof(Histogram<>) ? bounds.Length > 0 ? "histogram" : "summary"
            : "gauge";
        var isAbsolute = instrument.IsObservable || definition == typeof(Gauge<>);
        return new MetricFamily(NameOf(instrument, kind), kind, instrument.Description ?? "", bounds, instrument.IsObservable, isAbsolute)
        {
            IsOwn = MetricsRegistry.IsOwn(instrument.Meter.Name),
        };
    }

    public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if ((_last is { } last && last.Has(tags) ? last.Series : SeriesOf(tags)) is not { } series) return;
        if (_isAbsolute) series.Set(value);
        else series.Add(value);
    }

    /// <summary>Forgets what was observed, so that a label that is not observed any more is not shown for ever.</summary>
    public void BeginObservation()
    {
        if (!_isObservable) return;
        _series.Clear();
        _last = null;
    }

    // Null where there are too many.
    private MetricSeries? SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = MetricLabels.Of(tags, static name => !Unwanted.Contains(name));
        if (!_series.TryGetValue(labels, out var series))
        {
            if (_series.Count >= SeriesMax) return null;
            series = _series.GetOrAdd(labels, static (_, bounds) => new MetricSeries(bounds), Bounds);
        }
        _last = new Measured(tags.ToArray(), series);
        return series;
    }

    private static string NameOf(Instrument instrument, string kind)
    {
        var name = new StringBuilder();
        MetricLabels.AppendName(name, instrument.Name);
        var unit = instrument.Unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", _ => "" };
        if (!name.ToString().EndsWith(unit, StringComparison.Ordinal)) name.Append(unit);
        return kind == "counter" ? name.Append("_total").ToString() : name.ToString();
    }

    // Most measurements have the labels of the one before, whose text then need not be made again.
    private sealed record Measured(KeyValuePair<string, object?>[] Tags, MetricSeries Series)
    {
        public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Length != Tags.Length) return false;
            for (var i = 0; i < tags.Length; i++)
                if (Tags[i].Key != tags[i].Key || !Equals(Tags[i].Value, tags[i].Value)) return false;
            return true;
        }
    }
}
