using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrderService.Domain.Amounts;
using OrderService.Stacks.Addresses;

namespace OrderService.Domain.Events;

/// <summary>The one way from an <see cref="OwnerEvent"/> to its text and back: the kind is the record's name in snake case, the facts a JSON object.</summary>
public static class EventText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // read by JSON readers, never as HTML
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new ParsedText<TokenAmount>(), new ParsedText<StacksAddress>(), new ParsedText<ContractId>(), new IdText() },
    };

    private static readonly Dictionary<string, Type> ByKind = typeof(OwnerEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(OwnerEvent))).ToDictionary(KindOf);

    /// <summary>All kinds.</summary>
    public static IReadOnlyCollection<string> Kinds => ByKind.Keys;

    /// <summary>The facts of an event.</summary>
    public static string Of(OwnerEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return JsonSerializer.Serialize(happened, happened.GetType(), Options);
    }

    /// <summary>The event of a kind and its facts; false for a kind that is none of these.</summary>
    public static bool TryRead(string kind, string facts, [NotNullWhen(true)] out OwnerEvent? happened)
    {
        happened = ByKind.TryGetValue(kind, out var type) ? (OwnerEvent?)JsonSerializer.Deserialize(facts, type, Options) : null;
        return happened is not null;
    }

    internal static string KindOf(Type type) => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name);

    private sealed class ParsedText<T> : JsonConverter<T> where T : struct, IParsable<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.Parse(reader.GetString()!, CultureInfo.InvariantCulture);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    // As the routes show ids: 32 hex digits.
    private sealed class IdText : JsonConverter<Guid>
    {
        public override Guid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Guid.ParseExact(reader.GetString()!, "N");

        public override void Write(Utf8JsonWriter writer, Guid value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString("N"));
    }
}
