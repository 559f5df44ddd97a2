using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Pricing;

/// <summary>Records the market's volume as its minutes end, where the venue tells it.</summary>
internal sealed class VolumeWorker(VolumeHistory volumes, TimeProvider time, EngineTelemetry telemetry) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!volumes.HasSource) return;
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                await volumes.RecordAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                telemetry.WorkerFailed("volume", failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
