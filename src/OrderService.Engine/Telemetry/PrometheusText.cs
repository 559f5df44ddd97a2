using System.Globalization;
using System.Text;

namespace OrderService.Engine.Telemetry;

/// <summary>Writes families in the text exposition format of Prometheus, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Of(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            var series = family.Series.ToArray();
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
            Line(text, family.Name, "_bucket", With(labels, Number(family.Bounds[i])), Number(buckets[i]));
        if (buckets.Length > 0) Line(text, family.Name, "_bucket", With(labels, "+Inf"), Number(count));
        Line(text, family.Name, "_sum", labels, Number(sum));
        Line(text, family.Name, "_count", labels, Number(count));
    }

    private static void Line(StringBuilder text, string name, string suffix, string labels, string value)
    {
        text.Append(name).Append(suffix);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value).Append('\n');
    }

    private static string With(string labels, string bound) => labels.Length == 0 ? $"le=\"{bound}\"" : $"{labels},le=\"{bound}\"";

    private static string Escaped(string help) =>
        help.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    private static string Number(double value) =>
        double.IsPositiveInfinity(value)
            ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
