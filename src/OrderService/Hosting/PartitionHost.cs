using OrderService.Engine.Partitions;

namespace OrderService.Hosting;

/// <summary>Starts and stops what runs in the partitions beside the first, whose workers the host runs itself.</summary>
internal sealed class PartitionHost(AllPartitions partitions) : IHostedService, IAsyncDisposable
{
    private readonly List<IReadOnlyList<IHostedService>> _running = [];

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var number = 1; number < partitions.Count; number++)
        {
            IHostedService[] workers = [.. partitions[number].GetServices<IHostedService>()];
            _running.Add(workers);
            foreach (var worker in workers) await worker.StartAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_running.Select(workers => StopAsync(workers, cancellationToken)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        for (var number = 1; number < partitions.Count; number++) await ((ServiceProvider)partitions[number]).DisposeAsync();
    }

    private static async Task StopAsync(IReadOnlyList<IHostedService> workers, CancellationToken token)
    {
        foreach (var worker in workers.Reverse()) await worker.StopAsync(token);
    }
}
