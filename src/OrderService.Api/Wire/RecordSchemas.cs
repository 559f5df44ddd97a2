using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OrderService.Api.Wire;

/// <summary>
/// Makes the schema of a record say what its members say: which are always there, which may be null, their shapes, bounds and words.
/// Between what a member of a body must be, its rules say. A member that is not required and has no value is left out of the JSON, never
/// null.
/// </summary>
internal sealed partial class RecordSchemas(IEnumerable<IBoundedRules> rules) : ISchemaFilter
{
    private readonly Dictionary<(Type?, string), FieldBounds> _bounds = rules.SelectMany(r => r.Bounds).DistinctBy(b => Key(b.Key))
        .ToDictionary(b => Key(b.Key), b => b.Value);

    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is OpenApiSchema { Description: { } text } described) described.Description = LineBreak().Replace(text, " ");
        if (context.MemberInfo is not null || context.ParameterInfo is not null
            || schema is not OpenApiSchema { Properties: { Count: > 0 } properties } record)
        {
            return;
        }
        record.Required = new HashSet<string>();
        foreach (var member in context.Type.GetProperties().Where(m => m.GetCustomAttribute<JsonExtensionDataAttribute>() is null))
        {
            var name = RecordNames.NameOf(member, context.Type);
            if (!properties.TryGetValue(name, out var property)) continue;
            var isRequired = IsAlways(member);
            if (isRequired) record.Required.Add(name);
            if (property is OpenApiSchema inline) Describe(inline, member);
            properties[name] = WithNull(property, (isRequired && IsNullable(member)) || member.IsDefined(typeof(OrNullAttribute)));
        }
    }

    // A member that a record has from its base is the same one.
    private static (Type?, string) Key(MemberInfo member) => (member.DeclaringType, member.Name);

    private void Describe(OpenApiSchema schema, MemberInfo member)
    {
        schema.Type &= ~JsonSchemaType.Null;
        var element = schema.Items as OpenApiSchema ?? schema;
        if (member.GetCustomAttribute<IsAttribute>() is { } shaped) Shapes.Apply(element, shaped.Shape);
        if (member.GetCustomAttribute<WordsAttribute>() is { } only) Shapes.Only(element, only.Words);
        if (member.GetCustomAttribute<BoundsAttribute>() is { } bounds) Shapes.Bound(element, bounds.Min, bounds.Max);
        if (member.GetCustomAttribute<ThousandthsAttribute>() is { } decimals)
            Bound(element, new FieldBounds(decimals.Min, decimals.Max, decimals.IsAbove));
        if (_bounds.GetValueOrDefault(Key(member)) is { } ruled) Bound(ruled.IsCount ? schema : element, ruled);
        if (member.GetCustomAttribute<CountAttribute>() is not { } count) return;
        Bound(schema, new FieldBounds(count.Min, count.Max, IsCount: true));
    }

    private static void Bound(OpenApiSchema schema, FieldBounds bounds)
    {
        if (bounds.IsCount)
        {
            if (schema.Items is not null) (schema.MinItems, schema.MaxItems) = ((int)bounds.Min, (int?)bounds.Max);
            else (schema.MinLength, schema.MaxLength) = ((int)bounds.Min, (int?)bounds.Max);
            return;
        }
        var min = bounds.Min.ToString(CultureInfo.InvariantCulture);
        if (bounds.IsAbove) schema.ExclusiveMinimum = min;
        else schema.Minimum = min;
        schema.Maximum = bounds.Max?.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>True where a member is there whether it has a value or not.</summary>
    public static bool IsAlways(MemberInfo member) =>
        member.IsDefined(typeof(RequiredMemberAttribute)) || member.IsDefined(typeof(AlwaysAttribute))
            || member.DeclaringType!.IsDefined(typeof(AlwaysAttribute), inherit: false);

    private static bool IsNullable(PropertyInfo member) =>
        new NullabilityInfoContext().Create(member).WriteState == NullabilityState.Nullable;

    private static IOpenApiSchema WithNull(IOpenApiSchema schema, bool isNullable)
    {
        if (!isNullable) return schema;
        if (schema is not OpenApiSchema inline)
        {
            return new OpenApiSchema
            {
                AnyOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Null }],
            };
        }
        if (inline.Type is not null) inline.Type |= JsonSchemaType.Null;
        return inline;
    }

    // Where a comment goes on in its next line, its sentence does.
    [GeneratedRegex(@"(?<!\n)\n(?!\n)")]
    private static partial Regex LineBreak();
}
