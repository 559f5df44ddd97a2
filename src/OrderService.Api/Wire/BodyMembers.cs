using System.Buffers;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace OrderService.Api.Wire;

/// <summary>Reads a value of a body into a member of a record.</summary>
internal delegate void ReadMember<in T>(T record, ref Utf8JsonReader reader, BodyStyle style);

/// <summary>
/// The members of a request record by their names on the wire, each with how it is read: found once, from the types and attributes of its
/// properties. One that is not public is read too, and no document tells of it. One of <see cref="JsonElement"/> takes any value, and has
/// it as it came.
/// </summary>
internal static class BodyMembers<T>
    where T : RequestRecord
{
    private const int NameMax = 64;

    /// <summary>All of them.</summary>
    public static FrozenDictionary<string, ReadMember<T>> All { get; } =
        typeof(T).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(member => member.SetMethod is not null && member.PropertyType is { IsGenericType: true } type
            && type.GetGenericTypeDefinition() == typeof(Given<>))
        .ToFrozenDictionary(member => RecordNames.NameOf(member, typeof(T)), Of, StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names =
        All.Keys.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// Reads a member's name, and makes no text of it where the record has such a member; false where it is no text.
    /// </summary>
    public static bool TryReadName(ref Utf8JsonReader reader, [NotNullWhen(true)] out string? name)
    {
        Span<char> characters = stackalloc char[NameMax];
        if (!reader.ValueIsEscaped && !reader.HasValueSequence && reader.ValueSpan.Length <= NameMax
            && Ascii.ToUtf16(reader.ValueSpan, characters, out var length) == OperationStatus.Done
            && Names.TryGetValue(characters[..length], out name))
        {
            return true;
        }
        return WireValue.TryReadText(ref reader, out name);
    }

    private static ReadMember<T> Of(PropertyInfo member) =>
        typeof(T).IsDefined(typeof(NullIsGivenAttribute)) ? Reader(member) : UnlessAbsent(Reader(member));

    private static ReadMember<T> UnlessAbsent(ReadMember<T> read) => (T record, ref Utf8JsonReader reader, BodyStyle style) =>
    {
        if (!style.NullIsAbsent || reader.TokenType != JsonTokenType.Null) read(record, ref reader, style);
    };

    private static ReadMember<T> Reader(PropertyInfo member)
    {
        var value = member.PropertyType.GetGenericArguments()[0];
        if (value.IsSubclassOf(typeof(RequestRecord))) return Made(nameof(OfRecord), value, member);
        if (value == typeof(IReadOnlyList<string>)) return OfTexts(member);
        return value.IsGenericType && value.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? Made(nameof(OfList), value.GetGenericArguments()[0], member) : Made(nameof(OfValue), value, member);
    }

    private static ReadMember<T> Made(string how, Type value, PropertyInfo member) =>
        (ReadMember<T>)typeof(BodyMembers<T>).GetMethod(how, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(value)
            .Invoke(null, [member])!;

    private static ReadMember<T> OfRecord<TRecord>(PropertyInfo member)
        where TRecord : RequestRecord
    {
        var set = Setter<TRecord>(member);
        return (T record, ref Utf8JsonReader reader, BodyStyle style) =>
        {
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            set(record,
                BodyReader<TRecord>.ReadInner(ref reader, style) is { } inner && isObject
                    ? Given<TRecord>.Of(inner) : Given<TRecord>.OtherType);
        };
    }

    private delegate TEntry? ReadEntry<out TEntry>(ref Utf8JsonReader reader, BodyStyle style)
        where TEntry : class;

    private static ReadMember<T> OfList<TRecord>(PropertyInfo member)
        where TRecord : RequestRecord =>
        OfEntries<TRecord>(member, BodyReader<TRecord>.ReadInner);

    private static ReadMember<T> OfTexts(PropertyInfo member) =>
        OfEntries<string>(member,
            (ref Utf8JsonReader reader, BodyStyle _) => WireValue.Read(ref reader) is { Type: JsonTokenType.String, Text: var text }
                ? text : null);

    // An entry of another type is null in the list.
    private static ReadMember<T> OfEntries<TEntry>(PropertyInfo member, ReadEntry<TEntry> read)
        where TEntry : class
    {
        var set = Setter<IReadOnlyList<TEntry?>>(member);
        return (T record, ref Utf8JsonReader reader, BodyStyle style) =>
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                set(record, Given<IReadOnlyList<TEntry?>>.OtherType);
                return;
            }
            var entries = new List<TEntry?>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) entries.Add(read(ref reader, style));
            set(record, Given<IReadOnlyList<TEntry?>>.Of(entries));
        };
    }

    private static ReadMember<T> OfValue<TValue>(PropertyInfo member)
    {
        var set = Setter<TValue>(member);
        if (typeof(TValue) == typeof(bool))
            return (T record, ref Utf8JsonReader reader, BodyStyle _) => set(record, (Given<TValue>)(object)Truth(ref reader));
        if (typeof(TValue) == typeof(WireValue))
        {
            return (T record, ref Utf8JsonReader reader, BodyStyle _) =>
                set(record, (Given<TValue>)(object)Given<WireValue>.Of(WireValue.Read(ref reader)));
        }
        if (typeof(TValue) == typeof(JsonElement))
        {
            return (T record, ref Utf8JsonReader reader, BodyStyle _) =>
                set(record, (Given<TValue>)(object)Given<JsonElement>.Of(JsonElement.ParseValue(ref reader)));
        }
        var by = member.GetCustomAttribute<ReadByAttribute>();
        if (typeof(TValue) == typeof(string) && by is null)
        {
            return (T record, ref Utf8JsonReader reader, BodyStyle _) =>
                set(record, (Given<TValue>)(object)Text<string>(ref reader, AsItIs));
        }
        var (type, method) = by is null ? (typeof(TValue), "TryParse") : (by.Type, by.Method);
        if (Find<TryRead<TValue>>(type, method, typeof(string), typeof(TValue)) is { } ofText)
            return (T record, ref Utf8JsonReader reader, BodyStyle _) => set(record, Text(ref reader, ofText));
        var read = Find<TryReadValue<TValue>>(type, method, typeof(WireValue), typeof(TValue))
            ?? throw new InvalidOperationException($"nothing reads {typeof(T).Name}.{member.Name}");
        return (T record, ref Utf8JsonReader reader, BodyStyle _) =>
            set(record, read(WireValue.Read(ref reader), out var value) ? Given<TValue>.Of(value) : Given<TValue>.OtherType);
    }

    private static Action<T, Given<TValue>> Setter<TValue>(PropertyInfo member) =>
        member.SetMethod!.CreateDelegate<Action<T, Given<TValue>>>();

    private static TRead? Find<TRead>(Type type, string method, Type from, Type to)
        where TRead : Delegate =>
        type.GetMethod(method, BindingFlags.Public | BindingFlags.Static, [from, to.MakeByRefType()])?.CreateDelegate<TRead>();

    private static Given<TValue> Text<TValue>(ref Utf8JsonReader reader, TryRead<TValue> read)
    {
        if (reader.TokenType == JsonTokenType.String && WireValue.TryReadText(ref reader, out var text))
            return Given<TValue>.Read(text, read);
        reader.Skip();
        return Given<TValue>.OtherType;
    }

    private static bool AsItIs(string? text, out string read)
    {
        read = text ?? "";
        return text is not null;
    }

    private static Given<bool> Truth(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False) return Given<bool>.Of(reader.GetBoolean());
        reader.Skip();
        return Given<bool>.OtherType;
    }
}
