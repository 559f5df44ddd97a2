using Microsoft.Extensions.Options;
using OrderService.Orders;
using OrderService.Telemetry;

namespace OrderService.Execution;

/// <summary>Follows what is in flight until it is final.</summary>
internal sealed class SettlementWorker(SettleAttempts settle, IOptions<ExecutionOptions> options, TimeProvider time, EngineSignals signals, WorkerBeats beats, EngineTelemetry telemetry) : BackgroundService
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
            await signals.Sent.WaitAsync(options.Value.SettleInterval, time, stoppingToken);
        }
    }
}
