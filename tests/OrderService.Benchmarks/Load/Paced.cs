using System.Diagnostics;
using OrderService.Benchmarks.Ground;

namespace OrderService.Benchmarks.Load;

/// <summary>
/// Asks at a steady rate, whether or not earlier ones are answered yet. Each is timed from when it was due, so that a stall is not hidden
/// by the ones it held back.
/// </summary>
internal sealed class Paced(Func<int, Task> ask, int count, int perSecond)
{
    private readonly Lock _gate = new();
    private readonly List<Task> _running = [];
    private bool _stops;

    public Samples Samples { get; private set; } = new();

    public Task RunAsync() =>
        Task.Factory.StartNew(Pace, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    /// <summary>Forgets what was timed so far.</summary>
    public void Restart()
    {
        lock (_gate) Samples = new Samples();
    }

    public void Stop() => Volatile.Write(ref _stops, true);

    private async Task Pace()
    {
        var started = Stopwatch.GetTimestamp();
        var between = Stopwatch.Frequency / (double)perSecond;
        for (var i = 0; i < count && !Volatile.Read(ref _stops); i++)
        {
            var due = started + (long)(i * between);
            while (Stopwatch.GetTimestamp() < due) Thread.Sleep(1);
            _running.Add(OneAsync(i, due));
        }
        await Task.WhenAll(_running);
    }

    private async Task OneAsync(int number, long due)
    {
        await Task.Yield();
        await ask(number);
        var took = Stopwatch.GetElapsedTime(due);
        lock (_gate) Samples.Add(took);
    }
}
