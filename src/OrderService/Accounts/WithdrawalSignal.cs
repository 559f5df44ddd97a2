using OrderService.Hosting;

namespace OrderService.Accounts;

/// <summary>A withdrawal was asked for.</summary>
internal sealed class WithdrawalSignal : WorkerSignal;
