using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderService.Api.Wire;

/// <summary>Reads a value of a body into a member of a record.</summary>
internal delegate void ReadMember<in T>(T record, ref Utf8JsonReader reader, BodyStyle style);

/// <summary>
/// The members of a request record by their names on the wire, each with how it is read: found once, from the types and attributes of its properties. One that is
/// not public is read too, and no document tells of it.
/// </summary>
internal static class BodyMembers<T>
    where T : RequestRecord
{
    /// <summary>All of them.</summary>
    public static FrozenDictionary<string, ReadMember<T>> All { get; } = typeof(T).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(member => member.PropertyType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Given<>))
        .ToFrozenDictionary(NameOf, Of, StringComparer.Ordinal);

    /// <summary>What a member is called on the wire.</summary>
    public static string NameOf(MemberInfo member) => member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? RecordNames.PolicyOf(typeof(T)).ConvertName(member.Name);

    private static ReadMember<T> Of(PropertyInfo member)
    {
        var value = member.PropertyType.GetGenericArguments()[0];
        if (value.IsSubclassOf(typeof(RequestRecord))) return Made(nameof(OfRecord), value, member);
        return value.IsGenericType && value.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? Made(nameof(OfList), value.GetGenericArguments()[0], member) : Made(nameof(OfValue), value, member);
    }

    private static ReadMember<T> Made(string how, Type value, PropertyInfo member) =>
        (ReadMember<T>)typeof(BodyMembers<T>).GetMethod(how, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(value).Invoke(null, [member])!;

    private static ReadMember<T> OfRecord<TRecord>(PropertyInfo member)
        where TRecord : RequestRecord
    {
        var set = Setter<TRecord>(member);
        return (T record, ref Utf8JsonReader reader, BodyStyle style) => set(record, BodyReader<TRecord>.ReadInner(ref reader, style) is { } inner ? Given<TRecord>.Of(inner) : Given<TRecord>.OtherType);
    }

    // An entry that is no object is null in the list.
    private static ReadMember<T> OfList<TRecord>(PropertyInfo member)
        where TRecord : RequestRecord
    {
        var set = Setter<IReadOnlyList<TRecord?>>(member);
        return (T record, ref Utf8JsonReader reader, BodyStyle style) =>
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                set(record, Given<IReadOnlyList<TRecord?>>.OtherType);
                return;
            }
            var entries = new List<TRecord?>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) entries.Add(BodyReader<TRecord>.ReadInner(ref reader, style));
            set(record, Given<IReadOnlyList<TRecord?>>.Of(entries));
        };
    }

    private static ReadMember<T> OfValue<TValue>(PropertyInfo member)
    {
        var set = Setter<TValue>(member);
        if (typeof(TValue) == typeof(bool)) return (T record, ref Utf8JsonReader reader, BodyStyle _) => set(record, (Given<TValue>)(object)Truth(ref reader));
        if (typeof(TValue) == typeof(WireValue)) return (T record, ref Utf8JsonReader reader, BodyStyle _) => set(record, (Given<TValue>)(object)Given<WireValue>.Of(WireValue.Read(ref reader)));
        if (typeof(TValue) == typeof(string)) return (T record, ref Utf8JsonReader reader, BodyStyle _) => set(record, (Given<TValue>)(object)Text<string>(ref reader, AsItIs));
        var (type, method) = member.GetCustomAttribute<ReadByAttribute>() is { } by ? (by.Type, by.Method) : (typeof(TValue), "TryParse");
        if (Find<TryRead<TValue>>(type, method, typeof(string), typeof(TValue)) is { } ofText) return (T record, ref Utf8JsonReader reader, BodyStyle _) => set(record, Text(ref reader, ofText));
        var read = Find<TryReadValue<TValue>>(type, method, typeof(WireValue), typeof(TValue)) ?? throw new InvalidOperationException($"nothing reads {typeof(T).Name}.{member.Name}");
        return (T record, ref Utf8JsonReader reader, BodyStyle _) => set(record, read(WireValue.Read(ref reader), out var value) ? Given<TValue>.Of(value) : Given<TValue>.OtherType);
    }

    private static Action<T, Given<TValue>> Setter<TValue>(PropertyInfo member) => member.SetMethod!.CreateDelegate<Action<T, Given<TValue>>>();

    private static TRead? Find<TRead>(Type type, string method, Type from, Type to)
        where TRead : Delegate =>
        type.GetMethod(method, BindingFlags.Public | BindingFlags.Static, [from, to.MakeByRefType()])?.CreateDelegate<TRead>();

    private static Given<TValue> Text<TValue>(ref Utf8JsonReader reader, TryRead<TValue> read)
    {
        if (reader.TokenType == JsonTokenType.String && WireValue.TryReadText(ref reader, out var text)) return Given<TValue>.Read(text, read);
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
