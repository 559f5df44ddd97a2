using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace OrderService.Api.Wire;

/// <summary>One parameter. It is text unless something more is said of it.</summary>
internal sealed record ParameterText(string Name, ParameterLocation In, string Description, string? Example = null, bool IsRequired = false)
{
    /// <summary>What it is.</summary>
    public Shape? Is { get; init; }

    /// <summary>The only words that there are.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>The whole numbers that it may be, both ends included; null at the end for no most.</summary>
    public (long Min, long? Max)? Bounds { get; init; }

    /// <summary>True for true or false.</summary>
    public bool IsTruth { get; init; }

    /// <summary>What it means to leave it out.</summary>
    public JsonNode? Default { get; init; }

    public IOpenApiParameter ToParameter() => new OpenApiParameter
    {
        Name = Name, In = In, Description = Description, Required = IsRequired, Schema = Schema(), Example = Value(Example),
    };

    private OpenApiSchema Schema()
    {
        var schema = Is is { } shape ? Shapes.SchemaOf(shape) : new OpenApiSchema
        {
            Type = Bounds is not null ? JsonSchemaType.Integer : IsTruth ? JsonSchemaType.Boolean : JsonSchemaType.String,
        };
        if (Words is not null) Shapes.Only(schema, Words);
        if (Bounds is { } bounds)
        {
            schema.Format = bounds.Max is <= int.MaxValue ? "int32" : "int64";
            Shapes.Bound(schema, bounds.Min, bounds.Max);
        }
        (schema.Default, schema.Examples) = (Default, null);
        return schema;
    }

    private JsonValue? Value(string? text) => text switch
    {
        null => null,
        _ when Bounds is not null => JsonValue.Create(long.Parse(text, CultureInfo.InvariantCulture)),
        _ when IsTruth => JsonValue.Create(bool.Parse(text)),
        _ => JsonValue.Create(text),
    };
}
