using System.Numerics;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Execution.Curves;

/// <summary>
/// What the market says to an order of a pair: the believed price, a clip in the target token, the volume that is expected.
/// </summary>
internal sealed class CurveMarket(PriceBoard board, TokenRegistry tokens, VolumeHistory volumes, TimeProvider time)
{
    /// <summary>The base and the quote token.</summary>
    public static (TokenId Base, TokenId Quote) PairOf(OrderTerms terms, CurveTerms asked) =>
        asked.Side == TradeSide.Buy ? (terms.BuyToken, terms.SellToken) : (terms.SellToken, terms.BuyToken);

    /// <summary>The believed price of the pair, quote per base; null where it is not known.</summary>
    public PriceRatio? PriceOf(OrderTerms terms, CurveTerms asked)
    {
        var (baseToken, quote) = PairOf(terms, asked);
        return board.TryRatio(baseToken, quote, time.GetUtcNow(), out var ratio) ? ratio : null;
    }

    /// <summary>All of it for an order that begins now, with the forecast that its curve may need.</summary>
    public async Task<CurveSight> LookAheadAsync(OrderTerms terms, CurveTerms asked, CancellationToken token)
    {
        var sight = Look(terms, asked);
        if (asked is not { Pace: CurvePace.Curve, Shape: CurveShape.Vwap }) return sight;
        var steps = await volumes.ForecastAsync(PairOf(terms, asked), TimeSpan.FromMilliseconds(asked.Duration), token);
        return steps is null ? sight : sight with { Forecast = Curve.OfForecast(steps)?.OwnKnots };
    }

    /// <summary>What of it an order has to know whose rest is divided anew.</summary>
    public CurveSight Look(OrderTerms terms, CurveTerms asked)
    {
        var price = PriceOf(terms, asked);
        return new CurveSight(price, asked.ClipMax is { } clip ? InTarget(terms, asked, clip, price) : null, null);
    }

    /// <summary>About what has to be sold for an amount out, by the believed prices; null where they are not known.</summary>
    public TokenAmount? InputFor(OrderTerms terms, CurveTerms asked, TokenAmount amountOut)
    {
        if (PriceOf(terms, asked)?.Floor is not { } price || price == Price.Zero) return null;
        var (baseToken, quote) = PairOf(terms, asked);
        if (tokens.Find(baseToken) is not { } of || tokens.Find(quote) is not { } per) return null;
        return asked.Side == TradeSide.Buy
            ? Priced(amountOut, price, of.Decimals, per.Decimals) : Converted(amountOut, price, per.Decimals, of.Decimals);
    }

    /// <summary>
    /// The most that is sold for an exact amount out: the target at the limit where that is a number and no reverse one, else at the
    /// believed price and a twentieth more. Refused where no price is known.
    /// </summary>
    public Result<TokenAmount> Estimate(OrderTerms terms, CurveTerms asked)
    {
        var unknown = new OrderError.Unavailable("no_price", "The price of the pair is not known now", TimeSpan.FromSeconds(5));
        var (baseToken, quote) = PairOf(terms, asked);
        if (tokens.Find(baseToken) is not { } of || tokens.Find(quote) is not { } per) return unknown;
        Price? limit = asked.IsReverseLimit ? null : asked.LimitPrice;
        if ((limit ?? PriceOf(terms, asked)?.Ceiling) is not { } price || price == Price.Zero) return unknown;
        var amount = asked.Side == TradeSide.Buy
            ? Priced(asked.Target, price, of.Decimals, per.Decimals) : Worth(asked.Target, price, per.Decimals, of.Decimals);
        if (limit is null) amount = amount?.MulDivCeiling(105, 100);
        return amount is { } most && most > TokenAmount.Zero
            ? most : new OrderError.Field("amountIn", "is more than any token has", "amount_too_large");
    }

    // What of the base token an amount of the quote token is worth, rounded up.
    private static TokenAmount? Worth(TokenAmount amount, Price price, int quoteDecimals, int baseDecimals)
    {
        var divisor = (BigInteger)price.Count * BigInteger.Pow(10, quoteDecimals);
        var units = ((BigInteger)amount.Units * BigInteger.Pow(10, baseDecimals + Price.Decimals) + divisor - 1) / divisor;
        return units > (BigInteger)UInt128.MaxValue ? null : new TokenAmount((UInt128)units);
    }

    /// <summary>
    /// How long an order takes that aims to be so much of the volume that is expected; null where the venue tells no volume, or too little
    /// of it within 30 days.
    /// </summary>
    public async Task<TimeSpan?> DurationOfAsync(OrderTerms terms, CurveTerms asked, Share ofVolume, CancellationToken token)
    {
        var targetIsBase = (asked.Side == TradeSide.Buy) == asked.IsExactOut;
        var (baseToken, quote) = PairOf(terms, asked);
        if (tokens.Find(baseToken) is not { } of || tokens.Find(quote) is not { } per) return null;
        var based = targetIsBase
            ? asked.Target
            : PriceOf(terms, asked)?.Floor is { } price && price > Price.Zero
            ? Converted(asked.Target, price, per.Decimals, of.Decimals) : null;
        if (based?.MulDivCeiling(Share.Whole, (UInt128)ofVolume.Count) is not { } volume) return null;
        return await volumes.UntilAsync((baseToken, quote), volume, token);
    }

    /// <summary>What an amount of the base token is worth in the quote token, rounded up; null beyond what any token has.</summary>
    public static TokenAmount? Priced(TokenAmount amount, Price price, int baseDecimals, int quoteDecimals)
    {
        var divisor = BigInteger.Pow(10, baseDecimals + Price.Decimals);
        var units = ((BigInteger)amount.Units * (BigInteger)price.Count * BigInteger.Pow(10, quoteDecimals) + divisor - 1) / divisor;
        return units > (BigInteger)UInt128.MaxValue ? null : new TokenAmount((UInt128)units);
    }

    // A clip is an amount of the quote token; where the target is the base token the believed price turns it. Without a price the slices
    // are not limited by it.
    private TokenAmount? InTarget(OrderTerms terms, CurveTerms asked, TokenAmount clip, PriceRatio? price)
    {
        var targetIsQuote = (asked.Side == TradeSide.Buy) != asked.IsExactOut;
        if (targetIsQuote) return clip;
        if (price?.Floor is not { } by || by == Price.Zero) return null;
        var (baseToken, quote) = PairOf(terms, asked);
        return tokens.Find(baseToken) is { } of && tokens.Find(quote) is { } per ? Converted(clip, by, per.Decimals, of.Decimals) : null;
    }

    // clip/10^quote / (price/10^18) · 10^base, rounded down, at least one unit
    private static TokenAmount? Converted(TokenAmount clip, Price price, int quoteDecimals, int baseDecimals)
    {
        var units = (BigInteger)clip.Units * BigInteger.Pow(10, baseDecimals + Price.Decimals)
            / ((BigInteger)price.Count * BigInteger.Pow(10, quoteDecimals));
        return units > (BigInteger)UInt128.MaxValue ? null : new TokenAmount(UInt128.Max(1, (UInt128)units));
    }
}
