using System.Numerics;
using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;

namespace OrderService.Api.SwapCoffee;

/// <summary>Reads the members of a JSON object, each by its rule; the first that does not hold is the refusal and names the member with its path.</summary>
internal readonly struct JsonFields(JsonElement element, string path = "")
{
    private const int DepthMax = 16;

    // Two readers of one body must not see two orders.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = DepthMax, AllowDuplicateProperties = false };

    /// <summary>Reads a whole body, which must be an object.</summary>
    public static Result<T> ReadBody<T>(ReadOnlyMemory<byte> json, Func<JsonFields, Result<T>> read)
    {
        try
        {
            using var document = StrictJson.Parse(json, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(new JsonFields(document.RootElement)) : Malformed();
        }
        catch (JsonException)
        {
            return Malformed();
        }
    }

    /// <summary>A member of any type; null where it is absent or null.</summary>
    public JsonElement? Any(string name) => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>An object.</summary>
    public Result<JsonFields> Object(string name)
    {
        if (Any(name) is not { } value) return Missing(name);
        return value.ValueKind == JsonValueKind.Object ? new JsonFields(value, $"{path}{name}.") : Field(name, "must be an object");
    }

    /// <summary>A text; null where it is absent.</summary>
    public Result<string?> OptionalText(string name)
    {
        if (Any(name) is not { } value) return (string?)null;
        return TextOf(value) is { } text ? text : Field(name, "must be text");
    }

    /// <summary>A text.</summary>
    public Result<string> Text(string name)
    {
        if (OptionalText(name).IsRejected(out var why, out var text)) return why;
        return text is null ? Missing(name) : text;
    }

    /// <summary>A number, or the same number as text where <paramref name="orText"/> says so; null where it is absent.</summary>
    public Result<WireNumber?> OptionalNumber(string name, bool orText = false)
    {
        if (Any(name) is not { } value) return (WireNumber?)null;
        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : orText ? TextOf(value) : null;
        return WireNumber.TryParse(text, out var number) ? number : Field(name, "must be a number");
    }

    /// <summary>A whole number between two bounds, both inclusive.</summary>
    public Result<int> Whole(string name, int min, int max, bool orText = false)
    {
        if (OptionalNumber(name, orText).IsRejected(out var why, out var number)) return why;
        if (number is not { } given) return Missing(name);
        return given.TryScale(0, out var whole) && whole >= min && whole <= max
            ? (int)whole
            : Field(name, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"must be a whole number of {min} to {max}"));
    }

    /// <summary>
    /// A positive amount of base units: a whole number as text or as a JSON number, in any spelling. A millionth of a base unit more or less, as
    /// <c>(x * 10 ** decimals).toString()</c> makes of many an x, is that whole number.
    /// </summary>
    public Result<TokenAmount> Amount(string name)
    {
        if (Any(name) is not { } value) return Missing(name);
        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : TextOf(value);
        return WireNumber.TryParse(text, out var number) && number.TryBaseUnits(0, out var units) && units.Sign > 0 && units <= (BigInteger)UInt128.MaxValue
            ? new TokenAmount((UInt128)units)
            : Field(name, "must be a positive whole number of base units, at most 2^128-1");
    }

    /// <summary>A refusal about a member.</summary>
    public OrderError.Field Field(string name, string problem) => new($"{path}{name}", problem);

    private OrderError.Field Missing(string name) => Field(name, "is required");

    private static OrderError.Malformed Malformed() => new("Invalid request: the body must be a JSON object without repeated names");

    // JSON can spell half a surrogate pair, which is no text.
    private static string? TextOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
