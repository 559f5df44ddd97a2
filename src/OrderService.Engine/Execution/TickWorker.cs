using Microsoft.Extensions.Options;
using OrderService.Engine.Execution.Curves;
using OrderService.Engine.Pricing;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>The heartbeat: polls prices, then sweeps where this node runs the engine. What one beat could not do, the next does.</summary>
internal sealed class TickWorker(PricePoller prices, Sweep sweep, AdvanceCurves curves, IOptions<PricingOptions> options, IOptions<ExecutionOptions> execution, TimeProvider time, WorkerBeats beats, EngineTelemetry telemetry) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval, time);
        do
        {
            try
            {
                await prices.PollAsync(stoppingToken);
                if (execution.Value.Enabled)
                {
                    await AdvanceAsync(stoppingToken);
                    await sweep.TickAsync(stoppingToken);
                }
                beats.Beat("tick");
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                telemetry.WorkerFailed("tick", failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Whatever is wrong with one kind of order must not hold up the others.
    private async Task AdvanceAsync(CancellationToken token)
    {
        try
        {
            await curves.TickAsync(token);
        }
        catch (Exception failure) when (!token.IsCancellationRequested)
        {
            telemetry.WorkerFailed("curves", failure);
        }
    }
}
