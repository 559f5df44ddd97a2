using System.Text.Json;

namespace OrderService.Venues.Simulated;

/// <summary>The members of a small JSON object, as they came.</summary>
internal sealed class SimulatorBody
{
    private readonly JsonElement root;

    private SimulatorBody(JsonElement root) => this.root = root;

    /// <summary>The request's object, or null where the body is anything else.</summary>
    public static async Task<SimulatorBody?> ReadAsync(HttpRequest request, CancellationToken token)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, new JsonDocumentOptions { MaxDepth = 4 }, token);
            return document.RootElement.ValueKind == JsonValueKind.Object ? new SimulatorBody(document.RootElement.Clone()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member's text, or null where it is absent or not a string.</summary>
    public string? Text(string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? TextOf(value) : null;

    /// <summary>A member's whole number, or null where it is absent or anything else.</summary>
    public int? Number(string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number : null;

    /// <summary>True where the member is there and null.</summary>
    public bool IsNull(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;

    // A lone surrogate is JSON but no text.
    private static string? TextOf(JsonElement value)
    {
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
