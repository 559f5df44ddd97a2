using System.Text.Json;
using OrderService.Api.Wire;

namespace OrderService.Api.Panora;

/// <summary>What an order tells as its client gave it: kept beside the order as a JSON object under the names of this wire.</summary>
internal sealed class EchoedFields
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    /// <summary>The value, or null.</summary>
    public string? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>Takes the named fields of a call, those that are there.</summary>
    public static EchoedFields Of(CallFields call, params ReadOnlySpan<string> names)
    {
        var echo = new EchoedFields();
        foreach (var name in names)
        {
            if (call.Text(name) is { } text) echo._fields[name] = text;
        }
        return echo;
    }

    /// <summary>Reads what was stored.</summary>
    public static EchoedFields Parse(string? json)
    {
        var echo = new EchoedFields();
        if (json is null) return echo;
        using var document = JsonDocument.Parse(json);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String) echo._fields[member.Name] = member.Value.GetString()!;
            else if (member.Value.ValueKind == JsonValueKind.Object) echo.AddNested(member);
        }
        return echo;
    }

    /// <summary>The same with one more value; null adds none.</summary>
    public EchoedFields With(string name, string? value)
    {
        if (value is not null) _fields[name] = value;
        return this;
    }

    /// <summary>What is stored: nested names such as <c>interval.value</c> as the objects that they are.</summary>
    public string ToJson() => System.Text.Encoding.UTF8.GetString(JsonAnswer.Bytes(json =>
    {
        json.WriteStartObject();
        foreach (var (name, value) in _fields.Where(f => !f.Key.Contains('.', StringComparison.Ordinal))) json.WriteString(name, value);
        foreach (var parent in _fields.Keys.Where(n => n.Contains('.', StringComparison.Ordinal)).Select(n => n[..n.IndexOf('.', StringComparison.Ordinal)]).Distinct())
            WriteNested(json, parent);
        json.WriteEndObject();
    }).Span);

    /// <summary>Writes a value, where there is one.</summary>
    public void Write(Utf8JsonWriter json, string name)
    {
        if (this[name] is { } value) json.WriteString(name, value);
    }

    /// <summary>Writes the object of the values under a name, where there are any.</summary>
    public void WriteNested(Utf8JsonWriter json, string parent)
    {
        var nested = _fields.Where(f => f.Key.StartsWith(parent + '.', StringComparison.Ordinal)).ToList();
        if (nested.Count == 0) return;
        json.WriteStartObject(parent);
        foreach (var (name, value) in nested) json.WriteString(name[(parent.Length + 1)..], value);
        json.WriteEndObject();
    }

    private void AddNested(JsonProperty parent)
    {
        foreach (var member in parent.Value.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String) _fields[$"{parent.Name}.{member.Name}"] = member.Value.GetString()!;
        }
    }
}
