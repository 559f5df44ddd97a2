using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OrderService.Domain.Amounts;

namespace OrderService.Engine.Pricing;

/// <summary>Reads the time of an observation, exactly to the tick, in the unit of its source.</summary>
internal static class PriceTime
{
    public static bool TryRead(JsonElement element, TimeUnit unit, out DateTimeOffset at)
    {
        at = default;
        var text = PricePath.Text(element);
        if (text is null) return false;
        if (unit == TimeUnit.Iso8601)
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);
        }
        if (!PriceNumber.TryRead(text, out var number, out _)) return false;
        var ticks = number.Count / CountsPerTick(unit);
        if (ticks > (UInt128)(DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks) return false;
        at = DateTimeOffset.UnixEpoch.AddTicks((long)ticks);
        return true;
    }

    // A number is a count of 10^-18 units; a tick is 10^-7 s.
    private static UInt128 CountsPerTick(TimeUnit unit) => unit switch
    {
        TimeUnit.Seconds => 100_000_000_000,
        TimeUnit.Milliseconds => 100_000_000_000_000,
        TimeUnit.Microseconds => 100_000_000_000_000_000,
        TimeUnit.Nanoseconds => (UInt128)100_000_000_000_000_000 * 1000,
        _ => throw new UnreachableException($"not a unit of a number: {unit}"),
    };
}
