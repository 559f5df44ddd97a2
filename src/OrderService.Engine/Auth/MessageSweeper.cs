using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Auth;

/// <summary>Deletes used messages and kept answers that have left their window, a batch at a time.</summary>
internal sealed class MessageSweeper(IDbContextFactory<OrdersDb> databases, IdempotencyLedger answers, IOptions<AuthOptions> options, TimeProvider time, EngineTelemetry telemetry) : BackgroundService
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
            var deleted = await MessageLedger.PurgeAsync(db, time.GetUtcNow(), batchMax, token);
            total += deleted;
            if (deleted < batchMax) return total;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PurgeEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await TickAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                telemetry.WorkerFailed("messages", failure);
            }
        }
    }
}
