using Microsoft.Extensions.Options;
using OrderService.Engine.Accounts;
using OrderService.Engine.Clock;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Execution;

/// <summary>Sends the withdrawals. What was sent is followed with all else that was.</summary>
internal sealed class WithdrawalWorker(
    SendWithdrawals send, WithdrawalSignal signal, IOptions<AccountsOptions> options, WorkerContext context)
    : PeriodicWorker(WorkerNames.Withdrawals, context)
{
    /// <summary>One look.</summary>
    public Task TickAsync(CancellationToken token) => send.TickAsync(token);

    protected override bool IsOfEngine => true;

    protected override TimeSpan Pause => options.Value.WithdrawalInterval;

    protected override bool NeedsTime => true;

    protected override Task WorkAsync(CancellationToken token) => TickAsync(token);

    protected override Task RestAsync(TimeSpan pause, CancellationToken token) => signal.WaitAsync(Time.RestOf(pause), Time, token);
}
