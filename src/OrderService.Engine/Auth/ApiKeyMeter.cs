using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Auth;

/// <summary>
/// Counts the requests of each key in fixed windows of a minute, an hour and a day, by one upsert a request that all nodes share; each
/// budget by itself. A request that is refused counts in no window; the refusal is remembered until its window ends, so that a flood costs
/// no writes.
/// </summary>
internal sealed class ApiKeyMeter(NpgsqlDataSource source, IOptions<AuthOptions> options)
{
    private const int RefusalsMax = 10_000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // greatest(): a node whose clock is behind counts in the newer window and never turns it back.
    private const string Count = """
        INSERT INTO api_key_windows AS w (key_id, budget, minute_start, minute_count, hour_start, hour_count, day_start, day_count) VALUES ($1, $8, $2, 1, $3, 1, $4, 1)
        ON CONFLICT (key_id, budget) DO UPDATE SET
            minute_count = CASE WHEN w.minute_start < $2 THEN 1 ELSE w.minute_count + 1 END, minute_start = greatest(w.minute_start, $2),
            hour_count   = CASE WHEN w.hour_start   < $3 THEN 1 ELSE w.hour_count   + 1 END, hour_start   = greatest(w.hour_start,   $3),
            day_count    = CASE WHEN w.day_start    < $4 THEN 1 ELSE w.day_count    + 1 END, day_start    = greatest(w.day_start,    $4)
        WHERE (w.minute_start < $2 OR w.minute_count < $5) AND (w.hour_start < $3 OR w.hour_count < $6) AND (w.day_start < $4 OR w.day_count < $7)
        RETURNING minute_start, minute_count, hour_start, hour_count, day_start, day_count
        """;

    private const string Read = "SELECT minute_start, minute_count, hour_start, hour_count, day_start, day_count FROM api_key_windows WHERE key_id = $1 AND budget = $2";

    private readonly ConcurrentDictionary<(Guid Key, KeyBudget Budget), RateLimitState> _refused = new();

    /// <summary>Counts one request and says what is left; <see cref="RateLimitState.IsExceeded"/> where it may not pass.</summary>
    public async Task<RateLimitState> CountAsync(
        Guid keyId, KeyBudget budget, int ratePerMinute, DateTimeOffset now, CancellationToken token)
    {
        if (_refused.TryGetValue((keyId, budget), out var refusal))
        {
            if (refusal.Reset > now) return refusal;
            _refused.TryRemove(new((keyId, budget), refusal));
        }
        if (await CountInStoreAsync(keyId, budget, ratePerMinute, now, token) is { } passed)
            return RateLimitState.Of(passed, isExceeded: false);
        var state = RateLimitState.Of(await ReadAsync(keyId, budget, ratePerMinute, now, token), isExceeded: true);
        Remember((keyId, budget), state, now);
        return state;
    }

    private async Task<RateWindow[]?> CountInStoreAsync(
        Guid keyId, KeyBudget budget, int ratePerMinute, DateTimeOffset now, CancellationToken token)
    {
        await using var command = source.CreateCommand(Count);
        command.Add(keyId);
        command.Add(RateWindow.StartOf(now, Minute).UtcDateTime);
        command.Add(RateWindow.StartOf(now, Hour).UtcDateTime);
        command.Add(RateWindow.StartOf(now, Day).UtcDateTime);
        command.Add(ratePerMinute);
        command.Add(options.Value.RequestsPerHour);
        command.Add(options.Value.RequestsPerDay);
        command.Add(budget.Word());
        await using var reader = await command.ExecuteReaderAsync(token);
        return await reader.ReadAsync(token) ? Windows(reader, ratePerMinute, now) : null;
    }

    private async Task<RateWindow[]> ReadAsync(Guid keyId, KeyBudget budget, int ratePerMinute, DateTimeOffset now, CancellationToken token)
    {
        await using var command = source.CreateCommand(Read);
        command.Add(keyId);
        command.Add(budget.Word());
        await using var reader = await command.ExecuteReaderAsync(token);
        return await reader.ReadAsync(token)
            ? Windows(reader, ratePerMinute, now) : throw new InvalidDataException($"key {keyId} was refused without having been counted");
    }

    private RateWindow[] Windows(NpgsqlDataReader row, int ratePerMinute, DateTimeOffset now) =>
        [Window(row, 0, Minute, ratePerMinute, now), Window(row, 2, Hour, options.Value.RequestsPerHour, now),
            Window(row, 4, Day, options.Value.RequestsPerDay, now)];

    // A row that was read, not written, may hold windows that have ended.
    private static RateWindow Window(NpgsqlDataReader row, int at, TimeSpan length, int limit, DateTimeOffset now)
    {
        var end = new DateTimeOffset(row.GetDateTime(at), TimeSpan.Zero) + length;
        return end > now
            ? new RateWindow(length, limit, row.GetInt32(at + 1), end)
            : new RateWindow(length, limit, 0, RateWindow.StartOf(now, length) + length);
    }

    private void Remember((Guid Key, KeyBudget Budget) counted, RateLimitState refusal, DateTimeOffset now)
    {
        if (_refused.Count >= RefusalsMax)
        {
            foreach (var old in _refused.Where(r => r.Value.Reset <= now)) _refused.TryRemove(old);
        }
        if (_refused.Count < RefusalsMax) _refused[counted] = refusal;
    }
}
