using Microsoft.Extensions.Options;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Execution;

/// <summary>
/// Moves what has ended for good out of the tables that the engine works on, a small batch at a time. One node does it for all.
/// </summary>
internal sealed class EndedWorker(MoveEnded move, IOptions<EndedOptions> options, WorkerContext context)
    : PeriodicWorker(WorkerNames.Ended, context)
{
    protected override bool IsOfEngine => true;

    protected override TimeSpan Pause => options.Value.Interval;

    protected override bool RestsFirst => true;

    protected override bool NeedsTime => true;

    protected override bool IsShared => true;

    protected override async Task<bool> WorkOnAsync(CancellationToken token) => await move.TickAsync(token) > 0;
}
