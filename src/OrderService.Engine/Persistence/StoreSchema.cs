using System.Text.RegularExpressions;
using Npgsql;

namespace OrderService.Engine.Persistence;

/// <summary>
/// The schema that a store is in: <c>public</c>, or the first of the connection string's <c>Search Path</c>. Statements name no schema, so
/// that several stores are neighbours in one database, each with connections of its own; that of the play chain stands beside each.
/// </summary>
internal static partial class StoreSchema
{
    private const string Public = "public";
    private const string Simulator = "simulator";

    /// <summary>The store's.</summary>
    public static string Of(string connectionString)
    {
        var first = new NpgsqlConnectionStringBuilder(connectionString).SearchPath?.Split(',')[0].Trim();
        return first is null || !PlainName().IsMatch(first) ? Public : first;
    }

    /// <summary>Whether it is one that was made for the store.</summary>
    public static bool IsOwn(string connectionString) => Of(connectionString) != Public;

    /// <summary>
    /// Where a partition of a store is: the first where the store is, the others in schemas of their own that are called after it.
    /// </summary>
    public static string AddressOf(string connectionString, int partition)
    {
        if (partition == 0) return connectionString;
        var name = IsOwn(connectionString) ? Of(connectionString) : "partition";
        return new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = $"{name}_{partition}" }.ConnectionString;
    }

    /// <summary>That of the store's play chain.</summary>
    public static string SimulatorOf(string connectionString) =>
        IsOwn(connectionString) ? $"{Of(connectionString)}_{Simulator}" : Simulator;

    /// <summary>A statement over <c>simulator</c>, over the schema of that name instead.</summary>
    public static string WithSimulator(string sql, string schema) =>
        schema == Simulator ? sql : SimulatorName().Replace(sql, schema);

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainName();

    [GeneratedRegex(@"\bsimulator(?=[.;])", RegexOptions.CultureInvariant)]
    private static partial Regex SimulatorName();
}
