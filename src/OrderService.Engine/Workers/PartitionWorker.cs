using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Workers;

/// <summary>Keeps this node's share of the partitions; nothing where the store is not divided.</summary>
internal sealed class PartitionWorker(PartitionShare share, WorkerContext context) : PeriodicWorker(WorkerNames.Partition, context)
{
    /// <inheritdoc/>
    protected override TimeSpan Pause => TimeSpan.FromSeconds(0.7);

    /// <summary>Leaves its partition to another node.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (share.Place.IsWhole) return;
        try
        {
            await share.LeaveAsync(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Telemetry.WorkerFailed(WorkerNames.Partition, failure); // the rows end by themselves
        }
    }

    /// <inheritdoc/>
    protected override Task WorkAsync(CancellationToken token) => share.LookAsync(token);

    // Leases are of real time, however fast the engine's runs.
    /// <inheritdoc/>
    protected override Task RestAsync(TimeSpan pause, CancellationToken token) => Task.Delay(pause, Time, token);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        share.Place.IsWhole ? Task.CompletedTask : LoopAsync(stoppingToken);
}
