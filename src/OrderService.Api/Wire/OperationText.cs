using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Domain;

namespace OrderService.Api.Wire;

/// <summary>What a document says of one operation: its purpose, its parameters, its examples, and every refusal it can answer.</summary>
internal sealed record OperationText(string Summary, string Description)
{
    /// <summary>Parameters, the path's included.</summary>
    public IReadOnlyList<ParameterText> Parameters { get; init; } = [];

    /// <summary>Bodies by name; none for an operation without one.</summary>
    public IReadOnlyList<(string Name, JsonNode Example)> Bodies { get; init; } = [];

    /// <summary>The answer of success.</summary>
    public JsonNode? Answer { get; init; }

    /// <summary>The status of success.</summary>
    public int Success { get; init; } = StatusCodes.Status200OK;

    /// <summary>Refusals of a dialect whose bodies are written out: status, code, body.</summary>
    public IReadOnlyList<(int Status, string Code, JsonNode Body)> Faults { get; init; } = [];

    /// <summary>The refusals, one of each code.</summary>
    public IReadOnlyList<OrderError> Refusals { get; init; } = [];

    /// <summary>What the server answers by itself, by status.</summary>
    public IReadOnlyList<int> Statuses { get; init; } = [StatusCodes.Status500InternalServerError];

    /// <summary>Writes all of this into an operation.</summary>
    public void ApplyTo(OpenApiOperation operation, Func<OrderError, ErrorFacts> factsOf, Func<ErrorFacts, JsonNode> bodyOf)
    {
        (operation.Summary, operation.Description) = (Summary, Description);
        operation.Parameters = [.. Parameters.Select(p => p.ToParameter())];
        operation.RequestBody = Bodies.Count == 0 ? null : new OpenApiRequestBody { Required = true, Content = Json(Bodies) };
        operation.Responses = new OpenApiResponses { [Success.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse { Description = "Success", Content = Answer is null ? null : Json([("success", Answer)]) } };
        var faults = Refusals.Select(factsOf).Concat(Statuses.Select(ErrorFacts.Of)).Select(f => (f.Status, f.Code, Body: bodyOf(f))).Concat(Faults);
        foreach (var status in faults.DistinctBy(f => (f.Status, f.Code)).GroupBy(f => f.Status).OrderBy(g => g.Key))
        {
            operation.Responses[status.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join(", ", status.Select(f => f.Code)),
                Content = Json([.. status.Select(f => (f.Code, f.Body))]),
            };
        }
    }

    private static Dictionary<string, IOpenApiMediaType> Json(IReadOnlyList<(string Name, JsonNode Example)> examples) => new()
    {
        ["application/json"] = new OpenApiMediaType
        {
            Schema = new OpenApiSchema { Type = JsonSchemaType.Object },
            Examples = examples.ToDictionary(e => e.Name, IOpenApiExample (e) => new OpenApiExample { Value = e.Example }),
        },
    };
}

/// <summary>One parameter.</summary>
internal sealed record ParameterText(string Name, ParameterLocation In, string Description, string? Example = null, bool IsRequired = false)
{
    public IOpenApiParameter ToParameter() => new OpenApiParameter
    {
        Name = Name,
        In = In,
        Description = Description,
        Required = IsRequired,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = Example is null ? null : JsonValue.Create(Example),
    };
}
