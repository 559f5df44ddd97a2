using Microsoft.Extensions.Options;
using OrderService.Engine.Pricing;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Execution;

/// <summary>
/// Between two beats: judges what a stream pushed and claims what its price crossed. Nobody is asked for it, neither a source nor the venue
/// for a quote; all else waits for the beat.
/// </summary>
internal sealed class PushWorker(PricePoller prices, PriceMoved moved, Sweep sweep, IOptions<PricingOptions> options, WorkerContext context)
    : PeriodicWorker(WorkerNames.Push, context)
{
    protected override TimeSpan Pause => options.Value.Sources.KrakenStream!.SweepPause;

    protected override bool NeedsTime => true;

    protected override async Task WorkAsync(CancellationToken token)
    {
        await moved.WaitAsync(token);
        await prices.JudgeAgainAsync(token);
        await sweep.CrossAsync(token);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.Sources.KrakenStream is null ? Task.CompletedTask : LoopAsync(stoppingToken);
}
