using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace OrderService.Api.Wire;

/// <summary>Fills the members of a request record that take any value from a query, where the body did not have them.</summary>
internal static class QueryValues<T>
    where T : RequestRecord
{
    private static readonly FrozenDictionary<string, PropertyInfo> Members =
        typeof(T).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(member => member.PropertyType == typeof(Given<WireValue>))
        .ToFrozenDictionary(member => RecordNames.NameOf(member, typeof(T)), StringComparer.Ordinal);

    /// <summary>Adds what is there.</summary>
    public static void AddMissing(T record, IQueryCollection query)
    {
        foreach (var (name, member) in Members)
        {
            if (query.Text(name) is { } text && !((Given<WireValue>)member.GetValue(record)!).IsGiven)
                member.SetValue(record, Given<WireValue>.Of(new WireValue(JsonTokenType.String, text)));
        }
    }
}
