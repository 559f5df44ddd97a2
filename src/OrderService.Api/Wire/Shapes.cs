using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Domain.Amounts;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Wire;

/// <summary>The shapes of texts and numbers as a document says them.</summary>
internal static class Shapes
{
    private static readonly string Name = $"[a-zA-Z][a-zA-Z0-9_-]{{0,{ContractId.NameMax - 1}}}";

    private const string Address = "S[0-9A-Za-z]+";
    private const string SomeAddress = "ST2QKZ4FKHAH1NQKYKYAYZPY440FEPK7GZ1R5HBP2";
    private const string SomeContract = "ST000000000000000000002AMW42H.token-susdt-subnet-v1";

    /// <summary>The schema of a shape, a new one each time.</summary>
    public static OpenApiSchema SchemaOf(Shape shape)
    {
        var schema = new OpenApiSchema();
        Apply(schema, shape);
        return schema;
    }

    /// <summary>Writes a shape into a schema.</summary>
    public static void Apply(OpenApiSchema schema, Shape shape)
    {
        if (TryApplyNumber(schema, shape)) return;
        if (shape == Shape.Truth)
        {
            (schema.Type, schema.Examples) = (JsonSchemaType.Boolean, schema.Examples ?? [JsonValue.Create(true)]);
            return;
        }
        if (shape is Shape.Text or Shape.Fields)
        {
            (schema.Type, schema.AdditionalProperties) = shape == Shape.Text
                ? (JsonSchemaType.String, null) : (JsonSchemaType.Object, new OpenApiSchema());
            return;
        }
        (schema.Type, schema.Pattern, schema.Format, var example) = (JsonSchemaType.String, PatternOf(shape), FormatOf(shape),
            ExampleOf(shape));
        schema.Examples ??= [JsonValue.Create(example)];
    }

    private static bool TryApplyNumber(OpenApiSchema schema, Shape shape)
    {
        const JsonSchemaType text = JsonSchemaType.String;
        (JsonSchemaType Type, string? Pattern, decimal Example, (long Min, long Max)? Bounds)? number = shape switch
        {
            Shape.BasisPoints => (JsonSchemaType.Integer, null, 100, (BasisPoints.Min, BasisPoints.Max)),
            Shape.PerCent => (JsonSchemaType.Number | text, @"^[0-9]+(\.[0-9]{1,2})?$", 0.5m, (0, 100)),
            Shape.Whole => (JsonSchemaType.Integer, null, 1, null),
            Shape.Number => (JsonSchemaType.Number, null, 0.5m, null),
            Shape.LooseNumber => (JsonSchemaType.Number | text, @"^-?[0-9]+(\.[0-9]+)?$", 0.5m, null),
            Shape.RateMax => (JsonSchemaType.Number | text, @"^(Infinity|[0-9]+(\.[0-9]+)?)$", 2, null),
            Shape.Slippage => (JsonSchemaType.Number | text, @"^(auto|[0-9]+(\.[0-9]+)?)$", 0.5m, null),
            Shape.Expression => (JsonSchemaType.Number | text, null, 0.05m, null),
            Shape.LooseMoment => (JsonSchemaType.Integer | text, null, 1_893_499_200_000, null),
            Shape.LooseWhole => (JsonSchemaType.Integer | text, "^-?[0-9]+$", 1, null),
            Shape.LooseUnits => (JsonSchemaType.Integer | text, PatternOf(Shape.BaseUnits), 1_000_000, null),
            _ => null,
        };
        if (number is not var (type, pattern, example, bounds)) return false;
        (schema.Type, schema.Pattern, schema.Format) = (type, pattern,
            type.HasFlag(JsonSchemaType.Integer)
                ? shape is Shape.BasisPoints or Shape.Whole ? "int32" : "int64" : shape == Shape.Number ? "double" : null);
        schema.Examples ??= [JsonValue.Create(example)];
        if (bounds is var (min, max)) Bound(schema, min, max);
        return true;
    }

    /// <summary>Writes the ends of a number's range.</summary>
    public static void Bound(OpenApiSchema schema, long min, long? max)
    {
        schema.Minimum = min.ToString(CultureInfo.InvariantCulture);
        schema.Maximum = max?.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Writes the only words that there are.</summary>
    public static void Only(OpenApiSchema schema, IEnumerable<string> words)
    {
        schema.Type ??= JsonSchemaType.String;
        schema.Enum = [.. words.Select(word => (JsonNode)JsonValue.Create(word))];
        schema.Examples ??= [schema.Enum[0].DeepClone()];
    }

    private static string? PatternOf(Shape shape) => shape switch
    {
        Shape.BaseUnits => "^[0-9]+$",
        Shape.Price => $"^[0-9]+(\\.[0-9]{{1,{Price.Decimals}}})?$",
        Shape.WholeTokens => "^[0-9]+(\\.[0-9]+)?$",
        Shape.Address => $"^{Address}$",
        Shape.Principal => $"^{Address}(\\.{Name})?$",
        Shape.Contract => $"^{Address}\\.{Name}$",
        Shape.Token => $"^(\\.stx|USD|{Address}\\.{Name})$",
        Shape.Condition => $"^(\\*|\\.stx|{Address}\\.{Name})$",
        Shape.Uuid => "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
        Shape.HexId => "^[0-9a-f]{32}$",
        Shape.Signature => "^(0x)?[0-9a-fA-F]{130}$",
        Shape.TxId => "^(0x)?[0-9a-f]{64}$",
        Shape.Moment => null,
        Shape.GivenMoment => @"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?Z$",
        _ => throw new UnreachableException($"no pattern for {shape}"),
    };

    // A uuid is told by its pattern: a generated client would make a type of the format, which does not keep the case of the text.
    private static string? FormatOf(Shape shape) => shape == Shape.Moment ? "date-time" : null;

    private static string ExampleOf(Shape shape) => shape switch
    {
        Shape.BaseUnits => "1000000",
        Shape.Price => "0.8123",
        Shape.WholeTokens => "1.5",
        Shape.Address or Shape.Principal => SomeAddress,
        Shape.Contract => SomeContract,
        Shape.Token or Shape.Condition => ".stx",
        Shape.Uuid => "550e8400-e29b-41d4-a716-446655440000",
        Shape.HexId => "5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f",
        Shape.Moment or Shape.GivenMoment => "2030-01-01T12:00:00.000Z",
        Shape.Signature => string.Concat(Enumerable.Repeat("5e", 64)) + "00",
        Shape.TxId => "9f2c4be1d6a07c35e8b1f4a2d3c69078b5e4f1a2c3d4e5f60718293a4b5c6d7e",
        _ => throw new UnreachableException($"no example for {shape}"),
    };
}
