using Microsoft.Extensions.Options;
using OrderService.Engine.Pricing;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Execution;

/// <summary>
/// Between two beats: judges what a stream pushed and claims what its price crossed. Nobody is asked for it, neither a source nor the venue
/// for a quote; all else waits for the beat. What the other nodes are to believe is written beside the sweep.
/// </summary>
internal sealed class PushWorker(PricePoller prices, PriceMoved moved, Sweep sweep, IOptions<PricingOptions> options, WorkerContext context)
    : PeriodicWorker(WorkerNames.Push, context)
{
    protected override TimeSpan Pause => options.Value.Sources.KrakenStream!.SweepPause;

    protected override bool NeedsTime => true;

    protected override async Task WorkAsync(CancellationToken token)
    {
        await moved.WaitAsync(token);
        if (!Share.Place.IsFirst)
        {
            if (Share.IsMine) await sweep.CrossAsync(token);
            return;
        }
        await prices.JudgeAgainAsync(token);
        moved.PassOn();
        var written = prices.WriteAsync(token);
        try
        {
            if (Share.IsMine) await sweep.CrossAsync(token);
        }
        finally
        {
            await written;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.Sources.KrakenStream is null ? Task.CompletedTask : LoopAsync(stoppingToken);
}
