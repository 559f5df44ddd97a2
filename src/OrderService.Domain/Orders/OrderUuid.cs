using System.Diagnostics.CodeAnalysis;

namespace OrderService.Domain.Orders;

/// <summary>
/// An order's uuid: <c>8-4-4-4-12</c> hex digits of either case, any version. The text is what was signed and is kept as it came; the key
/// is its 16 bytes.
/// </summary>
public readonly record struct OrderUuid : IParsable<OrderUuid>
{
    private readonly string? _text;

    private OrderUuid(string text, Guid key) => (_text, Key) = (text, key);

    /// <summary>The 16 bytes, equal for every spelling of the same uuid.</summary>
    public Guid Key { get; }

    /// <summary>Reads the text form; braces, spaces and other spellings are refused.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out OrderUuid uuid)
    {
        uuid = Guid.TryParseExact(text, "D", out var key) && text.Length == 36 ? new OrderUuid(text, key) : default;
        return uuid._text is not null;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out OrderUuid result) => TryParse(s, out result);

    /// <inheritdoc/>
    public static OrderUuid Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var uuid) ? uuid : throw new FormatException($"not a uuid: {s}");

    /// <summary>A new random uuid in lower case.</summary>
    public static OrderUuid New() => Parse(Guid.NewGuid().ToString("D"));

    /// <summary>The text as it came.</summary>
    public override string ToString() => _text ?? "";
}
