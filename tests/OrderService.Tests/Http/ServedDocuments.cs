using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;
using OrderService.Api.Wire;
using OrderService.Hosting;
using Swashbuckle.AspNetCore.Swagger;

namespace OrderService.Tests.Http;

/// <summary>The OpenAPI documents of the whole service, as it serves them, without its database.</summary>
internal sealed class ServedDocuments
{
    private static readonly Lazy<Task<ServedDocuments>> All = new(MakeAsync);

    private readonly List<Operation> _operations = [];
    private readonly Dictionary<string, JsonSchema> _schemas = [];

    private ServedDocuments(IReadOnlyDictionary<string, JsonObject> documents)
    {
        Documents = documents;
        foreach (var (name, document) in documents)
        {
            foreach (var (path, item) in document["paths"]!.AsObject())
            {
                foreach (var (method, operation) in item!.AsObject())
                    _operations.Add(new Operation(name, method.ToUpperInvariant(), path, operation!.AsObject()));
            }
        }
        _operations.Sort((a, b) => a.Variables.CompareTo(b.Variables)); // orders/index before orders/{uuid}
    }

    /// <summary>The documents by name.</summary>
    public IReadOnlyDictionary<string, JsonObject> Documents { get; }

    /// <summary>All operations.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>The documents, made once.</summary>
    public static Task<ServedDocuments> GetAsync() => All.Value;

    /// <summary>The operation of a request; null where there is none.</summary>
    public Operation? Find(string method, string path) => _operations.Find(o => o.Method == method && o.Path.IsMatch(path.TrimEnd('/')));

    /// <summary>The schema of an answer in JSON; null where the document has none of this status and media type.</summary>
    public JsonSchema? AnswerOf(Operation operation, int status, string mediaType)
    {
        var node = operation.Json["responses"]![status.ToString(
            System.Globalization.CultureInfo.InvariantCulture)]?["content"]?[mediaType]?["schema"];
        return node is null ? null : SchemaOf(operation.Document, node);
    }

    /// <summary>A schema of a document, with what it refers to.</summary>
    public JsonSchema SchemaOf(string document, JsonNode node)
    {
        var key = $"{document} {node.ToJsonString()}";
        lock (_schemas)
        {
            if (_schemas.TryGetValue(key, out var known)) return known;
            var whole = new JsonObject
            {
                ["allOf"] = new JsonArray(node.DeepClone()), ["$defs"] = Documents[document]["components"]!["schemas"]!.DeepClone(),
            };
            return _schemas[key] = JsonSchema.FromText(whole.ToJsonString()
                .Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
        }
    }

    private static async Task<ServedDocuments> MakeAsync()
    {
        var builder = ServiceHost.CreateBuilder(["--urls", "http://127.0.0.1:0", $"--Accounts:MasterKey={new string('5', 64)}"]);
        builder.Logging.ClearProviders();
        await using var app = ServiceHost.Build(builder, "Host=127.0.0.1;Port=1;Database=none;Username=none");
        app.UseEndpoints(_ => { }); // what was mapped is known from here on
        var provider = app.Services.GetRequiredService<IAsyncSwaggerProvider>();
        var documents = new Dictionary<string, JsonObject>();
        foreach (var document in app.Services.GetRequiredService<Dialects>().Documents)
        {
            var made = await provider.GetSwaggerAsync(document.Name);
            documents[document.Name] = JsonNode.Parse(await made.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1))!.AsObject();
        }
        return new ServedDocuments(documents);
    }

    /// <summary>One operation of a document.</summary>
    internal sealed record Operation(string Document, string Method, string Template, JsonObject Json)
    {
        /// <summary>Paths that it answers.</summary>
        public Regex Path { get; } = new($"^{Regex.Replace(Template, @"\{[^}]+\}", "[^/]+")}$", RegexOptions.CultureInvariant);

        /// <summary>How many parts of its path may be anything.</summary>
        public int Variables => Template.Count(c => c == '{');

        /// <inheritdoc/>
        public override string ToString() => $"{Method} {Template} ({Document})";
    }
}
