using OrderService.Execution;

namespace OrderService.Accounts;

/// <summary>Wakes the worker of the withdrawals before its pause is over. A lost signal costs delay, never correctness.</summary>
internal sealed class WithdrawalSignal
{
    private readonly EngineSignals.Signal _signal = new();

    public void Raise() => _signal.Set();

    public Task WaitAsync(TimeSpan pause, TimeProvider time, CancellationToken token) => _signal.WaitAsync(pause, time, token);
}
