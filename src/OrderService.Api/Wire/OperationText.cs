using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrderService.Domain;

namespace OrderService.Api.Wire;

/// <summary>
/// What a document says of one operation: its id, its purpose, its parameters, what it takes and gives with examples, and every refusal it
/// can answer.
/// </summary>
internal sealed record OperationText(string Id, string Summary, string Description)
{
    private const string Json = "application/json";

    private static readonly int[] Always =
    [
        StatusCodes.Status414UriTooLong, StatusCodes.Status421MisdirectedRequest, StatusCodes.Status429TooManyRequests,
        StatusCodes.Status431RequestHeaderFieldsTooLarge,
        StatusCodes.Status500InternalServerError, StatusCodes.Status503ServiceUnavailable,
    ];
    private static readonly int[] OfBody =
        [StatusCodes.Status408RequestTimeout, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType];

    /// <summary>Parameters, the path's included.</summary>
    public IReadOnlyList<ParameterText> Parameters { get; init; } = [];

    /// <summary>The record that it takes; null for an operation without a body.</summary>
    public Type? Takes { get; init; }

    /// <summary>True where it can do without the body that it takes.</summary>
    public bool IsBodyOptional { get; init; }

    /// <summary>Bodies by name.</summary>
    public IReadOnlyList<(string Name, JsonNode Example)> Bodies { get; init; } = [];

    /// <summary>What it gives; null where success has no body.</summary>
    public Type? Gives { get; init; }

    /// <summary>The answer of success.</summary>
    public JsonNode? Answer { get; init; }

    /// <summary>The media type of a success that goes on, beside the one in JSON.</summary>
    public string? Stream { get; init; }

    /// <summary>The status of success.</summary>
    public int Success { get; init; } = StatusCodes.Status200OK;

    /// <summary>Headers of success beside those that every answer has, by name of <see cref="HeaderTexts"/>.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Refusals of a dialect whose bodies are written out: status, code, body, its record.</summary>
    public IReadOnlyList<(int Status, string Code, JsonNode Body, Type Gives)> Faults { get; init; } = [];

    /// <summary>The refusals, one of each code.</summary>
    public IReadOnlyList<OrderError> Refusals { get; init; } = [];

    /// <summary>Writes all of this into an operation.</summary>
    public void ApplyTo(OpenApiOperation operation, Func<Type, IOpenApiSchema> schemaOf, RefusalTexts refusals, HeaderTexts headers)
    {
        (operation.OperationId, operation.Summary, operation.Description) = (Id, Summary, Description);
        operation.Parameters = [.. Parameters.Select(p => p.ToParameter())];
        operation.RequestBody = Takes is null ? null : new OpenApiRequestBody
        {
            Required = !IsBodyOptional, Content = Content(schemaOf(Takes), Bodies),
        };
        operation.Responses = new OpenApiResponses
        {
            [Text(Success)] = new OpenApiResponse
            {
                Description = "Success", Headers = headers.OfSuccess(Headers), Content = SuccessContent(schemaOf),
            },
        };
        var own = Refusals.Select(refusals.FactsOf).Concat(Always.Concat(Takes is null ? [] : OfBody).Select(ErrorFacts.Of))
            .Select(f => (f.Status, f.Code, Body: refusals.BodyOf(f), Gives: refusals.RecordOf(f)));
        foreach (var status in Faults.Concat(own).DistinctBy(f => (f.Status, f.Code)).GroupBy(f => f.Status).OrderBy(g => g.Key))
        {
            var schemas = status.Select(f => f.Gives).Distinct().Select(schemaOf).ToList();
            var content =
                Content(schemas is [var only] ? only : new OpenApiSchema { AnyOf = schemas }, [.. status.Select(f => (f.Code, f.Body))]);
            content[ErrorAnswer.ProblemJson] = new OpenApiMediaType { Schema = schemaOf(typeof(ProblemRecord)) };
            operation.Responses[Text(status.Key)] = new OpenApiResponse
            {
                Description = string.Join(", ", status.Select(f => f.Code)), Headers = headers.OfRefusal(status.Key), Content = content,
            };
        }
    }

    private Dictionary<string, IOpenApiMediaType>? SuccessContent(Func<Type, IOpenApiSchema> schemaOf)
    {
        if (Gives is null) return null;
        var content = Content(schemaOf(Gives), Answer is null ? [] : [("success", Answer)]);
        if (Stream is not null) content[Stream] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        return content;
    }

    private static Dictionary<string, IOpenApiMediaType> Content(
        IOpenApiSchema schema, IReadOnlyList<(string Name, JsonNode Example)> examples) => new()
        {
            [Json] = new OpenApiMediaType
            {
                Schema = schema,
                Examples = examples.ToDictionary(e => e.Name, IOpenApiExample (e) => new OpenApiExample { Value = e.Example }),
            },
        };

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How a dialect tells its refusals: their facts, the body that it writes, and the record that this body is.</summary>
internal sealed record RefusalTexts(
    Func<OrderError, ErrorFacts> FactsOf, Func<ErrorFacts, JsonNode> BodyOf, Func<ErrorFacts, Type> RecordOf);
