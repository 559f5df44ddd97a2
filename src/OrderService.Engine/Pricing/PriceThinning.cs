using Microsoft.Extensions.Options;
using Npgsql;

namespace OrderService.Engine.Pricing;

/// <summary>
/// Keeps the history small: one point a minute once it is old, none once it is past its retention. Works in bounded statements, so it never
/// holds many rows.
/// </summary>
internal sealed class PriceThinning(NpgsqlDataSource source, IOptions<PricingOptions> options)
{
    private const int deletedMax = 10_000; // rows of one statement
    private const int statementsMax = 1_000; // of one round; the next goes on
    private static readonly TimeSpan _window = TimeSpan.FromMinutes(10);

    // What is before this was thinned by this process. After a restart all is looked at once more, and little is found.
    private DateTimeOffset _thinnedTo = DateTimeOffset.MinValue;

    /// <summary>One round. Answers how many points were removed.</summary>
    public async Task<long> ThinAsync(DateTimeOffset now, CancellationToken token) =>
        await DropAsync(now - options.Value.HistoryRetention, token) + await ThinToAsync(Minute(now - options.Value.ThinAfter), token);

    private async Task<long> DropAsync(DateTimeOffset before, CancellationToken token)
    {
        long total = 0;
        for (var i = 0; i < statementsMax; i++)
        {
            await using var command = source.CreateCommand(
                "DELETE FROM price_points WHERE ctid = ANY (ARRAY (SELECT ctid FROM price_points WHERE at < $1 ORDER BY at LIMIT $2))");
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = before.UtcDateTime });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = deletedMax });
            var deleted = await command.ExecuteNonQueryAsync(token);
            total += deleted;
            if (deleted < deletedMax) break;
        }
        return total;
    }

    private async Task<long> ThinToAsync(DateTimeOffset end, CancellationToken token)
    {
        long total = 0;
        for (var i = 0; i < statementsMax && _thinnedTo < end; i++)
        {
            if (await FirstAsync(_thinnedTo, end, token) is not { } first)
            {
                _thinnedTo = end;
                break;
            }
            var (from, to) = (Minute(first), Minute(first) + _window);
            if (to > end) to = end;
            total += await ThinWindowAsync(from, to, token);
            _thinnedTo = to;
        }
        return total;
    }

    private async Task<DateTimeOffset?> FirstAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken token)
    {
        await using var command = source.CreateCommand("SELECT at FROM price_points WHERE at >= $1 AND at < $2 ORDER BY at LIMIT 1");
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = from.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = to.UtcDateTime });
        return await command.ExecuteScalarAsync(token) is DateTime first ? new DateTimeOffset(first, TimeSpan.Zero) : null;
    }

    // The last point of a minute is the one that stays: it is the minute's close.
    private async Task<int> ThinWindowAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken token)
    {
        await using var command = source.CreateCommand("""
            DELETE FROM price_points AS point WHERE at >= $1 AND at < $2 AND EXISTS (
                SELECT FROM price_points AS later WHERE later.token = point.token AND later.at > point.at
                AND later.at < date_bin('1 minute', point.at, timestamptz '1970-01-01Z') + interval '1 minute')
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = from.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = to.UtcDateTime });
        return await command.ExecuteNonQueryAsync(token);
    }

    private static DateTimeOffset Minute(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerMinute));
}
