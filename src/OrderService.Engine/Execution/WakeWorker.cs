using Microsoft.Extensions.Options;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Execution;

/// <summary>
/// Between two beats: claims what waits for a moment when that comes. It sleeps until then, and for a short pause at least, so that what
/// comes one after the other is swept together; all else waits for the beat.
/// </summary>
internal sealed class WakeWorker(NextWake next, Sweep sweep, IOptions<ExecutionOptions> options, WorkerContext context)
    : PeriodicWorker(WorkerNames.Wake, context)
{
    private static readonly TimeSpan HeldPause = TimeSpan.FromSeconds(1);

    protected override bool IsOfEngine => true;

    protected override TimeSpan Pause => IsHeld ? HeldPause : options.Value.SweepPause;

    protected override bool RestsFirst => true;

    protected override bool NeedsTime => true;

    protected override Task WorkAsync(CancellationToken token) => sweep.WakeAsync(token);

    protected override async Task RestAsync(TimeSpan pause, CancellationToken token)
    {
        await base.RestAsync(pause, token);
        await next.WaitAsync(Time, token);
    }
}
