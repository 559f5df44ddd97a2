using System.Collections.Frozen;

namespace OrderService.Api.Charisma;

/// <summary>
/// Names that look like a protection of the funds, or like another of an order's own fields, and are none: kept as a field of the client's
/// they would leave it in the belief that they hold.
/// </summary>
internal static class Misnamed
{
    private const string Slippage = "slippageBps (basis points) or slippage (per cent)";
    private const string Least = "minAmountOut";
    private const string End = "validTo";

    private static readonly FrozenSet<string> Own = FrozenSet.ToFrozenSet(
    [
        "owner", "inputToken", "outputToken", "amountIn", "targetPrice", "direction", "conditionToken", "baseAsset", "recipient", "uuid",
        "signature", "termsSignature",
        "validFrom", "validTo", "minAmountOut", "slippageBps", "slippage", "maxDeviationBps", "acceptUnprotectedOutput", "limitPrice",
        "timeInForce", "trailingBps", "trailingAmount",
    ]);

    // By their letters alone: min_amount_out, MinAmountOut and minAmountout are one name.
    private static readonly FrozenDictionary<string, string> Right = Own.Select(name => KeyValuePair.Create(Letters(name), name)).Concat(
    [
        new("slippagetolerance", Slippage), new("slippagetolerancebps", Slippage), new("maxslippage", Slippage),
        new("maxslippagebps", Slippage), new("slippagepercentage", Slippage),
        new("slippagepercent", Slippage), new("slippagepct", Slippage), new("allowedslippage", Slippage), new("slippagelimit", Slippage),
        new("minout", Least), new("amountoutmin", Least), new("amountoutminimum", Least), new("minimumamountout", Least),
        new("minoutput", Least), new("minoutputamount", Least),
        new("minreceived", Least), new("minimumreceived", Least), new("minimumreceive", Least), new("minimumout", Least),
        new("minreturn", Least), new("minamount", Least),
        new("maxdeviation", "maxDeviationBps"), new("maxpriceimpact", "maxDeviationBps"), new("priceimpact", "maxDeviationBps"),
        new("maxpriceimpactbps", "maxDeviationBps"),
        new("deadline", End), new("expiry", End), new("expiration", End), new("expiresat", End), new("validuntil", End),
        new("goodtill", End), new("expirationtime", End),
        new("minprice", "limitPrice"), new("stoplimitprice", "limitPrice"), new("tif", "timeInForce"),
        new("trailingpercent", "trailingBps"), new("trailpercent", "trailingBps"), new("trailprice", "trailingAmount"),
        new("trailingdelta", "trailingBps"), new("callbackrate", "trailingBps"),
        new("stopprice", "targetPrice with conditionToken and direction"),
        new("triggerprice", "targetPrice with conditionToken and direction"),
    ]).ToFrozenDictionary();

    /// <summary>
    /// What the name was meant to be; null for a name that is one of the order's own, and for one that looks like none of them.
    /// </summary>
    public static string? Of(string name) => Own.Contains(name) ? null : Right.GetValueOrDefault(Letters(name));

    private static string Letters(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
