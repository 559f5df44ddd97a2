using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OrderService.Domain.Events;

namespace OrderService.Api.Wire;

/// <summary>
/// Moments on the wire: ISO 8601 in UTC. Read with the minutes at least and a final <c>Z</c>, cut to whole microseconds, which is what the
/// store keeps.
/// </summary>
internal static class IsoTime
{
    private const int FractionDigits = 6;

    /// <summary>
    /// Reads <c>yyyy-MM-ddTHH:mm[:ss[.f…]]Z</c>, checked against the calendar. Offsets, lower case and leap seconds are refused.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DateTimeOffset moment)
    {
        moment = default;
        if (text is null || text.Length is < 17 or > 1000 || text[^1] != 'Z') return false;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? text.AsSpan(0, text.Length - 1) : text.AsSpan(0, dot);
        var fraction = dot < 0 ? default : text.AsSpan(dot + 1, text.Length - dot - 2);
        if (dot >= 0 && (fraction.IsEmpty || whole.Length != 19 || fraction.ContainsAnyExceptInRange('0', '9'))) return false;
        var format = whole.Length == 16 ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd'T'HH:mm:ss";
        if (!DateTime.TryParseExact(whole, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)) return false;
        moment = new DateTimeOffset(read, TimeSpan.Zero).AddMicroseconds(Microseconds(fraction));
        return true;
    }

    /// <summary>Writes milliseconds: a moment of the service's own.</summary>
    public static string Text(DateTimeOffset moment) => MomentText.Of(moment);

    /// <summary>Writes milliseconds, or microseconds where there are any: a moment that a client gave.</summary>
    public static string Exact(DateTimeOffset moment) =>
        moment.Microsecond == 0 ? Text(moment) : Microseconds(moment);

    /// <summary>Writes microseconds.</summary>
    public static string Microseconds(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static int Microseconds(ReadOnlySpan<char> fraction)
    {
        var count = 0;
        for (var i = 0; i < FractionDigits; i++) count = count * 10 + (i < fraction.Length ? fraction[i] - '0' : 0);
        return count;
    }
}
