using Microsoft.Extensions.Options;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Execution;

/// <summary>
/// Follows what is in flight until it is final, at a steady pace: a send changes nothing before its block. One node asks for all.
/// </summary>
internal sealed class SettlementWorker(SettleTransactions settle, IOptions<ExecutionOptions> options, WorkerContext context)
    : PeriodicWorker(WorkerNames.Settlement, context)
{
    protected override bool IsOfEngine => true;

    protected override TimeSpan Pause => options.Value.SettleInterval;

    protected override bool NeedsTime => true;

    protected override bool IsShared => true;

    protected override Task WorkAsync(CancellationToken token) => settle.TickAsync(token);
}
