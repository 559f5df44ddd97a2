using Npgsql;
using NpgsqlTypes;
using OrderService.Domain;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>
/// The operator's switch: pauses all sends of every node, and lets them go on. It holds new swaps and withdrawals. What is in flight is
/// settled, and what ends an order that was sent goes on, since it protects its owner: an intent that was sent is public, and somebody else
/// may use it.
/// </summary>
internal sealed class PauseSends(NpgsqlDataSource source, NextWake next, TimeProvider time, EngineTelemetry telemetry)
{
    /// <summary>The reason of what waits for it.</summary>
    public const string Reason = "sends_paused";

    /// <summary>The longest text that says why.</summary>
    public const int WhyMax = 200;

    /// <summary>How long what is due waits before it looks again, where nobody wakes it.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    /// <summary>What whoever asks for a send is told.</summary>
    public static readonly OrderError.Unavailable Refusal =
        new(Reason, "The operator has paused all sends: the order is kept, and goes on when they do", Look);

    private const string PauseStatement = "INSERT INTO sends_pause (since, why) VALUES ($1, $2) ON CONFLICT (is_one) DO UPDATE SET why = coalesce(excluded.why, sends_pause.why)";

    private const int WakeMax = 1_000;

    // What waits because of the pause is among what wakes within one look. What another transaction has locked is on its way already.
    private const string WakeSlices =
        """
        UPDATE slices s SET wake_at = $1 FROM (
            SELECT order_id, number FROM slices WHERE wake_at > $1 AND wake_at <= $2 AND reason = $3 AND status = 'waiting' AND coalesce(not_before <= $1, true)
            ORDER BY wake_at LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED) AS due
        WHERE s.order_id = due.order_id AND s.number = due.number
        """;

    private const string WakeWithdrawals =
        "UPDATE withdrawals SET wake_at = $1 WHERE status = 'waiting' AND wake_at > $1 AND wake_at <= $2 AND reason = $3";

    private static readonly TimeSpan DrainMax = TimeSpan.FromSeconds(5);

    private volatile bool _wasPaused;

    /// <summary>What was seen last: a hint, that spares questions and decides nothing.</summary>
    public bool WasPaused => _wasPaused;

    /// <summary>The readiness check: a node with its sends paused answers as before.</summary>
    public ReadinessCheck Check => new("sends", async token =>
    {
        var paused = await ReadAsync(token);
        return new ReadinessResult(true, Detail: new { paused = paused is not null, since = paused?.Since, why = paused?.Why })
        {
            Warnings = paused is null
                ? []
                : [$"all sends are paused since {paused.Since:yyyy-MM-dd HH:mm:ss} UTC{Because(paused)}: nothing that is due is swapped until you let them go on, on the operator's page or with the verb resume"],
        };
    });

    /// <summary>How it stands.</summary>
    public async Task<PausedSends?> ReadAsync(CancellationToken token) => See(await PauseLock.LookAsync(source, token));

    /// <summary>Keeps what a transaction that decides found; comes back with the same.</summary>
    public PausedSends? See(PausedSends? found)
    {
        _wasPaused = found is not null;
        return found;
    }

    /// <summary>
    /// Pauses all sends. True where nothing more can be sent from here on; false where an execution that began before has not ended within
    /// some seconds, and may still send.
    /// </summary>
    public async Task<bool> PauseAsync(string? why, CancellationToken token)
    {
        await using (var command = source.CreateCommand(PauseStatement))
        {
            command.Add(time.GetUtcNow().UtcDateTime);
            command.AddNullable(NpgsqlDbType.Text, why);
            await command.ExecuteNonQueryAsync(token);
        }
        await TellAsync(token);
        return await DrainAsync(token);
    }

    /// <summary>Lets sends go on, and wakes what waits for that.</summary>
    public async Task ResumeAsync(CancellationToken token)
    {
        await using (var command = source.CreateCommand("DELETE FROM sends_pause"))
            if (await command.ExecuteNonQueryAsync(token) > 0) telemetry.SendsResumed();
        See(null);
        var (now, woken) = (time.GetUtcNow(), WakeMax);
        while (woken == WakeMax) woken = await WakeAsync(WakeSlices, now, WakeMax, token);
        next.See(now);
        await WakeAsync(WakeWithdrawals, now, null, token);
    }

    /// <summary>Tells the log and the metrics how it stands.</summary>
    public async Task TellAsync(CancellationToken token)
    {
        if (await ReadAsync(token) is { } paused) telemetry.SendsPaused(paused.Since, Because(paused));
        else telemetry.SendsGoOn();
    }

    private static string Because(PausedSends paused) => paused.Why is { } why ? $" ({why})" : "";

    private async Task<bool> DrainAsync(CancellationToken token)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        await using var transaction = await connection.BeginTransactionAsync(token);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SET LOCAL lock_timeout = {(int)DrainMax.TotalMilliseconds}"));
        var alone = new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock($1)");
        alone.Add(PauseLock.Key);
        batch.BatchCommands.Add(alone);
        try
        {
            await batch.ExecuteNonQueryAsync(token);
            return true;
        }
        catch (PostgresException late) when (late.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    private async Task<int> WakeAsync(string statement, DateTimeOffset now, int? most, CancellationToken token)
    {
        await using var command = source.CreateCommand(statement);
        command.Add(now.UtcDateTime);
        command.Add((now + Look).UtcDateTime);
        command.Add(Reason);
        if (most is { } count) command.Add(count);
        return await command.ExecuteNonQueryAsync(token);
    }
}
