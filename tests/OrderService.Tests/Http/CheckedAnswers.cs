using System.Globalization;
using System.Text.Json;
using Json.Schema;

namespace OrderService.Tests.Http;

/// <summary>
/// Holds every answer that a test gets to what the document says of it: its status is told there, and its body is valid against its schema.
/// </summary>
internal sealed class CheckedAnswers() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    private static readonly EvaluationOptions Listed = new() { OutputFormat = OutputFormat.List };

    /// <summary>A client of a service whose answers are checked.</summary>
    public static HttpClient Client(string address) =>
        new(new CheckedAnswers()) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(100) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.Method != HttpMethod.Head) await CheckAsync(request, response, cancellationToken);
        return response;
    }

    private static async Task CheckAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken token)
    {
        var documents = await ServedDocuments.GetAsync();
        if (documents.Find(request.Method.Method, request.RequestUri!.AbsolutePath) is not { } operation) return;
        var status = (int)response.StatusCode;
        var body = IsStream(response) ? "" : await BufferedAsync(response, token);
        var told = operation.Json["responses"]![status.ToString(CultureInfo.InvariantCulture)];
        if (status == 400 && body.Length == 0) return; // of the server, before the service sees it
        if (told is null) throw new InvalidOperationException($"{operation} answers {status}, of which its document says nothing: {body}");
        if (IsStream(response) || (body.Length == 0 && told["content"] is null)) return;
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (documents.AnswerOf(operation, status, type) is not { } schema)
            throw new InvalidOperationException($"{operation} answers {status} as {type}, of which its document says nothing: {body}");
        if (Faults(schema, body) is { Length: > 0 } faults)
        {
            throw new InvalidOperationException(
                $"{operation} answers {status} with a body that its schema does not allow: {faults}\n{body}");
        }
    }

    private static bool IsStream(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType == "text/event-stream";

    private static async Task<string> BufferedAsync(HttpResponseMessage response, CancellationToken token)
    {
        await response.Content.LoadIntoBufferAsync(token);
        return await response.Content.ReadAsStringAsync(token);
    }

    /// <summary>What a schema does not allow of a text of JSON; nothing where it is valid.</summary>
    public static string Faults(JsonSchema schema, string json)
    {
        using var document = JsonDocument.Parse(json);
        var results = schema.Evaluate(document.RootElement, Listed);
        if (results.IsValid) return "";
        var faults = (results.Details ?? []).Where(d => d.Errors is not null)
            .SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation} {e.Key}: {e.Value}")).Distinct().ToList();
        return faults.Count == 0 ? "it is not valid" : string.Join("; ", faults);
    }
}
