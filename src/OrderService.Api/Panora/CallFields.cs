using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Panora;

/// <summary>
/// The fields of a call by their names in the tables, such as <c>interval.value</c>, whether they came in a body or in a query. Numbers are read by their
/// text, so one and the same value may be a JSON number or a text; null is absence; what is not asked for is ignored. The first refusal stands.
/// </summary>
internal sealed class CallFields
{
    private const int DepthMax = 16;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = DepthMax, AllowDuplicateProperties = false };

    // A value that is no text, number or truth is null here.
    private readonly Dictionary<string, string?> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _groups = new(StringComparer.Ordinal);

    /// <summary>Why the call cannot be meant; null while nothing was refused.</summary>
    public OrderError? Refusal { get; private set; }

    /// <summary>Reads the body of a request.</summary>
    public static Task<CallFields> ReadBodyAsync(HttpContext context, int bytesMax) => RequestBody.ReadAsync(context, bytesMax, OfBody);

    /// <summary>Reads a body.</summary>
    public static CallFields OfBody(ReadOnlyMemory<byte> body)
    {
        var fields = new CallFields();
        if (body.IsEmpty) return fields.Malformed("the body is empty");
        try
        {
            using var document = StrictJson.Parse(body, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return fields.Malformed("the body must be a JSON object");
            fields.Add(document.RootElement, "");
        }
        catch (JsonException fault)
        {
            return fields.Malformed($"the body is not JSON of at most {DepthMax} levels without names given twice (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1})");
        }
        return fields;
    }

    /// <summary>Reads a query.</summary>
    public static CallFields OfQuery(IQueryCollection query)
    {
        var fields = new CallFields();
        fields.AddMissing(query);
        return fields;
    }

    /// <summary>Adds from a query what the body did not have.</summary>
    public void AddMissing(IQueryCollection query)
    {
        foreach (var name in query.Keys)
        {
            if (query.Text(name) is { } text) _fields.TryAdd(name, text);
        }
    }

    /// <summary>True where the field is there, of whatever type.</summary>
    public bool Has(string name) => _fields.ContainsKey(name);

    /// <summary>True where the field is there as a group of others, such as <c>interval</c> of <c>interval.value</c>.</summary>
    public bool HasGroup(string name) => _groups.Contains(name);

    /// <summary>The text of a field as it came, where it is there and is one.</summary>
    public string? Text(string name) => _fields.GetValueOrDefault(name);

    /// <summary>A field that must be there; refused as missing, or with what it must be.</summary>
    public T? Need<T>(string name, TryRead<T> read, string shape, string code = "invalid_field")
    {
        if (_fields.ContainsKey(name)) return Read(name, read, shape, code);
        Refuse(name, "is missing", "missing_field");
        return default;
    }

    /// <summary>A field that may be absent, and is the default of its type then.</summary>
    public T? Read<T>(string name, TryRead<T> read, string shape, string code = "invalid_field")
    {
        if (!_fields.TryGetValue(name, out var text)) return default;
        if (read(text, out var value)) return value;
        Refuse(name, shape, code);
        return default;
    }

    /// <summary>Refuses a field, unless something was refused before.</summary>
    public void Refuse(string name, string problem, string code = "invalid_field") => Refuse(new OrderError.Field(name, problem, code));

    /// <inheritdoc cref="Refuse(string, string, string)"/>
    public void Refuse(OrderError why) => Refusal ??= why;

    private void Add(JsonElement element, string prefix)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!TryRead(() => member.Name, out var name)) continue; // a name that is no text is none of ours
            if (member.Value.ValueKind == JsonValueKind.Object && prefix.Length == 0)
            {
                _groups.Add(name);
                _fields.TryAdd(name, null); // no value for who asks for one
                Add(member.Value, name + '.');
            }
            else if (member.Value.ValueKind != JsonValueKind.Null && !_fields.TryAdd(prefix + name, TextOf(member.Value)))
            {
                Malformed($"the field {prefix + name} is given twice");
            }
        }
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => TryRead(() => value.GetString()!, out var text) ? text : null,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    // JSON can spell half a surrogate pair, which is no text: there is no way to ask, so this is where the reader's exception is answered.
    private static bool TryRead(Func<string> read, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = read();
        }
        catch (InvalidOperationException)
        {
            text = null;
        }
        return text is not null;
    }

    private CallFields Malformed(string problem)
    {
        Refuse(new OrderError.Malformed($"Invalid request: {problem}"));
        return this;
    }
}
