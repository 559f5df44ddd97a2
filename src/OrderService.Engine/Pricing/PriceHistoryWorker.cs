using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Pricing;

/// <summary>
/// Thins the history now and then. The advisory lock keeps other nodes from doing the same work; nothing else depends on it.
/// </summary>
internal sealed class PriceHistoryWorker(
    NpgsqlDataSource source, PriceThinning thinning, IOptions<PricingOptions> options, PricingTelemetry telemetry, WorkerContext context)
    : PeriodicWorker(WorkerNames.PriceHistory, context)
{
    // Any number will do as long as it stays the same: every node of the service asks for this lock.
    private const long advisoryLock = 7_310_579_425_003;

    /// <summary>Thins once, unless another node is at it. Answers whether it was this one's turn.</summary>
    public async Task<bool> TickAsync(CancellationToken token)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        await using var take = new NpgsqlCommand($"SELECT pg_try_advisory_lock({advisoryLock})", connection);
        if (await take.ExecuteScalarAsync(token) is not true) return false;
        try
        {
            telemetry.HistoryThinned(await thinning.ThinAsync(Time.GetUtcNow(), token));
            return true;
        }
        finally
        {
            await using var release = new NpgsqlCommand($"SELECT pg_advisory_unlock({advisoryLock})", connection);
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    protected override TimeSpan Pause => options.Value.ThinInterval;

    protected override bool RestsFirst => true;

    protected override Task WorkAsync(CancellationToken token) => TickAsync(token);
}
