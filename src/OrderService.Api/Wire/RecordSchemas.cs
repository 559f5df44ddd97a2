using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OrderService.Api.Wire;

/// <summary>
/// Makes the schema of a record say what its members say: which are always there, which may be null, their shapes, bounds and words. A member that is
/// not required and has no value is left out of the JSON, never null.
/// </summary>
internal sealed class RecordSchemas : ISchemaFilter
{
    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (context.MemberInfo is not null || context.ParameterInfo is not null || schema is not OpenApiSchema { Properties: { Count: > 0 } properties } record) return;
        record.Required = new HashSet<string>();
        foreach (var member in context.Type.GetProperties().Where(m => m.GetCustomAttribute<JsonExtensionDataAttribute>() is null))
        {
            var name = member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? RecordNames.PolicyOf(context.Type).ConvertName(member.Name);
            if (!properties.TryGetValue(name, out var property)) continue;
            var isRequired = member.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is not null;
            if (isRequired) record.Required.Add(name);
            if (property is OpenApiSchema inline) Describe(inline, member);
            properties[name] = WithNull(property, (isRequired && IsNullable(member)) || member.IsDefined(typeof(OrNullAttribute)));
        }
    }

    private static void Describe(OpenApiSchema schema, MemberInfo member)
    {
        schema.Type &= ~JsonSchemaType.Null;
        var element = schema.Items as OpenApiSchema ?? schema;
        if (member.GetCustomAttribute<IsAttribute>() is { } shaped) Shapes.Apply(element, shaped.Shape);
        if (member.GetCustomAttribute<WordsAttribute>() is { } only) Shapes.Only(element, only.Words);
        if (member.GetCustomAttribute<BoundsAttribute>() is { } bounds) Shapes.Bound(element, bounds.Min, bounds.Max);
        if (member.GetCustomAttribute<ThousandthsAttribute>() is { } decimals) Bound(element, decimals);
        if (member.GetCustomAttribute<CountAttribute>() is not { } count) return;
        if (schema.Items is not null) (schema.MinItems, schema.MaxItems) = (count.Min, count.Max);
        else (schema.MinLength, schema.MaxLength) = (count.Min, count.Max);
    }

    private static void Bound(OpenApiSchema schema, ThousandthsAttribute decimals)
    {
        var (min, max) = (decimals.Min.ToString(CultureInfo.InvariantCulture), decimals.Max.ToString(CultureInfo.InvariantCulture));
        if (decimals.IsAbove) schema.ExclusiveMinimum = min;
        else schema.Minimum = min;
        schema.Maximum = max;
    }

    private static bool IsNullable(PropertyInfo member) => new NullabilityInfoContext().Create(member).WriteState == NullabilityState.Nullable;

    private static IOpenApiSchema WithNull(IOpenApiSchema schema, bool isNullable)
    {
        if (!isNullable) return schema;
        if (schema is not OpenApiSchema inline) return new OpenApiSchema { AnyOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Null }] };
        if (inline.Type is not null) inline.Type |= JsonSchemaType.Null;
        return inline;
    }
}
