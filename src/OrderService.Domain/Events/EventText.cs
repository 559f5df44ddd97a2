using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Domain.Events;

/// <summary>
/// The one way from what happened to its text and back: the kind is the record's name in snake case, the facts a JSON object.
/// </summary>
public static class EventText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // read by JSON readers, never as HTML
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new ParsedText<TokenAmount>(), new ParsedText<Price>(), new ParsedText<StacksAddress>(), new ParsedText<TokenId>(),
            new IdText() },
    };

    private static readonly Dictionary<string, Type> ByKind = KindsOf(typeof(OwnerEvent));

    private static readonly Dictionary<string, Type> ByOrderKind = KindsOf(typeof(OrderFact));

    private static readonly Dictionary<Type, string> ByType = ByKind.Concat(ByOrderKind).ToDictionary(of => of.Value, of => of.Key);

    // An event that says no more than its kind has no text: nearly all events of a create are of these.
    private static readonly HashSet<Type> Bare =
        [.. ByOrderKind.Values.Where(type => type.GetProperties().All(property => property.Name == nameof(OrderFact.Happened)))];

    /// <summary>The kinds of what is no order's.</summary>
    public static IReadOnlyCollection<string> Kinds => ByKind.Keys;

    /// <summary>The kinds of what happens to orders.</summary>
    public static IReadOnlyCollection<string> OrderKinds => ByOrderKind.Keys;

    /// <summary>The facts of an event.</summary>
    public static string Of(OwnerEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return JsonSerializer.Serialize(happened, happened.GetType(), Options);
    }

    /// <summary>The facts of an order's event; null where it has none.</summary>
    public static string? Of(OrderFact happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return !Bare.Contains(happened.GetType())
            && JsonSerializer.Serialize(happened, happened.GetType(), Options) is { Length: > 2 } facts ? facts : null;
    }

    /// <summary>The event of a kind and its facts; false for a kind that is none of these.</summary>
    public static bool TryRead(string kind, string facts, [NotNullWhen(true)] out OwnerEvent? happened)
    {
        happened = ByKind.TryGetValue(kind, out var type) ? (OwnerEvent?)JsonSerializer.Deserialize(facts, type, Options) : null;
        return happened is not null;
    }

    /// <summary>The same of an order's; facts of null are none.</summary>
    public static bool TryReadOrder(string kind, string? facts, [NotNullWhen(true)] out OrderFact? happened)
    {
        happened = ByOrderKind.TryGetValue(kind, out var type)
            ? (OrderFact?)JsonSerializer.Deserialize(facts ?? "{}", type, Options) : null;
        return happened is not null;
    }

    internal static string KindOf(Type type) => ByType[type];

    // Other facts that are kept as text, in the same spelling.
    internal static string Facts<T>(T facts) where T : notnull => JsonSerializer.Serialize(facts, Options);

    internal static T Facts<T>(string text) where T : notnull =>
        JsonSerializer.Deserialize<T>(text, Options) ?? throw new FormatException("no facts are there");

    private static Dictionary<string, Type> KindsOf(Type all) =>
        all.Assembly.GetTypes().Where(type => type.IsSubclassOf(all))
            .ToDictionary(type => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name));

    private sealed class ParsedText<T> : JsonConverter<T> where T : struct, IParsable<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            T.Parse(reader.GetString()!, CultureInfo.InvariantCulture);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    // As the routes show ids: 32 hex digits.
    private sealed class IdText : JsonConverter<Guid>
    {
        public override Guid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Guid.ParseExact(reader.GetString()!, "N");

        public override void Write(Utf8JsonWriter writer, Guid value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("N"));
    }
}
