using OrderService.Tests.Reliability;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// Blocks at the pace of those who live by them: the next one is mined once the services have looked at the chain some times since the
/// last, and then each watch has looked too. So a busy machine makes blocks rarer, and what is counted in blocks tells of the service
/// alone.
/// </summary>
internal sealed class PacedBlocks : IAsyncDisposable
{
    private const int WatchLooks = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly DevnetProcess _devnet;
    private readonly TimeSpan _least;
    private readonly int _after;
    private readonly Func<Task<bool>>[] _looks;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _loop;

    private PacedBlocks(
        DevnetProcess devnet, int blockMs, int passes, IReadOnlyList<ServiceProcess> services, string[] workers, Func<long>[] watches)
    {
        (_devnet, _least, _after) = (devnet, TimeSpan.FromMilliseconds(blockMs), blockMs);
        var served = services.SelectMany(service => workers.Select(worker => (Service: service, Worker: worker))).ToArray();
        _looks =
        [
            () => AdvancedAsync(served.Select(of => (Func<Task<long?>>)(() => of.Service.PassesAsync(of.Worker))).ToArray(), passes),
            () => AdvancedAsync(watches.Select(looks => (Func<Task<long?>>)(() => Task.FromResult<long?>(looks()))).ToArray(), WatchLooks),
        ];
        _loop = LoopAsync();
    }

    /// <summary>
    /// Stops the devnet's own timer and mines in its place, at most a block each <paramref name="blockMs"/>; disposed, the timer is on
    /// again.
    /// </summary>
    public static async Task<PacedBlocks> StartAsync(
        DevnetProcess devnet, int blockMs, int passes, IReadOnlyList<ServiceProcess> services, string[] workers,
        params Func<long>[] watches)
    {
        await devnet.AutoAsync(0);
        return new PacedBlocks(devnet, blockMs, passes, services, workers, watches);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _loop;
        _over.Dispose();
        await _devnet.AutoAsync(_after);
    }

    private async Task LoopAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            var least = Task.Delay(_least);
            foreach (var look in _looks) if (!await look()) return;
            await least;
            try
            {
                await _devnet.MineAsync();
            }
            catch (Exception away) when (away is HttpRequestException or InvalidOperationException)
            {
                // A fault of the devnet's own: it will be back.
            }
        }
    }

    // False where it is over first. A process that is not there answers null and holds nobody up.
    private async Task<bool> AdvancedAsync(Func<Task<long?>>[] counts, int by)
    {
        foreach (var (count, from) in counts.Zip(await Task.WhenAll(counts.Select(count => count()))))
        {
            while (await count() is { } now && now < (from ?? now) + by)
            {
                if (_over.IsCancellationRequested) return false;
                await Task.Delay(Pause);
            }
        }
        return true;
    }
}
