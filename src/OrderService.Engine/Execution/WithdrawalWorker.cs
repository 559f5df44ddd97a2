using Microsoft.Extensions.Options;
using OrderService.Engine.Accounts;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>Sends and follows the withdrawals.</summary>
internal sealed class WithdrawalWorker(
    SendWithdrawals send, SettleWithdrawals settle, WithdrawalSignal signal, IOptions<AccountsOptions> options, TimeProvider time, WorkerBeats beats, EngineTelemetry telemetry) : BackgroundService
{
    /// <summary>The name of its beat.</summary>
    public const string Name = "withdrawals";

    /// <summary>One look.</summary>
    public async Task TickAsync(CancellationToken token)
    {
        await settle.TickAsync(token);
        await send.TickAsync(token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TickAsync(stoppingToken);
                beats.Beat(Name);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                telemetry.WorkerFailed(Name, failure);
            }
            await signal.WaitAsync(options.Value.WithdrawalInterval, time, stoppingToken);
        }
    }
}
