using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OrderService.Stacks.Clarity;

// Values as Clarity source writes them; for people, logs and tests, never for comparison.
internal static class ClarityRepr
{
    public static string Render(ClarityValue value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static StringBuilder Append(StringBuilder text, ClarityValue value) => value switch
    {
        ClarityValue.Int(var number) => text.Append(CultureInfo.InvariantCulture, $"{number}"),
        ClarityValue.UInt(var number) => text.Append(CultureInfo.InvariantCulture, $"u{number}"),
        ClarityValue.Bool(var truth) => text.Append(truth ? "true" : "false"),
        ClarityValue.Buffer(var bytes) => text.Append("0x").Append(Convert.ToHexStringLower(bytes.Span)),
        ClarityValue.PrincipalValue(var principal) => text.Append(principal.ToString()),
        ClarityValue.Ok(var inner) => Append(text.Append("(ok "), inner).Append(')'),
        ClarityValue.Err(var inner) => Append(text.Append("(err "), inner).Append(')'),
        ClarityValue.None => text.Append("none"),
        ClarityValue.Some(var inner) => Append(text.Append("(some "), inner).Append(')'),
        ClarityValue.List(var items) => items.Aggregate(text.Append("(list"), (so, item) => Append(so.Append(' '), item)).Append(')'),
        ClarityValue.Tuple tuple => Fields(text.Append('{'), tuple.Entries).Append('}'),
        ClarityValue.StringAscii ascii => Quoted(text, ascii.Value),
        ClarityValue.StringUtf8 unicode => Quoted(text.Append('u'), unicode.Value),
        _ => throw new UnreachableException(value.GetType().Name),
    };

    private static StringBuilder Fields(StringBuilder text, IReadOnlyList<TupleEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            Append(text.Append(i == 0 ? "" : ", ").Append(entries[i].Name).Append(": "), entries[i].Value);
        }
        return text;
    }

    private static StringBuilder Quoted(StringBuilder text, string content)
    {
        text.Append('"');
        foreach (var rune in content.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                >= ' ' and <= '~' => text.Append((char)rune.Value),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}"),
            };
        }
        return text.Append('"');
    }
}
