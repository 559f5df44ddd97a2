using Microsoft.Extensions.Options;
using OrderService.Engine.Execution.Curves;
using OrderService.Engine.Pricing;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Execution;

/// <summary>The heartbeat: polls prices, then sweeps where this node runs the engine. While the time is not known it only polls.</summary>
internal sealed class TickWorker(
    PricePoller prices, Sweep sweep, AdvanceCurves curves, IOptions<PricingOptions> options, IOptions<ExecutionOptions> execution,
    WorkerContext context)
    : PeriodicWorker(WorkerNames.Tick, context)
{
    protected override TimeSpan Pause => options.Value.PollInterval;

    protected override bool KeepsTime => true;

    protected override async Task WorkAsync(CancellationToken token)
    {
        await prices.PollAsync(token);
        if (!execution.Value.Enabled || IsHeld) return;
        await AdvanceAsync(token);
        await sweep.TickAsync(token);
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
            Telemetry.WorkerFailed(WorkerNames.Curves, failure);
        }
    }
}
