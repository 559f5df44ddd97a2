using OrderService.Engine.Clock;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Workers;

/// <summary>
/// Reads the time before anything is written, so that nothing is older than what a process before this one wrote. Where engine time once
/// ran faster it is ahead of everybody's for good, which a chain and real prices cannot follow.
/// </summary>
internal sealed class ClockStart(ClockWorker worker, EngineClock clock, FasterTime? may = null)
{
    /// <summary>Throws <see cref="StartException"/> where engine time is ahead of a venue that has real time.</summary>
    public async Task CheckAsync(CancellationToken token)
    {
        await worker.TickAsync(token);
        if (clock.IsReal || may is { WhyNot: null }) return;
        var why = may?.WhyNot ?? "this venue is a chain, and has the time that it has";
        throw new StartException($"the time of this database ran faster than real time once (POST /simulator/clock), and {why}: start with a database of its own.");
    }
}
