namespace OrderService.Engine.Orders;

/// <summary>The uuids that begin with a text, as the two ends of a range that the key's index is walked over.</summary>
internal static class UuidRange
{
    private const int Digits = 32;

    /// <summary>From the first to the last of them; an empty range where none can begin so, or the text is too short to mean one.</summary>
    public static (Guid From, Guid To) Of(string text)
    {
        var digits = text.Replace("-", "", StringComparison.Ordinal);
        var isOne = digits.Length is >= 4 and <= Digits && digits.All(char.IsAsciiHexDigit);
        return isOne
            ? (Guid.ParseExact(digits.PadRight(Digits, '0'), "N"), Guid.ParseExact(digits.PadRight(Digits, 'f'), "N"))
            : (Guid.AllBitsSet, Guid.Empty);
    }
}
