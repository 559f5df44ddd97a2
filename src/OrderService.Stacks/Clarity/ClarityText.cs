using System.Buffers;
using System.Text;

namespace OrderService.Stacks.Clarity;

// The texts of SIP-002: names, ASCII strings and Unicode strings.
internal static class ClarityText
{
    public const int NameMax = 128;

    public static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_!?+<>=/*");

    public static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > NameMax) return false;
        if (name is "-" or "+" or "=" or "/" or "*" or "<" or ">" or "<=" or ">=") return true;
        return char.IsAsciiLetter(name[0]) && !name.ContainsAnyExcept(NameCharacters);
    }

    public static bool IsAscii(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is not (>= ' ' and <= '~' or '\t' or '\n' or '\f' or '\r')) return false;
        }
        return true;
    }

    public static bool IsUnicode(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != OperationStatus.Done) return false;
            text = text[length..];
        }
        return true;
    }
}
