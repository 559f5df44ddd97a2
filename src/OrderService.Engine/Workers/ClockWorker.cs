using Npgsql;
using OrderService.Engine.Clock;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Workers;

/// <summary>
/// Looks at the database's clock, and at how fast engine time runs, once a second, and says so where the time is not known.
/// </summary>
internal sealed class ClockWorker(EngineClock clock, NpgsqlDataSource source, ILogger<ClockWorker> log, WorkerContext context)
    : PeriodicWorker(WorkerNames.Clock, context)
{
    private string? _told;
    private (DateTimeOffset At, PaceBook Paces) _read;

    /// <summary>The readiness check: what a node answers while it is held may be wrong, and nothing is done.</summary>
    public static ReadinessCheck Check(EngineClock clock) =>
        new("clock", _ => Task.FromResult(new ReadinessResult(clock.Held is null, clock.Held)));

    protected override TimeSpan Pause => TimeSpan.FromSeconds(1);

    protected override bool KeepsTime => true;

    // The clocks that it compares run no faster.
    protected override bool RestsInRealTime => true;

    /// <summary>One look.</summary>
    public async Task TickAsync(CancellationToken token)
    {
        await clock.LookAsync(ReadAsync, token);
        if (clock.Held is null) clock.Follow(_read.Paces, _read.At);
        if (clock.Held is { } held && _told is null) EngineLog.ClockHeld(log, held);
        if (clock.Held is null && _told is not null) EngineLog.ClockKnown(log);
        _told = clock.Held;
    }

    protected override Task WorkAsync(CancellationToken token) => TickAsync(token);

    private async Task<DateTimeOffset> ReadAsync(CancellationToken token)
    {
        await using var command = source.CreateCommand();
        _read = await PaceRows.ReadAsync(command, token);
        return _read.At;
    }
}
