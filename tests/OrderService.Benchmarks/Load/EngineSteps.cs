using System.Collections.Concurrent;
using System.Diagnostics;
using OrderService.Benchmarks.Ground;
using OrderService.Engine.Telemetry;

namespace OrderService.Benchmarks.Load;

/// <summary>
/// How long each step of the engine took, from its own activities. Steps that found nothing to do are among them only where they are steps
/// of an execution.
/// </summary>
internal sealed class EngineSteps : IDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> _took = new(StringComparer.Ordinal);
    private readonly ActivityListener _listener;

    public EngineSteps()
    {
        var engine = EngineActivities.Source;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => ReferenceEquals(source, engine),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => _took.GetOrAdd(activity.OperationName, _ => []).Add(activity.Duration.TotalMilliseconds),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Clear() => _took.Clear();

    /// <summary>The median of each of these steps, milliseconds.</summary>
    public string Medians(params string[] steps) =>
        string.Join(", ", steps.Where(_took.ContainsKey).Select(step => $"{step} {Samples.MedianOf(_took[step]):F2} ms"));

    public void Dispose() => _listener.Dispose();
}
