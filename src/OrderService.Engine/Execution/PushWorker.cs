using Microsoft.Extensions.Options;
using OrderService.Engine.Pricing;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>Between two beats: judges what a stream pushed and claims what its price crossed. Nobody is asked for it, neither a source nor the venue for a quote; all else waits for the beat.</summary>
internal sealed class PushWorker(PricePoller prices, PriceMoved moved, Sweep sweep, IOptions<PricingOptions> options, TimeProvider time, EngineTelemetry telemetry) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Sources.KrakenStream is not { } stream) return;
        while (true)
        {
            await moved.WaitAsync(stoppingToken);
            try
            {
                await prices.JudgeAgainAsync(stoppingToken);
                await sweep.CrossAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                telemetry.WorkerFailed("push", failure);
            }
            await Task.Delay(stream.SweepPause, time, stoppingToken);
        }
    }
}
