using System.Text;

namespace OrderService.Engine.Telemetry;

/// <summary>The labels of one measurement as the exposition format writes them: sorted by name, escaped, without braces.</summary>
internal static class MetricLabels
{
    [ThreadStatic]
    private static StringBuilder? text;

    /// <summary>
    /// The text, which is also the key of the series. <paramref name="isWanted"/> drops labels that would only multiply series.
    /// </summary>
    public static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags, Predicate<string> isWanted)
    {
        if (tags.IsEmpty) return "";
        var sorted = tags.ToArray();
        if (sorted.Length > 1) Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        var builder = (text ??= new StringBuilder()).Clear();
        foreach (var (name, value) in sorted)
        {
            if (!isWanted(name)) continue;
            if (builder.Length > 0) builder.Append(',');
            AppendName(builder, name);
            builder.Append("=\"");
            AppendValue(builder, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "");
            builder.Append('"');
        }
        return builder.ToString();
    }

    /// <summary>A name of letters, digits and underscores; what else there is becomes an underscore.</summary>
    public static void AppendName(StringBuilder builder, string name)
    {
        foreach (var c in name) builder.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
    }

    private static void AppendValue(StringBuilder builder, string value)
    {
        foreach (var c in value)
        {
            switch (c)
            {
                case '\\': builder.Append(@"\\"); break;
                case '"': builder.Append("\\\""); break;
                case '\n': builder.Append(@"\n"); break;
                default: builder.Append(c); break;
            }
        }
    }
}
