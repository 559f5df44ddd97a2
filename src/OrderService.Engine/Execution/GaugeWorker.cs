using Npgsql;
using OrderService.Domain.Ports;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Execution;

/// <summary>
/// Measures how things stand, for boards and alarms: what is open, what is due and waits, how old prices are, what the accounts that pay
/// hold, whether sends are paused. It counts open orders by an index over them, once a minute.
/// </summary>
internal sealed class GaugeWorker(NpgsqlDataSource source, PriceBoard board, ISwapRouter router, PauseSends pause, WorkerContext context)
    : PeriodicWorker(WorkerNames.Gauges, context)
{
    private const int TokensMax = 200; // each is a series

    private const string Open = "SELECT dialect, count(*) FROM orders WHERE status IN ('open', 'paused', 'cancelling') GROUP BY dialect";

    private const string Due =
        """
        SELECT least((SELECT min(claimed_at) FROM slices WHERE queue_place IS NOT NULL AND lease_until IS NULL), (SELECT min(wake_at) FROM slices WHERE wake_at <= $1))
        """;

    private readonly HashSet<string> _dialects = new(StringComparer.Ordinal);

    protected override TimeSpan Pause => TimeSpan.FromMinutes(1);

    protected override async Task WorkAsync(CancellationToken token)
    {
        var now = Time.GetUtcNow();
        await pause.TellAsync(token);
        await CountAsync(token);
        await using (var due = source.CreateCommand(Due))
        {
            due.Add(now.UtcDateTime);
            Telemetry.OldestDue(await due.ExecuteScalarAsync(token) is DateTime moment && moment < now.UtcDateTime
                ? now.UtcDateTime - moment : TimeSpan.Zero);
        }
        foreach (var price in board.All(now).Take(TokensMax)) Telemetry.PriceSeen(price.Token.ToString(), now - price.At);
        foreach (var payer in router.Payers)
            if (payer.Balance is { } balance) Telemetry.PayerHolds(payer.Address.ToString(), balance.Units);
    }

    private async Task CountAsync(CancellationToken token)
    {
        var counts = _dialects.ToDictionary(dialect => dialect, _ => 0L, StringComparer.Ordinal);
        await using var command = source.CreateCommand(Open);
        await using var reader = await command.ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token)) counts[reader.GetString(0)] = reader.GetInt64(1);
        foreach (var (dialect, count) in counts) Telemetry.OrdersOpen(dialect, count);
        _dialects.UnionWith(counts.Keys); // what has none any more is told to have none
    }
}
