using System.Globalization;
using OrderService.Api.Wire;

namespace OrderService.Api.Charisma;

/// <summary>What is particular to the queries of the price routes.</summary>
internal static class PriceQuery
{
    public const string DefaultInterval = "1m";

    private static readonly long _unixMillisecondsMax = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The intervals that candles come in.</summary>
    public static bool TryReadInterval(string? text, out TimeSpan interval)
    {
        interval = text switch
        {
            "1s" => TimeSpan.FromSeconds(1),
            "1m" => TimeSpan.FromMinutes(1),
            "5m" => TimeSpan.FromMinutes(5),
            "15m" => TimeSpan.FromMinutes(15),
            "1h" => TimeSpan.FromHours(1),
            "4h" => TimeSpan.FromHours(4),
            "1d" => TimeSpan.FromDays(1),
            _ => default,
        };
        return interval != default;
    }

    /// <summary>ISO 8601 in UTC or Unix milliseconds; an absent one reads as null.</summary>
    public static bool TryReadMoment(string? text, out DateTimeOffset? moment)
    {
        moment = null;
        if (text is null) return true;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds <= _unixMillisecondsMax)
        {
            moment = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }
        else if (IsoTime.TryParse(text, out var iso))
        {
            moment = iso;
        }
        return moment is not null;
    }
}
