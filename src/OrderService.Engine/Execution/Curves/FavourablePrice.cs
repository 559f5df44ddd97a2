using System.Collections.Concurrent;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Execution.Curves;

/// <summary>
/// Is a pair's price better than it was of late? For a buy at most the mean of the last minute's recorded prices less p·10 bps, for a sell
/// at least the mean and as much more. Where either is not known, it is not.
/// </summary>
internal sealed class FavourablePrice(CurveMarket market, PriceBoard board, PriceHistory history, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);
    private const int PairsMax = 1_000;

    // κ·p with p in parts per 10^9 and κ = 10 bps: parts per 10^12.
    private const ulong Whole = 1_000_000_000_000;

    private readonly ConcurrentDictionary<(TokenId, TokenId), (Price? Mean, DateTimeOffset At)> _means = new();

    /// <summary>True where it is.</summary>
    public async Task<bool> HandleAsync(OrderTerms terms, CurveTerms asked, CancellationToken token)
    {
        if (market.PriceOf(terms, asked) is not { } price) return false;
        if (await MeanAsync(CurveMarket.PairOf(terms, asked), token) is not { } mean) return false;
        return IsFavourable(asked.Side, asked.Patience, mean, price);
    }

    /// <summary>The comparison alone: exact, in integers.</summary>
    public static bool IsFavourable(TradeSide side, Share patience, Price mean, PriceRatio price)
    {
        var off = (ulong)patience.Count;
        return side == TradeSide.Buy
            ? Wide.MulDivFloor(mean.Count, Whole - off, Whole) is { } most && price.Ceiling.Count <= most
            : Wide.MulDivCeiling(mean.Count, Whole + off, Whole) is { } least && price.Floor.Count >= least;
    }

    private async Task<Price?> MeanAsync((TokenId Base, TokenId Quote) pair, CancellationToken token)
    {
        var now = time.GetUtcNow();
        if (_means.TryGetValue(pair, out var kept) && now - kept.At < KeptFor) return kept.Mean;
        var mean = await history.MeanAsync(board.PricedAs(pair.Base), board.PricedAs(pair.Quote), now - Window, now, token);
        if (_means.Count > PairsMax) _means.Clear();
        _means[pair] = (mean, now);
        return mean;
    }
}
