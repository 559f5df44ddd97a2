using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace OrderService.Api.Wire;

/// <summary>Reads a value of a body into a member of a record.</summary>
internal delegate void ReadMember<in T>(T record, ref Utf8JsonReader reader, BodyStyle style);

/// <summary>The members of a request record by their names on the wire, each with how it is read: found once, from the types and attributes of its properties.</summary>
internal static class BodyMembers<T>
    where T : RequestRecord
{
    /// <summary>All of them.</summary>
    public static FrozenDictionary<string, ReadMember<T>> All { get; } =
        typeof(T).GetProperties().ToFrozenDictionary(member => RecordNames.PolicyOf(typeof(T)).ConvertName(member.Name), Of, StringComparer.Ordinal);

    private static ReadMember<T> Of(PropertyInfo member) => (ReadMember<T>)typeof(BodyMembers<T>)
        .GetMethod(nameof(OfType), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(member.PropertyType.GetGenericArguments()).Invoke(null, [member])!;

    private static ReadMember<T> OfType<TValue>(PropertyInfo member)
    {
        var set = member.SetMethod!.CreateDelegate<Action<T, Given<TValue>>>();
        if (typeof(TValue) == typeof(bool)) return (T record, ref Utf8JsonReader reader, BodyStyle _) => set(record, (Given<TValue>)(object)Truth(ref reader));
        var (type, method) = member.GetCustomAttribute<ReadByAttribute>() is { } by ? (by.Type, by.Method) : (typeof(TValue), "TryParse");
        if (Find<TryRead<TValue>>(type, method, typeof(string), typeof(TValue)) is { } ofText) return (T record, ref Utf8JsonReader reader, BodyStyle _) => set(record, Text(ref reader, ofText));
        var read = Find<TryReadValue<TValue>>(type, method, typeof(WireValue), typeof(TValue)) ?? throw new InvalidOperationException($"nothing reads {typeof(T).Name}.{member.Name}");
        return (T record, ref Utf8JsonReader reader, BodyStyle _) => set(record, read(WireValue.Read(ref reader), out var value) ? Given<TValue>.Of(value) : Given<TValue>.OtherType);
    }

    private static TRead? Find<TRead>(Type type, string method, Type from, Type to)
        where TRead : Delegate =>
        type.GetMethod(method, BindingFlags.Public | BindingFlags.Static, [from, to.MakeByRefType()])?.CreateDelegate<TRead>();

    private static Given<TValue> Text<TValue>(ref Utf8JsonReader reader, TryRead<TValue> read)
    {
        if (reader.TokenType == JsonTokenType.String && WireValue.TryReadText(ref reader, out var text)) return Given<TValue>.Read(text, read);
        reader.Skip();
        return Given<TValue>.OtherType;
    }

    private static Given<bool> Truth(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False) return Given<bool>.Of(reader.GetBoolean());
        reader.Skip();
        return Given<bool>.OtherType;
    }
}
