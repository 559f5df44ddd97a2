using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Switches;

/// <summary>
/// Looks once a second whether a switch is due. Any number of nodes do: the row decides. While the time is not known none fires.
/// </summary>
internal sealed class SwitchWorker(FireSwitches fire, WorkerContext context) : PeriodicWorker(WorkerNames.Switches, context)
{
    protected override TimeSpan Pause => TimeSpan.FromSeconds(1);

    protected override bool NeedsTime => true;

    protected override Task<bool> WorkOnAsync(CancellationToken token) => fire.TickAsync(token);
}
