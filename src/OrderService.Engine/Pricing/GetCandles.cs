using OrderService.Domain;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>What is asked for: an interval, and the window [from, to), of which either end may be absent.</summary>
internal sealed record CandlesQuery(TokenId Token, TimeSpan Interval, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>The candles of a window, with its ends as they were understood.</summary>
internal sealed record Candles(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<PriceCandle> All);

/// <summary>
/// The history of a token in candles. Without an end the window ends now; without a beginning it is as long as one answer can be.
/// </summary>
internal sealed class GetCandles(PriceBoard board, TokenRegistry tokens, PriceHistory history, TimeProvider time)
{
    public async Task<Result<Candles>> HandleAsync(CandlesQuery query, CancellationToken token)
    {
        if (!board.Knows(query.Token) && tokens.Find(query.Token) is null)
            return new OrderError.UnknownToken("token", query.Token.ToString());
        var to = query.To ?? time.GetUtcNow();
        if (to.UtcTicks < query.Interval.Ticks * PriceHistory.CandlesMax) return new OrderError.Field("to", "is too early");
        var from = query.From ?? Bucket(to, query.Interval) - query.Interval * (PriceHistory.CandlesMax - 1);
        var first = Bucket(from, query.Interval); // a candle is told whole or not at all
        // Of a time to come there is nothing yet: a caller's clock may be ahead of this one, and engine time may have slowed down.
        if (from >= to && query.To is null) return new Candles(first, from, []);
        if (from >= to) return new OrderError.Field("from", "must be earlier than to");
        if ((to - first).Ticks > query.Interval.Ticks * PriceHistory.CandlesMax)
            return new OrderError.Field("from", $"must be at most {PriceHistory.CandlesMax} intervals before to");
        return new Candles(first, to,
            await history.CandlesAsync(board.PricedAs(query.Token), query.Interval, first, to, PriceHistory.CandlesMax, token));
    }

    private static DateTimeOffset Bucket(DateTimeOffset at, TimeSpan interval)
    {
        var since = at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        var offset = ((since % interval.Ticks) + interval.Ticks) % interval.Ticks;
        return at.AddTicks(-offset);
    }
}
