using Microsoft.Extensions.Options;
using OrderService.Engine.Clock;
using OrderService.Engine.Execution.Curves;
using OrderService.Engine.Pricing;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Execution;

/// <summary>
/// The heartbeat: looks at the prices, once for all partitions, then sweeps where this node runs the engine. While the time is not known
/// it only looks. What the other nodes are to believe is written beside the sweep.
/// </summary>
internal sealed class TickWorker(
    PricePoller prices, PriceLead lead, Sweep sweep, AdvanceCurves curves, IOptions<PricingOptions> options,
    IOptions<ExecutionOptions> execution, WorkerContext context)
    : PeriodicWorker(WorkerNames.Tick, context)
{
    protected override TimeSpan Pause => options.Value.PollInterval;

    protected override bool KeepsTime => true;

    protected override async Task WorkAsync(CancellationToken token)
    {
        if (Share.Place.IsFirst) await prices.LookAsync(token);
        var written = Share.Place.IsFirst ? prices.WriteAsync(token) : Task.CompletedTask;
        try
        {
            if (!execution.Value.Enabled || IsHeld || !Share.IsMine) return;
            await AdvanceAsync(token);
            await sweep.TickAsync(token);
        }
        finally
        {
            await written;
        }
    }

    // Another node asks for prices from here on.
    protected override Task LeaveAsync(CancellationToken token) => Share.Place.IsFirst ? lead.EndAsync(token) : Task.CompletedTask;

    // Whoever has just got to ask does so at once.
    protected override Task RestAsync(TimeSpan pause, CancellationToken token) =>
        Share.Place.IsFirst ? lead.WaitAsync(Time.RestOf(pause), Time, token) : base.RestAsync(pause, token);

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
