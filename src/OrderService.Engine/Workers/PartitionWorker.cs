using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Workers;

/// <summary>Keeps this node's share of the partitions; nothing where the store is not divided.</summary>
internal sealed class PartitionWorker(PartitionShare share, WorkerContext context) : PeriodicWorker(WorkerNames.Partition, context)
{
    /// <inheritdoc/>
    protected override TimeSpan Pause => TimeSpan.FromSeconds(0.7);

    /// <inheritdoc/>
    protected override bool RestsInRealTime => true; // as leases are

    /// <inheritdoc/>
    protected override Task WorkAsync(CancellationToken token) => share.LookAsync(token);

    /// <inheritdoc/>
    protected override Task LeaveAsync(CancellationToken token) => share.Place.IsWhole ? Task.CompletedTask : share.LeaveAsync(token);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        share.Place.IsWhole ? Task.CompletedTask : LoopAsync(stoppingToken);
}
