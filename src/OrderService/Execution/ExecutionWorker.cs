using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Domain.Ports;
using OrderService.Orders;
using OrderService.Persistence;
using OrderService.Telemetry;

namespace OrderService.Execution;

/// <summary>Takes claimed slices in the order in which they became due, a bounded batch at a time, and executes them. Any number of these work side by side: the row decides.</summary>
internal sealed class ExecutionWorker(SweepSource source, ExecuteSlice execute, ISwapRouter router, IDbContextFactory<OrdersDb> databases, IOptions<ExecutionOptions> options, TimeProvider time, EngineSignals signals, WorkerBeats beats, EngineTelemetry telemetry) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Takes and executes one batch; returns its size.</summary>
    public async Task<int> TickAsync(CancellationToken token)
    {
        var room = await RoomAsync(token);
        if (room == 0) return 0;
        List<ClaimedSlice> claims;
        using (EngineActivities.Start(EngineActivities.Claim))
        {
            await using var connection = await source.OpenAsync(token);
            claims = await Book.TakeAsync(connection, Math.Min(room, options.Value.BatchMax), time.GetUtcNow() + options.Value.Lease, token);
        }
        if (claims.Count == 0) return 0;
        // A second look at a claim whose attempt was committed finds the claim gone, and does nothing.
        await Isolation.RunAsync(claims, batch => execute.HandleAsync(batch, token), fault => telemetry.WorkerFailed("execution", fault), token);
        return claims.Count;
    }

    // More claims than the accounts can send are left in the queue, where they keep their turn.
    private async Task<int> RoomAsync(CancellationToken token)
    {
        if (router.InFlightMax == int.MaxValue) return int.MaxValue;
        await using var db = await databases.CreateDbContextAsync(token);
        return await NonceLedger.RoomAsync(db, router.Payers, router.InFlightMax, token);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.Workers).Select(_ => LoopAsync(stoppingToken)));

    private async Task LoopAsync(CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            var taken = 0;
            try
            {
                taken = await TickAsync(token);
                beats.Beat("execution");
            }
            catch (Exception failure) when (!token.IsCancellationRequested)
            {
                telemetry.WorkerFailed("execution", failure);
            }
            if (taken > 0) signals.Claimed.Set(); // there may be more, and another executor may be asleep
            else await signals.Claimed.WaitAsync(Pause, time, token);
        }
    }
}
