using System.Diagnostics;
using OrderService.Benchmarks.Ground;
using OrderService.Orders;

namespace OrderService.Benchmarks.Load;

/// <summary>Creates orders at a steady rate, whether or not earlier ones are answered yet. Each is timed from when it was due, so that a stall is not hidden by the ones it held back.</summary>
internal sealed class PacedCreates(CreateOrder create, NewOrder[] orders, int perSecond)
{
    private readonly Lock _gate = new();
    private readonly List<Task> _running = [];
    private bool _stops;

    public Samples Samples { get; private set; } = new();

    public int Refused { get; private set; }

    public Task RunAsync() => Task.Factory.StartNew(Pace, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

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
        for (var i = 0; i < orders.Length && !Volatile.Read(ref _stops); i++)
        {
            var due = started + (long)(i * between);
            while (Stopwatch.GetTimestamp() < due) Thread.Sleep(1);
            _running.Add(OneAsync(orders[i], due));
        }
        await Task.WhenAll(_running);
    }

    private async Task OneAsync(NewOrder order, long due)
    {
        await Task.Yield();
        var created = await create.HandleAsync(order, CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(due);
        lock (_gate)
        {
            if (created.IsRejected(out _)) Refused++;
            Samples.Add(took);
        }
    }
}
