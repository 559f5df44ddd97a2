using System.Globalization;

namespace OrderService.Benchmarks.Ground;

/// <summary>What follows the name of a benchmark: <c>--name value</c> pairs.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = [];

    public Arguments(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i += 2)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == words.Count)
                throw new FormatException($"{words[i]} is not a --name followed by a value");
            _values[words[i][2..]] = words[i + 1];
        }
    }

    /// <summary>A whole number, such as <c>--runs 5</c>.</summary>
    public int Whole(string name, int otherwise) =>
        _values.TryGetValue(name, out var text) ? int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Whole numbers, such as <c>--orders 10000,1000000</c>.</summary>
    public int[] Wholes(string name, params int[] otherwise) =>
        _values.TryGetValue(name, out var text)
            ? [.. text.Split(',').Select(one => int.Parse(one, CultureInfo.InvariantCulture))] : otherwise;

    /// <summary>Text, or null.</summary>
    public string? Text(string name) => _values.GetValueOrDefault(name);
}
