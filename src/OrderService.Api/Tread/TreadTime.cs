using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>
/// Moments of this wire: written in UTC with six digits of a second; read as ISO 8601 with <c>Z</c>, an offset or no zone (UTC), or as Unix
/// milliseconds; cut to microseconds.
/// </summary>
internal static class TreadTime
{
    private const int TextMax = 40;
    private const int FractionMax = 20;

    /// <summary><c>2026-01-21T16:22:40.008559Z</c>.</summary>
    public static string Text(DateTimeOffset moment) => IsoTime.Microseconds(moment);

    /// <summary>Reads a JSON text or number.</summary>
    public static bool TryRead(WireValue value, out DateTimeOffset moment)
    {
        moment = default;
        return value.Type switch
        {
            JsonTokenType.Number => JsonText.TryReadWhole(value, out var milliseconds) && TryUnix(milliseconds, out moment),
            JsonTokenType.String => TryParse(value.Text, out moment),
            _ => false,
        };
    }

    /// <summary>Reads a text: digits alone are Unix milliseconds.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DateTimeOffset moment)
    {
        moment = default;
        if (text is null || text.Length is 0 or > TextMax) return false;
        if (!text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
                && TryUnix(milliseconds, out moment);
        }
        if (text.Length < 16 || text[10] is not ('T' or 't') || !TryZone(text.AsSpan(16), out var end, out var offset)) return false;
        return TryWall(text.AsSpan(0, 16 + end), out var wall) && TryShift(wall, offset, out moment);
    }

    private static bool TryUnix(long milliseconds, out DateTimeOffset moment)
    {
        var isInCalendar = milliseconds is >= -62_135_596_800_000 and <= 253_402_300_799_999;
        moment = isInCalendar ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : default;
        return isInCalendar;
    }

    // Where the zone begins behind the minutes, and what it is. A plus that a query lost is a space.
    private static bool TryZone(ReadOnlySpan<char> rest, out int end, out TimeSpan offset)
    {
        (end, offset) = (rest.IndexOfAny("Zz+- "), TimeSpan.Zero);
        if (end < 0)
        {
            end = rest.Length;
            return true;
        }
        var zone = rest[end..];
        if (zone is "Z" or "z") return true;
        if (zone.Length is not (5 or 6)
            || !TimeSpan.TryParseExact(zone[1..], zone.Length == 6 ? "hh\\:mm" : "hhmm", CultureInfo.InvariantCulture, out offset))
        {
            return false;
        }
        if (zone[0] == '-') offset = -offset;
        return true;
    }

    private static bool TryWall(ReadOnlySpan<char> text, out DateTime wall)
    {
        wall = default;
        var dot = text.IndexOf('.');
        var whole = dot < 0 ? text : text[..dot];
        var fraction = dot < 0 ? default : text[(dot + 1)..];
        if (dot >= 0 && (whole.Length != 19 || fraction.Length is 0 or > FractionMax || fraction.ContainsAnyExceptInRange('0', '9')))
            return false;
        var format = whole.Length == 16 ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd'T'HH:mm:ss";
        if (!DateTime.TryParseExact(whole.ToString().ToUpperInvariant(), format, CultureInfo.InvariantCulture, DateTimeStyles.None,
            out wall))
        {
            return false;
        }
        var microseconds = 0;
        for (var i = 0; i < 6; i++) microseconds = microseconds * 10 + (i < fraction.Length ? fraction[i] - '0' : 0);
        wall = wall.AddMicroseconds(microseconds);
        return true;
    }

    private static bool TryShift(DateTime wall, TimeSpan offset, out DateTimeOffset moment)
    {
        var ticks = wall.Ticks - offset.Ticks;
        var isInCalendar = ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
        moment = isInCalendar ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return isInCalendar;
    }
}
