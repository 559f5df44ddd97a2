using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OrderService.Api.Wire;

/// <summary>Says in a dialect's document what its routes cannot say themselves. Examples are made anew with every fetch.</summary>
internal abstract class DialectDocumentFilter(string name) : IDocumentFilter
{
    /// <summary>The name of the scheme that an API key is.</summary>
    protected const string ApiKey = "apiKey";

    /// <inheritdoc/>
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        if (context.DocumentName != name) return;
        HeaderTexts.AddTo(swaggerDoc);
        swaggerDoc.Components!.SecuritySchemes = Schemes.ToDictionary(s => s.Key, IOpenApiSecurityScheme (s) => s.Value);
        var texts = new Dictionary<string, OperationText>(Texts(), StringComparer.OrdinalIgnoreCase);
        foreach (var description in context.ApiDescriptions)
        {
            var (path, method) = ("/" + description.RelativePath!.Replace("?}", "}", StringComparison.Ordinal).Trim('/'),
                HttpMethod.Parse(description.HttpMethod!));
            if (!swaggerDoc.Paths.TryGetValue(path, out var item) || item.Operations?.GetValueOrDefault(method) is not { } operation
                || !texts.TryGetValue($"{method} {path}", out var text))
            {
                continue;
            }
            var access = description.ActionDescriptor.EndpointMetadata.OfType<Access>().SingleOrDefault() ?? new Access(Asker.Anyone);
            var ways = WaysIn(access);
            operation.Security = [.. ways.Select(way => Requirement(way, swaggerDoc))];
            text.ApplyTo(operation, type => context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository), RefusalsOf(path),
                new HeaderTexts(swaggerDoc, ways.Any(way => way.Contains(ApiKey)), HeadersOfRefusals));
        }
    }

    /// <summary>How callers prove who they are, by name.</summary>
    protected abstract IReadOnlyDictionary<string, OpenApiSecurityScheme> Schemes { get; }

    /// <summary>Headers that every refusal of this dialect has.</summary>
    protected virtual IReadOnlyList<string> HeadersOfRefusals => [];

    /// <summary>The texts by method and path.</summary>
    protected abstract IReadOnlyDictionary<string, OperationText> Texts();

    /// <summary>How a path tells its refusals.</summary>
    protected abstract RefusalTexts RefusalsOf(string path);

    /// <summary>
    /// The sets of schemes of which one lets a caller in; an empty set stands for nothing at all, and none for a route that is open.
    /// </summary>
    protected abstract IReadOnlyList<string[]> WaysIn(Access access);

    /// <summary>A scheme that is one header.</summary>
    protected static OpenApiSecurityScheme Header(string header, string description) => new()
    {
        Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = header, Description = description,
    };

    /// <summary>The JSON that a writer writes.</summary>
    protected static JsonNode Written(Action<System.Text.Json.Utf8JsonWriter> write) => JsonNode.Parse(JsonAnswer.Bytes(write).Span)!;

    private static OpenApiSecurityRequirement Requirement(string[] schemes, OpenApiDocument document)
    {
        var requirement = new OpenApiSecurityRequirement();
        foreach (var scheme in schemes) requirement[new OpenApiSecuritySchemeReference(scheme, document)] = [];
        return requirement;
    }
}
