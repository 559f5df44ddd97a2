using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Engine.Clock;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Auth;

/// <summary>Deletes used messages and kept answers that have left their window, a batch at a time.</summary>
internal sealed class MessageSweeper(
    IDbContextFactory<OrdersDb> databases, IdempotencyLedger answers, IOptions<AuthOptions> options, WorkerContext context)
    : PeriodicWorker(WorkerNames.Messages, context)
{
    /// <summary>Deletes what has left its window; answers how many rows.</summary>
    public async Task<int> TickAsync(CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var batchMax = options.Value.PurgeBatchMax;
        while (await answers.PurgeAsync(batchMax, token) == batchMax) { }
        var total = 0;
        while (true)
        {
            var deleted = await MessageLedger.PurgeAsync(db, Time.RealNow(), batchMax, token);
            total += deleted;
            if (deleted < batchMax) return total;
        }
    }

    protected override TimeSpan Pause => options.Value.PurgeEvery;

    protected override bool RestsFirst => true;

    protected override Task WorkAsync(CancellationToken token) => TickAsync(token);
}
