using Microsoft.Extensions.Options;
using OrderService.Engine.Accounts;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Execution;

/// <summary>Sends and follows the withdrawals.</summary>
internal sealed class WithdrawalWorker(
    SendWithdrawals send, SettleWithdrawals settle, WithdrawalSignal signal, IOptions<AccountsOptions> options, WorkerContext context) : PeriodicWorker(WorkerNames.Withdrawals, context)
{
    /// <summary>One look.</summary>
    public async Task TickAsync(CancellationToken token)
    {
        await settle.TickAsync(token);
        await send.TickAsync(token);
    }

    protected override TimeSpan Pause => options.Value.WithdrawalInterval;

    protected override bool NeedsTime => true;

    protected override Task WorkAsync(CancellationToken token) => TickAsync(token);

    protected override Task RestAsync(TimeSpan pause, CancellationToken token) => signal.WaitAsync(pause, Time, token);
}
