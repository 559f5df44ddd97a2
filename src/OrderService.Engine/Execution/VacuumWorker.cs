using System.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Execution;

/// <summary>
/// Vacuums the slices, and what those that trail the price stand in, after every so many claims. Dead entries at the front of the book are
/// what makes ticks dearer, and the user's server may not see to it in time. As often as the history of prices is thinned, the watermarks
/// are.
/// </summary>
internal sealed class VacuumWorker(
    NpgsqlDataSource source, WatermarkThinning watermarks, IOptions<ExecutionOptions> options, IOptions<PricingOptions> pricing,
    WorkerContext context)
    : PeriodicWorker(WorkerNames.Vacuum, context)
{
    private long _seen;
    private DateTimeOffset _thinnedAt;

    /// <summary>Vacuums where enough rows have died since the last time.</summary>
    public async Task TickAsync(CancellationToken token)
    {
        var claimed = Telemetry.ClaimsTotal;
        if (claimed - _seen < options.Value.VacuumAfterClaims) return;
        await ForgetOwnersAsync(token);
        var started = Stopwatch.GetTimestamp();
        await using var connection = await source.OpenConnectionAsync(token);
        await ExecuteAsync(connection, "SET statement_timeout = 0", token);
        var isWhole = true;
        try
        {
            // One that is locked waits for the next pass, and holds up neither the other nor what else this worker does.
            foreach (var table in (string[])["slices", "watermarks"]) isWhole &= await VacuumAsync(connection, table, token);
        }
        finally
        {
            await ExecuteAsync(connection, "RESET statement_timeout", CancellationToken.None); // the pool hands sessions on as they are
        }
        if (!isWhole) return;
        _seen = claimed;
        Telemetry.VacuumFinished(Stopwatch.GetElapsedTime(started));
    }

    private async Task<bool> VacuumAsync(NpgsqlConnection connection, string table, CancellationToken token)
    {
        try
        {
            await ExecuteAsync(connection, $"VACUUM (INDEX_CLEANUP ON, TRUNCATE OFF) {table}", token);
            return true;
        }
        catch (PostgresException held) when (held.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            Telemetry.VacuumWaits(table);
            return false;
        }
    }

    // A turn that the queue has long passed says nothing any more, nor does an hour that is over.
    private async Task ForgetOwnersAsync(CancellationToken token)
    {
        var since = Time.GetUtcNow() - TimeSpan.FromDays(1);
        await using var turns = source.CreateCommand("DELETE FROM owner_turns WHERE turn < $1");
        turns.Add(since.ToUnixTimeMilliseconds());
        await turns.ExecuteNonQueryAsync(token);
        await using var fees = source.CreateCommand("DELETE FROM owner_fees WHERE hour < $1");
        fees.Add(since.UtcDateTime);
        await fees.ExecuteNonQueryAsync(token);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 1_800 };
        await command.ExecuteNonQueryAsync(token);
    }

    protected override bool IsOfEngine => true;

    protected override TimeSpan Pause => TimeSpan.FromSeconds(5);

    protected override bool RestsFirst => true;

    protected override async Task WorkAsync(CancellationToken token)
    {
        await TickAsync(token);
        var now = Time.GetUtcNow();
        if (now - _thinnedAt < pricing.Value.ThinInterval) return;
        _thinnedAt = now;
        await watermarks.ThinAsync(now, token);
    }
}
