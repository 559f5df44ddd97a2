using System.Numerics;
using Npgsql;
using NpgsqlTypes;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Pricing;

/// <summary>What the market traded of a pair over a time: units of both tokens, and its volume-weighted price.</summary>
internal sealed record TradedVolume(TokenAmount Base, TokenAmount Quote, Price? Vwap);

/// <summary>
/// The market's volume, minute by minute, where the venue tells it, and what is expected of it: for each minute of the day the mean of the
/// days that were recorded, seven at the most. A token that wraps another counts as the other. Without a source nothing is known, which is
/// told as null and never as zero.
/// </summary>
internal sealed class VolumeHistory(
    NpgsqlDataSource source, IEnumerable<IVolumeSource> venues, PriceBoard board, TokenRegistry tokens, TimeProvider time)
{
    private const int MinutesOfDay = 1_440;

    /// <summary>True where the venue tells what is traded.</summary>
    public bool HasSource => venues.Any();

    /// <summary>
    /// Records the minutes that are over since the last look, an hour at the most. Recording a minute again changes nothing.
    /// </summary>
    public async Task<int> RecordAsync(CancellationToken token)
    {
        var until = Minute(time.GetUtcNow());
        var rows = new List<MinuteVolume>();
        foreach (var venue in venues) rows.AddRange(await venue.FetchAsync(until.AddHours(-1), until, token));
        if (rows.Count == 0) return 0;
        // Of one pair and minute there may be several tokens of a class: they count together.
        var summed = rows.Select(r => r with { Base = board.PricedAs(r.Base), Quote = board.PricedAs(r.Quote) })
            .GroupBy(r => (r.Base, r.Quote, r.Minute))
            .Select(g => g.Aggregate((a, b) => a with { BaseUnits = a.BaseUnits + b.BaseUnits, QuoteUnits = a.QuoteUnits + b.QuoteUnits }))
            .ToList();
        await using var command = source.CreateCommand("""
            INSERT INTO volume_minutes (base, quote, minute, base_units, quote_units) SELECT * FROM unnest($1, $2, $3, $4, $5)
            ON CONFLICT (base, quote, minute) DO UPDATE SET base_units = excluded.base_units, quote_units = excluded.quote_units
            """);
        command.AddColumn(NpgsqlDbType.Text, summed, r => r.Base.ToString());
        command.AddColumn(NpgsqlDbType.Text, summed, r => r.Quote.ToString());
        command.AddColumn(NpgsqlDbType.TimestampTz, summed, r => r.Minute.UtcDateTime);
        command.AddColumn(NpgsqlDbType.Numeric, summed, r => Sql.Number(r.BaseUnits));
        command.AddColumn(NpgsqlDbType.Numeric, summed, r => Sql.Number(r.QuoteUnits));
        return await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>
    /// What was traded between two moments, in whole minutes; null without a source. <paramref name="own"/> is what is known to be a part
    /// of it: minutes are recorded when they are over, and the market traded no less.
    /// </summary>
    public Task<TradedVolume?> OverAsync(
        OrdersDb db, (TokenId Base, TokenId Quote) pair, DateTimeOffset from, DateTimeOffset to, (TokenAmount Base, TokenAmount Quote) own,
        CancellationToken token) =>
            OverAsync(db.TransactionConnection(), pair, from, to, own, token);

    /// <summary>What was traded since a moment.</summary>
    public async Task<TradedVolume?> SinceAsync((TokenId Base, TokenId Quote) pair, DateTimeOffset from, CancellationToken token)
    {
        await using var connection = await source.OpenConnectionAsync(token);
        return await OverAsync(connection, pair, from, time.GetUtcNow(), default, token);
    }

    private async Task<TradedVolume?> OverAsync(
        NpgsqlConnection connection, (TokenId Base, TokenId Quote) pair, DateTimeOffset from, DateTimeOffset to,
        (TokenAmount Base, TokenAmount Quote) own, CancellationToken token)
    {
        if (!HasSource || tokens.Find(pair.Base) is not { } baseToken || tokens.Find(pair.Quote) is not { } quote) return null;
        await using var command = new NpgsqlCommand(
            "SELECT coalesce(sum(base_units), 0), coalesce(sum(quote_units), 0) FROM volume_minutes WHERE base = $1 AND quote = $2 AND minute >= $3 AND minute <= $4",
            connection);
        command.Add(board.PricedAs(pair.Base).ToString());
        command.Add(board.PricedAs(pair.Quote).ToString());
        command.Add(Minute(from).UtcDateTime);
        command.Add(to.UtcDateTime);
        await using var reader = await command.ExecuteReaderAsync(token);
        await reader.ReadAsync(token);
        var (based, quoted) = (reader.GetFieldValue<BigInteger>(0), reader.GetFieldValue<BigInteger>(1));
        if (based < (BigInteger)own.Base.Units) (based, quoted) = ((BigInteger)own.Base.Units, (BigInteger)own.Quote.Units);
        if (based > (BigInteger)UInt128.MaxValue || quoted > (BigInteger)UInt128.MaxValue) return null;
        // quote/10^q over base/10^b as a count of 10^-18
        var price = based.IsZero
            ? (BigInteger?)null
            : quoted * BigInteger.Pow(10, baseToken.Decimals + Price.Decimals) / (based * BigInteger.Pow(10, quote.Decimals));
        return new TradedVolume(new TokenAmount((UInt128)based), new TokenAmount((UInt128)quoted),
            price is { } p && p <= (BigInteger)Price.MaxValue.Count ? new Price((UInt128)p) : null);
    }

    /// <summary>
    /// The base units that are expected in each 64th of a time from now on; null without a source, or where nothing of the pair was ever
    /// traded.
    /// </summary>
    public async Task<IReadOnlyList<UInt128>?> ForecastAsync((TokenId Base, TokenId Quote) pair, TimeSpan duration, CancellationToken token)
    {
        if (await ProfileAsync(pair, token) is not { } profile) return null;
        var start = time.GetUtcNow();
        var steps = new UInt128[64];
        for (var i = 0; i < steps.Length; i++)
            steps[i] = Between(profile, start + duration * i / steps.Length, start + duration * (i + 1) / steps.Length);
        return steps;
    }

    /// <summary>
    /// How long from now until so many base units are expected to be traded, 30 days at the most; null as for a forecast, or where that is
    /// not enough.
    /// </summary>
    public async Task<TimeSpan?> UntilAsync((TokenId Base, TokenId Quote) pair, TokenAmount volume, CancellationToken token)
    {
        if (await ProfileAsync(pair, token) is not { } profile) return null;
        var start = time.GetUtcNow();
        if (Between(profile, start, start + CurvePlan.DurationMax) < volume.Units) return null;
        var (low, high) = (0L, (long)CurvePlan.DurationMax.TotalSeconds);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (Between(profile, start, start.AddSeconds(middle)) >= volume.Units) high = middle;
            else low = middle + 1;
        }
        return TimeSpan.FromSeconds(low);
    }

    private async Task<UInt128[]?> ProfileAsync((TokenId Base, TokenId Quote) pair, CancellationToken token)
    {
        if (!HasSource) return null;
        var now = time.GetUtcNow();
        await using var command = source.CreateCommand("""
            WITH seen AS (SELECT * FROM volume_minutes WHERE base = $1 AND quote = $2 AND minute > $3 AND minute <= $4)
            SELECT (extract(hour FROM minute AT TIME ZONE 'UTC') * 60 + extract(minute FROM minute AT TIME ZONE 'UTC'))::int, div(sum(base_units), (SELECT greatest(1, ceil(extract(epoch FROM $4 - min(minute)) / 86400)) FROM seen)::numeric)
            FROM seen GROUP BY 1
            """);
        command.Add(board.PricedAs(pair.Base).ToString());
        command.Add(board.PricedAs(pair.Quote).ToString());
        command.Add(now.AddDays(-7).UtcDateTime);
        command.Add(now.UtcDateTime);
        await using var reader = await command.ExecuteReaderAsync(token);
        var profile = new UInt128[MinutesOfDay];
        while (await reader.ReadAsync(token)) profile[reader.GetInt32(0)] = (UInt128)reader.GetFieldValue<BigInteger>(1);
        return Array.TrueForAll(profile, minute => minute == 0) ? null : profile;
    }

    // A part of a minute has its part of the minute's volume; whole days are added as such.
    private static UInt128 Between(UInt128[] profile, DateTimeOffset from, DateTimeOffset to) =>
        Before(profile, to) - Before(profile, from);

    private static UInt128 Before(UInt128[] profile, DateTimeOffset moment)
    {
        var (minutes, ticks) = Math.DivRem(moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerMinute);
        var (days, minute) = Math.DivRem(minutes, MinutesOfDay);
        var day = (UInt128)0;
        var begun = (UInt128)0;
        for (var i = 0; i < profile.Length; i++)
        {
            day += profile[i];
            if (i < minute) begun += profile[i];
        }
        return day * (UInt128)days + begun + profile[minute] * (UInt128)ticks / (UInt128)TimeSpan.TicksPerMinute;
    }

    private static DateTimeOffset Minute(DateTimeOffset moment) =>
        new(moment.UtcTicks - moment.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);
}
