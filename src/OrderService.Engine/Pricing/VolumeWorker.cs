using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Pricing;

/// <summary>Records the market's volume as its minutes end, where the venue tells it.</summary>
internal sealed class VolumeWorker(VolumeHistory volumes, WorkerContext context) : PeriodicWorker(WorkerNames.Volume, context)
{
    protected override TimeSpan Pause => TimeSpan.FromSeconds(20);

    protected override bool KeepsTime => true;

    protected override Task WorkAsync(CancellationToken token) => volumes.RecordAsync(token);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        volumes.HasSource ? LoopAsync(stoppingToken) : Task.CompletedTask;
}
