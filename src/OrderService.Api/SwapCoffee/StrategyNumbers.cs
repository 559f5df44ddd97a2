using System.Numerics;
using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Scheduling;

namespace OrderService.Api.SwapCoffee;

/// <summary>
/// The numbers of bodies in the engine's units, which are converted here and nowhere else: a slippage of 0.01 is 100 basis points from here
/// on.
/// </summary>
internal static class StrategyNumbers
{
    /// <summary>A whole number that its rules let pass.</summary>
    public static int Whole(Given<WireNumber> given) => given.Value.TryScale(0, out var whole) ? (int)whole : 0;

    /// <summary>True above 0 and up to 1.</summary>
    public static bool IsFraction(WireNumber fraction) =>
        fraction.Digits.Sign > 0 && (fraction.TryBasisPoints(4, out var bps) ? bps : fraction.ScaleCeiling(4)) <= BasisPoints.Max;

    /// <summary>A fraction of 1 as basis points, where it is a whole number of them.</summary>
    public static bool TrySlippage(WireNumber fraction, out BasisPoints slippage)
    {
        slippage = default;
        return fraction.TryBasisPoints(4, out var bps) && bps > 0 && bps <= BasisPoints.Max
            && BasisPoints.TryCreate((int)bps, out slippage);
    }

    /// <summary>The least rate; null for no bound.</summary>
    public static bool TryRateFrom(Given<WireNumber> given, out Price? rate) =>
        TryRate(given, (n, decimals) => n.ScaleCeiling(decimals), out rate);

    /// <summary>The greatest rate; null for no bound.</summary>
    public static bool TryRateTo(Given<WireNumber> given, out Price? rate) =>
        TryRate(given, (n, decimals) => n.ScaleFloor(decimals), out rate);

    /// <summary>The rates of settings.</summary>
    public static RateBounds RateOf(NewSettingsRecord settings) =>
        new(TryRateFrom(settings.PriceRangeFrom, out var from) ? from : null, TryRateTo(settings.PriceRangeTo, out var to) ? to : null);

    // Absent and 0 are no bound. Digits beyond the 18th after the point are rounded into the range, never out of it.
    private static bool TryRate(Given<WireNumber> given, Func<WireNumber, int, BigInteger> scale, out Price? rate)
    {
        rate = null;
        if (!given.IsRead || given.Value.Digits.IsZero) return true;
        var count = scale(given.Value, Price.Decimals);
        if (count <= 0 || count > (BigInteger)Price.MaxValue.Count) return false;
        rate = new Price((UInt128)count);
        return true;
    }
}
