using Npgsql;

namespace OrderService.Venues.Simulated;

/// <summary>Looks for a new believed price a few times a second. The look costs nothing while there is none.</summary>
internal sealed class ArbitrageWorker(Arbitrage arbitrage, SimulatedOptions options, TimeProvider time, ILogger<ArbitrageWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Arbitrage) return;
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await arbitrage.TickAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
            {
                log.LogWarning(fault, "the pools were not pulled to the believed prices");
            }
        }
    }
}
