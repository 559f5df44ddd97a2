using OrderService.Engine.Workers;

namespace OrderService.Engine.Accounts;

/// <summary>A withdrawal was asked for.</summary>
internal sealed class WithdrawalSignal : WorkerSignal;
