using System.Text.Json;
using OrderService.Api.Panora.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.Panora;

/// <summary>What an order tells as its client gave it: kept beside the order as a JSON object under the names of this wire.</summary>
internal sealed class EchoedFields
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    /// <summary>The value, or null.</summary>
    public string? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>Takes the fields of a call, those that are there.</summary>
    public static EchoedFields Of(params ReadOnlySpan<(string Name, Given<WireValue> Value)> given)
    {
        var echo = new EchoedFields();
        foreach (var (name, value) in given)
        {
            if (value.Value.Text is { } text) echo._fields[name] = text;
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
        foreach (var parent in _fields.Keys.Where(n => n.Contains('.', StringComparison.Ordinal))
            .Select(n => n[..n.IndexOf('.', StringComparison.Ordinal)]).Distinct())
        {
            WriteNested(json, parent);
        }
        json.WriteEndObject();
    }).Span);

    /// <summary>A span of time as it was given; null where none was.</summary>
    public GivenSpanRecord? Span(string name) =>
        this[$"{name}.value"] is { } value && this[$"{name}.timePeriod"] is { } unit
            ? new GivenSpanRecord { Value = value, TimePeriod = unit } : null;

    private void WriteNested(Utf8JsonWriter json, string parent)
    {
        var nested = _fields.Where(f => f.Key.StartsWith(parent + '.', StringComparison.Ordinal)).ToList();
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
