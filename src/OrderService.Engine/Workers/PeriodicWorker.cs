using OrderService.Engine.Clock;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Workers;

/// <summary>
/// A background loop: a pass, a rest, again. What a pass could not do the next one does, so a pass that fails is told and counted, and
/// nothing more; one that came to its end is a beat.
/// </summary>
internal abstract class PeriodicWorker(string name, WorkerContext context) : BackgroundService
{
    /// <summary>The rest between two passes.</summary>
    protected abstract TimeSpan Pause { get; }

    /// <summary>True where the rest is counted from the beginning of a pass.</summary>
    protected virtual bool KeepsTime => false;

    /// <summary>True where the rest is of real time, however fast the engine's runs.</summary>
    protected virtual bool RestsInRealTime => false;

    /// <summary>True where the first pass comes after a rest.</summary>
    protected virtual bool RestsFirst => false;

    /// <summary>True where passes send or end something: while the time is not known, none is made.</summary>
    protected virtual bool NeedsTime => false;

    /// <summary>True where one node does it for all.</summary>
    protected virtual bool IsShared => false;

    /// <summary>True where it is the engine's, which one node at a time works on each partition for.</summary>
    protected virtual bool IsOfEngine => false;

    /// <summary>The partition, and whether it is this node's to work on.</summary>
    protected PartitionShare Share => context.Share;

    protected TimeProvider Time => context.Time;

    protected EngineTelemetry Telemetry => context.Telemetry;

    /// <summary>True while the time is not known.</summary>
    protected bool IsHeld => context.Clock.Held is not null;

    /// <summary>One pass, whatever comes of it; true where there is more to do at once.</summary>
    public async Task<bool> PassAsync(CancellationToken token)
    {
        try
        {
            var isMore = !(NeedsTime && IsHeld) && await WorkOnAsync(token);
            context.Beats.Beat(name);
            return isMore;
        }
        catch (Exception failure) when (!token.IsCancellationRequested)
        {
            context.Telemetry.WorkerFailed(name, failure);
            return false;
        }
    }

    /// <summary>Stops, and leaves what it did for all to another node.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await LeaveAsync(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            context.Telemetry.WorkerFailed(name, failure); // the lease ends by itself
        }
    }

    /// <summary>Leaves what it did for all to another node, when it has stopped.</summary>
    protected virtual Task LeaveAsync(CancellationToken token) =>
        IsShared ? context.Leases.ReleaseAsync(name, token) : Task.CompletedTask;

    /// <summary>What a pass does.</summary>
    protected virtual Task WorkAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>The same of a worker that may have more to do at once, which is then true.</summary>
    protected virtual async Task<bool> WorkOnAsync(CancellationToken token)
    {
        await WorkAsync(token);
        return false;
    }

    /// <summary>Waits for the next pass; where time runs fast, not as long.</summary>
    protected virtual Task RestAsync(TimeSpan pause, CancellationToken token) =>
        Task.Delay(RestsInRealTime ? pause : Time.RestOf(pause), Time, token);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => LoopAsync(stoppingToken);

    protected async Task LoopAsync(CancellationToken token)
    {
        if (RestsFirst) await RestAsync(Pause, token);
        while (!token.IsCancellationRequested)
        {
            var began = Time.GetTimestamp();
            if (await IsMineAsync(token) && await PassAsync(token)) continue;
            var rest = KeepsTime ? Pause - Time.GetElapsedTime(began) : Pause;
            await RestAsync(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, token);
        }
    }

    private async Task<bool> IsMineAsync(CancellationToken token)
    {
        if (IsOfEngine && !Share.IsMine)
        {
            context.Beats.Beat(name); // another node works on this partition
            return false;
        }
        if (!IsShared) return true;
        try
        {
            if (await context.Leases.HoldsAsync(name, token)) return true;
            context.Beats.Beat(name); // another node is at it
        }
        catch (Exception failure) when (!token.IsCancellationRequested)
        {
            context.Telemetry.WorkerFailed(name, failure);
        }
        return false;
    }
}
