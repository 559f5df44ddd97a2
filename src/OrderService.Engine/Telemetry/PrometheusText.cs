using System.Globalization;
using System.Text;

namespace OrderService.Engine.Telemetry;

/// <summary>Writes families in the text exposition format of Prometheus, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Of(IEnumerable<MetricFamily> families) => Of(families.Select(family => (family, "")));

    /// <summary>
    /// The same of families of several registries, each with its label beside those of the series; the first says what it is.
    /// </summary>
    public static string Of(IEnumerable<(MetricFamily Family, string Label)> families)
    {
        var text = new StringBuilder();
        foreach (var same in families.GroupBy(one => one.Family.Name, StringComparer.Ordinal))
        {
            var family = same.First().Family;
            var series = same.SelectMany(one => one.Family.Series.Select(series => (Labels: With(series.Key, one.Label), series.Value)))
                .ToArray();
            if (series.Length == 0) continue;
            if (family.Help.Length > 0) text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escaped(family.Help)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Kind).Append('\n');
            foreach (var (labels, one) in series) Append(text, family, labels, one);
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, MetricFamily family, string labels, MetricSeries series)
    {
        var (sum, count, buckets) = series.Read();
        if (family.Kind is "counter" or "gauge")
        {
            Line(text, family.Name, "", labels, Number(sum));
            return;
        }
        for (var i = 0; i < buckets.Length; i++)
            Line(text, family.Name, "_bucket", Within(labels, Number(family.Bounds[i])), Number(buckets[i]));
        if (buckets.Length > 0) Line(text, family.Name, "_bucket", Within(labels, "+Inf"), Number(count));
        Line(text, family.Name, "_sum", labels, Number(sum));
        Line(text, family.Name, "_count", labels, Number(count));
    }

    private static void Line(StringBuilder text, string name, string suffix, string labels, string value)
    {
        text.Append(name).Append(suffix);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value).Append('\n');
    }

    private static string Within(string labels, string bound) => With(labels, $"le=\"{bound}\"");

    private static string With(string labels, string label) =>
        labels.Length == 0 ? label : label.Length == 0 ? labels : $"{labels},{label}";

    private static string Escaped(string help) =>
        help.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    private static string Number(double value) =>
        double.IsPositiveInfinity(value)
            ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
