using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;
using OrderService.Engine.Workers;

namespace OrderService.Engine.Events;

/// <summary>
/// Gives events their positions soon after their commit, in every process that runs: whichever looks first does it. Where nobody follows
/// the log it looks seldom, since many events cost one round as few do; who asks for a page has what is new numbered first.
/// </summary>
internal sealed class EventRelay(
    SweepSource source, NpgsqlDataSource store, EventHead head, EventReader reader, IOptions<EventsOptions> options, WorkerContext context)
    : PeriodicWorker(WorkerNames.Events, context)
{
    private const int RoundsKept = 1_000;
    private const int OwnersOfMax = 1_000;

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);
    private bool _isAtHome;
    private bool _isBusy;
    private int _rounds;
    private long _begun;
    private TimeSpan _pause;
    private TimeSpan _last = options.Value.Pause;

    /// <summary>Numbers all that is new; returns how many that were.</summary>
    public async Task<long> TickAsync(CancellationToken token)
    {
        await _turn.WaitAsync(token);
        try
        {
            return await LookAndNumberAsync(token);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Returns when all that was committed before the call has its position, unless somebody follows the log: then that is a matter of
    /// milliseconds anyway.
    /// </summary>
    public async Task CatchUpAsync(CancellationToken token)
    {
        if (head.IsFollowed) return;
        var before = Interlocked.Read(ref _begun);
        await _turn.WaitAsync(token);
        try
        {
            // However many ask at once, one look that began after they asked serves them all.
            if (Interlocked.Read(ref _begun) == before) await LookAndNumberAsync(token);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    private async Task<long> LookAndNumberAsync(CancellationToken token)
    {
        Interlocked.Increment(ref _begun);
        await using var connection = await source.OpenAsync(token);
        if (!_isAtHome) await SettleInAsync(connection, token);
        var (before, audience) = (head.Seen, head.IsKept ? head.Audience : null);
        // While much happens, a round is likelier to find something than a look is to spare one.
        var look = _isBusy && head.IsFollowed ? null : (LogLook?)await EventLog.LookAsync(connection, token);
        var (after, total) = (look is { } at ? new LogHead(at.LogId, at.Head) : before, 0L);
        List<LoggedEvent>? told = audience is null || after != before ? null : [];
        for (var hasFresh = look?.HasFresh ?? true; hasFresh;)
        {
            var round = await EventLog.NumberAsync(connection, options.Value.BatchMax, audience, token);
            // Another relay's round may have come between, and one of many tells nothing.
            told = round.Before == after.Position && round.LogId == after.LogId && round.Count <= LogRound.ToldMax ? told : null;
            told?.AddRange(round.Events);
            total += round.Count;
            after = round.Head;
            hasFresh = round.Count >= options.Value.BatchMax;
            if (round.Count > 0 && ++_rounds % RoundsKept == 0) await EventLog.ForgetRoundsAsync(connection, after.Position, token);
        }
        _isBusy = total > 0;
        if (before == after || !head.IsFollowed) head.Saw(after);
        else if (told is not null) head.Saw(after, OwnersOf(told), told, audience);
        else if (audience is not null && await EventsAsync(before, after, token) is { } events) head.Saw(after, OwnersOf(events), events);
        else head.Saw(after, await OwnersAsync(connection, before, after, token));
        return total;
    }

    private static IReadOnlyCollection<string> OwnersOf(IEnumerable<LoggedEvent> events) =>
        [.. events.Select(happened => happened.Owner).OfType<string>().Distinct()];

    // Read once for all who follow, however many owners they are of.
    private async Task<List<LoggedEvent>?> EventsAsync(LogHead before, LogHead after, CancellationToken token)
    {
        if (before.LogId != after.LogId || after.Position - before.Position is <= 0 or > OwnersOfMax) return null;
        var count = (int)(after.Position - before.Position);
        var page = await reader.ReadAsync(null, before.Position, count, token);
        return page.Log.LogId == after.LogId && page.Events.Count == count && page.Events[^1].Position == after.Position
            ? [.. page.Events] : null;
    }

    // Whoever follows the events of one owner is not woken by others'. Where there are many, all are: to look is then the least of it.
    private static async Task<IReadOnlyCollection<string>?> OwnersAsync(
        NpgsqlConnection connection, LogHead before, LogHead after, CancellationToken token)
    {
        if (before.LogId != after.LogId || after.Position - before.Position is < 0 or > OwnersOfMax) return null;
        await using var command = new NpgsqlCommand(
            "SELECT DISTINCT owner FROM event_positions WHERE position > $1 AND position <= $2 AND owner IS NOT NULL", connection);
        command.Add(before.Position);
        command.Add(after.Position);
        await using var reader = await command.ExecuteReaderAsync(token);
        var owners = new List<string>();
        while (await reader.ReadAsync(token)) owners.Add(reader.GetString(0));
        return owners;
    }

    // A store that was brought here from another cluster by its rows has ids of that one's transactions; the log ends there, as it does by
    // the verb.
    private async Task SettleInAsync(NpgsqlConnection connection, CancellationToken token)
    {
        if (!await EventLog.IsAtHomeAsync(connection, token)) Telemetry.LogBegun(await EventLog.BeginAsync(store, token));
        _isAtHome = true;
    }

    protected override TimeSpan Pause => _pause;

    protected override async Task WorkAsync(CancellationToken token)
    {
        _pause = AfterFault;
        var isBusy = await TickAsync(token) > 0;
        var last = _last;
        _pause = _last = isBusy || !head.IsFollowed
            ? options.Value.Pause : last * 2 < options.Value.IdlePauseMax ? last * 2 : options.Value.IdlePauseMax;
    }

    protected override Task RestAsync(TimeSpan pause, CancellationToken token) =>
        head.IsFollowed || pause == AfterFault
            ? base.RestAsync(pause, token) : head.WaitForFollowerAsync(options.Value.UnreadPause, Time, token);
}
