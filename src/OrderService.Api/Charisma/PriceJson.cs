using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Charisma;

/// <summary>
/// Makes the records of prices as this wire has them: a JSON number with all its digits, and beside it the same digits as text for clients
/// whose numbers are floats.
/// </summary>
internal static class PriceJson
{
    /// <summary>
    /// One price. All that is shown passed the gate, so the confidence is 1; the fields of pools are those of a token that is none.
    /// </summary>
    public static PriceRecord Of(PriceView view, bool details = false)
    {
        var (price, token) = (view.Price, view.Token);
        return new PriceRecord
        {
            TokenId = price.Token.ToString(),
            Symbol = token?.Symbol,
            Name = token?.Name,
            Decimals = token?.Decimals,
            Image = token?.Image,
            UsdPrice = NumberText.Of(price.Usd),
            UsdPriceExact = price.Usd.ToString(),
            SbtcRatio = view.SbtcRatio is { } ratio ? NumberText.Of(ratio) : null,
            Confidence = 1,
            LastUpdated = price.At.ToUnixTimeMilliseconds(),
            TotalLiquidity = 0,
            IsLpToken = false,
            IntrinsicValue = null,
            MarketPrice = NumberText.Of(price.Usd),
            CalculationDetails = !details ? null : new PriceDetailsRecord
            {
                PriceSource = price.Sources, IterationsToConverge = 1, FinalConvergencePercent = 0, CalculatedAt = IsoTime.Text(price.At),
            },
        };
    }

    /// <summary>One candle.</summary>
    public static CandleRecord Of(PriceCandle candle) => new()
    {
        Timestamp = IsoTime.Text(candle.At),
        Open = NumberText.Of(candle.Open),
        OpenExact = candle.Open.ToString(),
        High = NumberText.Of(candle.High),
        HighExact = candle.High.ToString(),
        Low = NumberText.Of(candle.Low),
        LowExact = candle.Low.ToString(),
        Close = NumberText.Of(candle.Close),
        CloseExact = candle.Close.ToString(),
        Points = candle.Points,
    };
}
