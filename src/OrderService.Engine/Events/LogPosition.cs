using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OrderService.Engine.Events;

/// <summary>
/// A position in a log: <c>log-number</c>, or the number alone for whatever log there is. 0 is in front of the first event.
/// </summary>
internal readonly record struct LogPosition(string? LogId, long Number)
{
    /// <summary>Reads either form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out LogPosition position)
    {
        position = default;
        if (text is not { Length: > 0 and <= 100 }) return false;
        var dash = text.LastIndexOf('-');
        if (dash == 0 || !long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        var logId = dash < 0 ? null : text[..dash];
        if (logId is not null && logId.Any(c => !char.IsAsciiHexDigitLower(c))) return false;
        position = new LogPosition(logId, number);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        LogId is null ? Number.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{LogId}-{Number}");
}
