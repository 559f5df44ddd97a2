using System.Collections.Concurrent;
using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Pricing;
using OrderService.Engine.Clock;

namespace OrderService.Engine.Persistence;

/// <summary>How many pairs may be in use: of all, and of those that one owner brought into use.</summary>
internal readonly record struct PairLimits(int Max, int MaxPerOwner);

/// <summary>
/// The pairs that orders watch, each with its small number. Rows are only ever added; a pair without open orders is given back when
/// somebody needs its place. Who asks for a number holds the pair for a minute, in which the order that watches it is stored.
/// </summary>
internal sealed class PairDirectory(NpgsqlDataSource source, TimeProvider time)
{
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);

    // Tries of one call: each is lost to another node that added a pair at the same moment.
    private const int TriesMax = 100;

    // The number of a new pair is the next one. Two nodes that add pairs at once find the same: the later waits for the commit of the
    // earlier, adds nothing, and looks again, where it finds its pair or the number after.
    private const string Take =
        """
        WITH counted AS (SELECT count(*) AS pairs, count(*) FILTER (WHERE taken_by = $4) AS own FROM price_pairs WHERE in_use),
        used AS (
            UPDATE price_pairs p SET in_use = true, used_at = $3, taken_by = CASE WHEN p.in_use THEN p.taken_by ELSE $4 END
            FROM counted WHERE watched = $1 AND base = $2 AND (p.in_use OR (pairs < $5 AND own < $6)) RETURNING id),
        added AS (
            INSERT INTO price_pairs (id, watched, base, used_at, taken_by)
            SELECT (SELECT coalesce(max(id), 0) + 1 FROM price_pairs), $1, $2, $3, $4 FROM counted
            WHERE pairs < $5 AND own < $6 AND NOT EXISTS (SELECT 1 FROM used)
            ON CONFLICT DO NOTHING RETURNING id)
        SELECT (SELECT id FROM used UNION ALL SELECT id FROM added LIMIT 1), pairs < $5 AND own < $6, own >= $6 FROM counted
        """;

    private readonly ConcurrentDictionary<(TokenId Watched, TokenId Base), KnownPair> _known = new();
    private long _gaveBackAt = long.MinValue;

    // Held since At; somebody set out to renew that at RenewedAt.
    private readonly record struct KnownPair(int Id, DateTimeOffset At, DateTimeOffset RenewedAt);

    /// <summary>
    /// The number of a pair, which is in use from here on; refused with <c>pairs_limit</c> where it is not and there is no room.
    /// </summary>
    public async ValueTask<Result<int>> IdOfAsync(
        TokenId watched, TokenId baseAsset, string owner, PairLimits limits, CancellationToken token)
    {
        var (pair, now) = ((watched, baseAsset), time.RealNow());
        if (_known.TryGetValue(pair, out var known))
        {
            if (now - known.At < Trust) return known.Id;
            // It is held for a while yet: one caller renews that, and the others need not wait in line for its row.
            if (now - known.At < Hold / 2
                && (now - known.RenewedAt < Trust || !_known.TryUpdate(pair, known with { RenewedAt = now }, known)))
            {
                return known.Id;
            }
        }
        var (id, isOwners) = await TakeAsync(watched, baseAsset, owner, limits, now, token);
        if (id is null && await GiveBackAsync(now, token)) (id, isOwners) = await TakeAsync(watched, baseAsset, owner, limits, now, token);
        if (id is not { } taken)
        {
            var why = isOwners
                ? $"The open orders of this wallet watch {limits.MaxPerOwner} price pairs that nobody else does"
                : "This service watches as many price pairs as it may";
            return new OrderError.TooMany("pairs_limit", why, TimeSpan.FromMinutes(10));
        }
        _known[pair] = new KnownPair(taken, now, now);
        return taken;
    }

    private async Task<(int? Id, bool IsOwners)> TakeAsync(
        TokenId watched, TokenId baseAsset, string owner, PairLimits limits, DateTimeOffset now, CancellationToken token)
    {
        for (var tries = 1; ; tries++)
        {
            await using var command = source.CreateCommand(Take);
            command.Add(watched.ToString());
            command.Add(baseAsset.ToString());
            command.Add(now.UtcDateTime);
            command.Add(owner);
            command.Add(limits.Max);
            command.Add(limits.MaxPerOwner);
            await using var reader = await command.ExecuteReaderAsync(token);
            await reader.ReadAsync(token);
            if (!await reader.IsDBNullAsync(0, token)) return (reader.GetInt32(0), false);
            if (!reader.GetBoolean(1) || tries == TriesMax) return (null, reader.GetBoolean(2));
        }
    }

    // It reads all open slices, so it is done only where a place is needed, and by this process once in a while.
    private async Task<bool> GiveBackAsync(DateTimeOffset now, CancellationToken token)
    {
        var last = Interlocked.Read(ref _gaveBackAt);
        if (last != long.MinValue && now.UtcTicks - last < Trust.Ticks) return false;
        if (Interlocked.CompareExchange(ref _gaveBackAt, now.UtcTicks, last) != last) return false;
        await using var command = source.CreateCommand(
            """
            UPDATE price_pairs SET in_use = false
            WHERE in_use AND used_at < $1 AND id NOT IN (SELECT pair_id FROM slices WHERE pair_id IS NOT NULL AND ended_at IS NULL)
            """);
        command.Add((now - Hold).UtcDateTime);
        return await command.ExecuteNonQueryAsync(token) > 0;
    }

    /// <summary>Takes pairs back into use that something waits on: a reorg opens again what had ended.</summary>
    public static async Task ReviveAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE price_pairs p SET in_use = true, used_at = $1
            WHERE NOT in_use AND (EXISTS (SELECT 1 FROM slices WHERE wait_side = 'rise' AND pair_id = p.id) OR EXISTS (SELECT 1 FROM slices WHERE wait_side = 'fall' AND pair_id = p.id)
                OR EXISTS (SELECT 1 FROM slices WHERE wait_side = 'trail' AND pair_id = p.id))
            """, connection);
        command.Add(now.UtcDateTime);
        await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>
    /// Asks for the pairs that are not known yet or no longer in use, as a sweep does every tick. One that was given back keeps its number,
    /// so a lower one may appear after a higher.
    /// </summary>
    public static NpgsqlBatchCommand NewCommand(int[] known)
    {
        var command =
            new NpgsqlBatchCommand("SELECT id, watched, base, in_use FROM price_pairs WHERE in_use <> (id = ANY($1)) ORDER BY id");
        command.Add(known);
        return command;
    }

    /// <summary>Reads the answer to it.</summary>
    public static async Task<(List<PricePair> New, List<int> Gone)> ReadAsync(NpgsqlDataReader reader, CancellationToken token)
    {
        var (added, gone) = (new List<PricePair>(), new List<int>());
        while (await reader.ReadAsync(token))
        {
            if (reader.GetBoolean(3))
                added.Add(new PricePair(reader.GetInt32(0), TokenId.Parse(reader.GetString(1)), TokenId.Parse(reader.GetString(2))));
            else gone.Add(reader.GetInt32(0));
        }
        return (added, gone);
    }
}

/// <summary>A watched token and what its price is measured in.</summary>
internal sealed record PricePair(int Id, TokenId Watched, TokenId Base);
