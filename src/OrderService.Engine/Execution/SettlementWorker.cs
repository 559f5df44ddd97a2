using Microsoft.Extensions.Options;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>Follows what is in flight until it is final, at a steady pace: a send changes nothing before its block.</summary>
internal sealed class SettlementWorker(SettleAttempts settle, IOptions<ExecutionOptions> options, TimeProvider time, WorkerBeats beats, EngineTelemetry telemetry) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await settle.TickAsync(stoppingToken);
                beats.Beat("settlement");
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                telemetry.WorkerFailed("settlement", failure);
            }
            await Task.Delay(options.Value.SettleInterval, time, stoppingToken);
        }
    }
}
