using System.Globalization;
using System.Text.Json;

namespace OrderService.Engine.Pricing;

/// <summary>Paths into a source's JSON: property names and array indexes joined by dots.</summary>
internal sealed class PricePath
{
    private readonly string[] _steps;

    private PricePath(string path) => _steps = path.Length == 0 ? [] : path.Split('.');

    /// <summary>A path; null and "" are the root itself.</summary>
    public static PricePath Of(string? path) => new(path ?? "");

    /// <summary>Follows the path; <c>{token}</c> in a step stands for the token's name, dots included.</summary>
    public bool TryFind(JsonElement root, string alias, out JsonElement found)
    {
        found = root;
        foreach (var step in _steps)
        {
            if (!TryStep(found, step.Replace(HttpPriceSourceOptions.TokenPlaceholder, alias, StringComparison.Ordinal), out found))
                return false;
        }
        return true;
    }

    /// <summary>The raw text of a number, the content of a string, null for anything else.</summary>
    public static string? Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.String => element.GetString(),
        _ => null,
    };

    private static bool TryStep(JsonElement from, string step, out JsonElement found)
    {
        found = default;
        if (from.ValueKind == JsonValueKind.Object) return from.TryGetProperty(step, out found);
        if (from.ValueKind != JsonValueKind.Array) return false;
        if (!int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= from.GetArrayLength())
            return false;
        found = from[index];
        return true;
    }
}
