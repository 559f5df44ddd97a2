using Microsoft.Extensions.Options;
using OrderService.Domain.Ports;
using OrderService.Engine.Clock;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Execution;

/// <summary>
/// Takes claimed slices in the order in which they became due, a bounded batch at a time, and executes them. Any number of these work side
/// by side: the row decides.
/// </summary>
internal sealed class ExecutionWorker(
    SweepSource source, ExecuteSlice execute, ISwapRouter router, AblePayers able, IOptions<ExecutionOptions> options, ClaimSignal claimed,
    WorkerContext context)
    : PeriodicWorker(WorkerNames.Execution, context)
{
    protected override bool IsOfEngine => true;

    protected override TimeSpan Pause => TimeSpan.FromMilliseconds(250);

    protected override bool NeedsTime => true;

    /// <summary>Takes and executes one batch; returns its size.</summary>
    public async Task<int> TickAsync(CancellationToken token)
    {
        List<ClaimedSlice> claims;
        using (var activity = EngineActivities.Start(EngineActivities.Claim))
        {
            await using var connection = await source.OpenAsync(token);
            claims = await Book.TakeAsync(connection, options.Value.BatchMax, Time.RealNow() + options.Value.Lease, able.Now(),
                router.InFlightMax, token);
            activity?.SetTag("orderservice.claims", claims.Count);
        }
        if (claims.Count == 0) return 0;
        // A second look at a claim whose attempt was committed finds the claim gone, and does nothing.
        await Isolation.RunAsync(claims, batch => execute.HandleAsync(batch, token),
            fault => Telemetry.WorkerFailed(WorkerNames.Execution, fault), token);
        return claims.Count;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.Workers).Select(_ => LoopAsync(stoppingToken)));

    protected override async Task<bool> WorkOnAsync(CancellationToken token)
    {
        if (await TickAsync(token) == 0) return false;
        claimed.Set(); // there may be more, and another executor may be asleep
        return true;
    }

    protected override Task RestAsync(TimeSpan pause, CancellationToken token) => claimed.WaitAsync(pause, Time, token);
}
