using System.Globalization;

namespace OrderService.Benchmarks.Ground;

/// <summary>The memory that a process has in RAM (VmRSS), in MiB: at a moment, and the most of it while this watches.</summary>
internal sealed class ResidentMemory : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly CancellationTokenSource _stops = new();
    private readonly int _processId;
    private readonly Task _watching;

    public ResidentMemory(int processId)
    {
        _processId = processId;
        Peak = Now;
        _watching = Task.Run(WatchAsync);
    }

    public double Peak { get; private set; }

    public double Now
    {
        get
        {
            var line = File.ReadLines($"/proc/{_processId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stops.CancelAsync();
        await _watching;
        _stops.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(_stops.Token)) Peak = Math.Max(Peak, Now);
        }
        catch (OperationCanceledException)
        {
            // It was told to stop.
        }
    }
}
