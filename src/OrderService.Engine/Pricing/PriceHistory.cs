using System.Numerics;
using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Pricing;

/// <summary>What was believed, point by point: one a token and second.</summary>
internal sealed class PriceHistory(NpgsqlDataSource source)
{
    /// <summary>The most candles of one answer.</summary>
    public const int CandlesMax = 1000;

    private const int timeoutSeconds = 5;

    /// <summary>
    /// Writes one point a price at the second of its time, where this node asks for prices. A second that has a point keeps it.
    /// </summary>
    public async Task AppendAsync(IReadOnlyCollection<BelievedPrice> believed, Guid node, CancellationToken token)
    {
        await using var command = source.CreateCommand("""
            INSERT INTO price_points (token, at, usd)
            SELECT token, date_trunc('second', at), usd FROM unnest($1, $2, $3) AS points (token, at, usd)
            WHERE EXISTS (SELECT FROM work_leases WHERE work = 'prices' AND node = $4)
            ON CONFLICT (token, at) DO NOTHING
            """);
        command.CommandTimeout = timeoutSeconds;
        var rows = believed.ToArray();
        command.AddColumn(NpgsqlDbType.Text, rows, price => price.Token.ToString());
        command.AddColumn(NpgsqlDbType.TimestampTz, rows, price => price.At.UtcDateTime);
        command.AddColumn(NpgsqlDbType.Numeric, rows, price => Sql.Number(price.Usd));
        command.Add(node);
        await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>The newest point of each token that has one.</summary>
    public async Task<IReadOnlyDictionary<TokenId, Price>> LatestAsync(IReadOnlyList<TokenId> tokens, CancellationToken token)
    {
        await using var command = source.CreateCommand("""
            SELECT wanted.token, latest.usd FROM unnest($1) AS wanted (token)
            CROSS JOIN LATERAL (SELECT usd FROM price_points WHERE token = wanted.token ORDER BY at DESC LIMIT 1) AS latest
            """);
        command.CommandTimeout = timeoutSeconds;
        command.AddColumn(NpgsqlDbType.Text, tokens, id => id.ToString());
        await using var reader = await command.ExecuteReaderAsync(token);
        var found = new Dictionary<TokenId, Price>();
        while (await reader.ReadAsync(token)) found[TokenId.Parse(reader.GetString(0))] = PriceAt(reader, 1);
        return found;
    }

    /// <summary>
    /// What was believed at moments: the newest point of each that is not older than <paramref name="ageMax"/> by then. Moments without one
    /// are left out.
    /// </summary>
    public async Task<IReadOnlyDictionary<(TokenId Token, DateTimeOffset At), Price>> AtAsync(
        IReadOnlyCollection<(TokenId Token, DateTimeOffset At)> moments, TimeSpan ageMax, CancellationToken token)
    {
        var rows = moments.Distinct().ToArray();
        var found = new Dictionary<(TokenId, DateTimeOffset), Price>(rows.Length);
        if (rows.Length == 0) return found;
        await using var command = source.CreateCommand("""
            SELECT wanted.place, latest.usd FROM unnest($1, $2) WITH ORDINALITY AS wanted (token, at, place)
            CROSS JOIN LATERAL (
                SELECT usd FROM price_points p WHERE p.token = wanted.token AND p.at <= wanted.at AND p.at >= wanted.at - $3 ORDER BY p.at DESC LIMIT 1) AS latest
            """);
        command.CommandTimeout = timeoutSeconds;
        command.AddColumn(NpgsqlDbType.Text, rows, row => row.Token.ToString());
        command.AddColumn(NpgsqlDbType.TimestampTz, rows, row => row.At.UtcDateTime);
        command.Add(ageMax);
        await using var reader = await command.ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token)) found[rows[reader.GetInt64(0) - 1]] = PriceAt(reader, 1);
        return found;
    }

    /// <summary>
    /// The mean of what one token was worth in another over (after, until], at the moments at which both have a point; null where none has.
    /// A token that is USD is worth 1.
    /// </summary>
    public async Task<Price?> MeanAsync(TokenId of, TokenId by, DateTimeOffset after, DateTimeOffset until, CancellationToken token)
    {
        await using var command = source.CreateCommand("""
            SELECT least(floor(avg(coalesce(a.usd, 1000000000000000000) * 1000000000000000000 / coalesce(b.usd, 1000000000000000000))), 10::numeric ^ 38 - 1)::numeric(38,0)
            FROM (SELECT at, usd FROM price_points WHERE token = $1 AND at > $3 AND at <= $4) AS a
            FULL JOIN (SELECT at, usd FROM price_points WHERE token = $2 AND at > $3 AND at <= $4) AS b USING (at)
            WHERE (a.usd IS NOT NULL OR $1 = 'USD') AND (b.usd IS NOT NULL OR $2 = 'USD')
            """);
        command.CommandTimeout = timeoutSeconds;
        command.Add(of.ToString());
        command.Add(by.ToString());
        command.Add(after.UtcDateTime);
        command.Add(until.UtcDateTime);
        await using var reader = await command.ExecuteReaderAsync(token);
        await reader.ReadAsync(token);
        return reader.IsDBNull(0) ? null : PriceAt(reader, 0);
    }

    /// <summary>
    /// The candles of [from, to) that have a point, oldest first: the newest <paramref name="limit"/> of them. Intervals are counted from
    /// the Unix epoch.
    /// </summary>
    public async Task<IReadOnlyList<PriceCandle>> CandlesAsync(
        TokenId id, TimeSpan interval, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken token)
    {
        await using var command = source.CreateCommand("""
            SELECT date_bin($2, at, timestamptz '1970-01-01Z') AS bucket,
                   (array_agg(usd ORDER BY at))[1], max(usd), min(usd), (array_agg(usd ORDER BY at DESC))[1], count(*)
            FROM price_points WHERE token = $1 AND at >= $3 AND at < $4
            GROUP BY bucket ORDER BY bucket DESC LIMIT $5
            """);
        command.Add(id.ToString());
        command.Add(interval);
        command.Add(from.UtcDateTime);
        command.Add(to.UtcDateTime);
        command.Add(Math.Clamp(limit, 1, CandlesMax));
        await using var reader = await command.ExecuteReaderAsync(token);
        var candles = new List<PriceCandle>();
        while (await reader.ReadAsync(token))
        {
            candles.Add(new PriceCandle(reader.GetFieldValue<DateTimeOffset>(0), PriceAt(reader, 1), PriceAt(reader, 2), PriceAt(reader, 3),
                PriceAt(reader, 4), reader.GetInt64(5)));
        }
        candles.Reverse();
        return candles;
    }

    /// <summary>Every point of some tokens from one moment to another, both included, oldest first. USD has none.</summary>
    public async IAsyncEnumerable<(DateTimeOffset At, TokenId Token, Price Usd)> WalkAsync(
        IReadOnlyList<TokenId> tokens, DateTimeOffset from, DateTimeOffset to,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        await using var command = source.CreateCommand(
            "SELECT at, token, usd FROM price_points WHERE token = ANY($1) AND at >= $2 AND at <= $3 ORDER BY at, token");
        command.CommandTimeout = timeoutSeconds;
        command.AddColumn(NpgsqlDbType.Text, tokens, id => id.ToString());
        command.Add(from.UtcDateTime);
        command.Add(to.UtcDateTime);
        var ids = tokens.Distinct().ToDictionary(id => id.ToString(), StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token))
            yield return (reader.GetFieldValue<DateTimeOffset>(0), ids[reader.GetString(1)], PriceAt(reader, 2));
    }

    private static Price PriceAt(NpgsqlDataReader reader, int column) => new((UInt128)reader.GetFieldValue<BigInteger>(column));
}
