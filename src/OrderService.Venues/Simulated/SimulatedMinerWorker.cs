using Npgsql;
using OrderService.Engine.Clock;

namespace OrderService.Venues.Simulated;

/// <summary>Mines at the set interval, or as soon as something waits where the interval is zero.</summary>
internal sealed class SimulatedMinerWorker(
    SimulatedLedger ledger, SimulatedMiner miner, MiningSignal signal, SimulatedOptions options, TimeProvider time,
    ILogger<SimulatedMinerWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    /// <summary>Nothing can be quoted before the pools are there.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ledger.InitialiseAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await WaitAsync(stoppingToken);
                await TickAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what waits in the mempool waits for the next start.
        }
    }

    private Task WaitAsync(CancellationToken token) =>
        options.BlockInterval == TimeSpan.Zero
            ? signal.WaitAsync(Poll, token) : Task.Delay(time.RestOf(options.BlockInterval), time, token);

    // Several processes keep one interval among them; a tenth of it is left for their clocks.
    private async Task TickAsync(CancellationToken token)
    {
        var sinceLast = options.BlockInterval - options.BlockInterval / 10;
        try
        {
            while (await miner.MineAsync(sinceLast, token) is { IsFull: true } && options.BlockInterval == TimeSpan.Zero)
                token.ThrowIfCancellationRequested();
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            log.LogWarning(fault, "no block was mined");
            await Task.Delay(AfterFault, time, token);
        }
    }
}
