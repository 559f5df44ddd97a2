using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace OrderService.Api.Wire;

/// <summary>
/// The records inside a request record, for bodies that may give their members as <c>interval.value</c> too: what stands in the object and
/// what stands beside it is one.
/// </summary>
internal static class BodyGroups<T>
    where T : RequestRecord
{
    private static readonly FrozenDictionary<string, Group> All = typeof(T).GetProperties()
        .Where(member => member.PropertyType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Given<>)
            && type.GetGenericArguments()[0].IsSubclassOf(typeof(RequestRecord)))
        .ToFrozenDictionary(member => RecordNames.NameOf(member, typeof(T)), Of, StringComparer.Ordinal);

    /// <summary>
    /// Reads an object's members, or the one that the name is of; false where the name is of neither. A member that was there before is
    /// told.
    /// </summary>
    public static bool TryRead(T record, string name, ref Utf8JsonReader reader, BodyStyle style, HashSet<string> names, out string? again)
    {
        again = null;
        if (All.TryGetValue(name, out var group) && reader.TokenType == JsonTokenType.StartObject)
        {
            group.Open(record);
            while (again is null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var inner = reader.GetString()!;
                reader.Read();
                if (names.Add($"{name}.{inner}")) group.Read(record, inner, ref reader, style);
                else again = $"{name}.{inner}";
            }
            return true;
        }
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && All.TryGetValue(name[..dot], out group) && group.Read(record, name[(dot + 1)..], ref reader, style);
    }

    private static Group Of(PropertyInfo member) => (Group)typeof(BodyGroups<T>)
        .GetMethod(nameof(OfRecord),
            BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(member.PropertyType.GetGenericArguments())
            .Invoke(null, [member])!;

    private static Group OfRecord<TInner>(PropertyInfo member)
        where TInner : RequestRecord
    {
        var (get, set) = (member.GetMethod!.CreateDelegate<Func<T, Given<TInner>>>(),
            member.SetMethod!.CreateDelegate<Action<T, Given<TInner>>>());
        TInner Opened(T record)
        {
            if (get(record) is { IsRead: true, Value: { } there }) return there;
            var made = Activator.CreateInstance<TInner>();
            set(record, Given<TInner>.Of(made));
            return made;
        }

        return new Group(record => Opened(record),
            BodyMembers<TInner>.All.ToDictionary(inner => inner.Key, inner => Within(Opened, inner.Value)));
    }

    private static ReadMember<T> Within<TInner>(Func<T, TInner> open, ReadMember<TInner> read) =>
        (T record, ref Utf8JsonReader reader, BodyStyle style) => read(open(record), ref reader, style);

    private sealed record Group(Action<T> Open, IReadOnlyDictionary<string, ReadMember<T>> Members)
    {
        // False where it has no such member.
        public bool Read(T record, string name, ref Utf8JsonReader reader, BodyStyle style)
        {
            var isKnown = Members.TryGetValue(name, out var read);
            if (isKnown) read!(record, ref reader, style);
            else reader.Skip();
            return isKnown;
        }
    }
}
