using System.Runtime.CompilerServices;
using Npgsql;

namespace OrderService.Engine.Persistence;

/// <summary>One of several servers that a connection string names.</summary>
internal readonly record struct StoreHost(string? Name, int Port);

/// <summary>The servers that a pool chooses from, in the order in which it asks them.</summary>
internal static class StoreHosts
{
    /// <summary>None where there is one server alone.</summary>
    public static IReadOnlyList<StoreHost> Of(NpgsqlDataSource source) =>
        source is NpgsqlMultiHostDataSource several ? [.. PoolsOf(several).Select(HostOf)] : [];

    /// <summary>From here on this one is asked before the others.</summary>
    public static void PutFirst(NpgsqlDataSource source, StoreHost host)
    {
        if (source is not NpgsqlMultiHostDataSource several) return;
        var pools = PoolsOf(several);
        var at = Array.FindIndex(pools, pool => HostOf(pool) == host);
        // Whoever looks through them in between meets one of the two twice, which costs a question.
        if (at > 0) (pools[0], pools[at]) = (pools[at], pools[0]);
    }

    private static StoreHost HostOf(NpgsqlDataSource pool)
    {
        var settings = new NpgsqlConnectionStringBuilder(pool.ConnectionString);
        return new StoreHost(settings.Host, settings.Port);
    }

    // Npgsql has no other way to say which server comes first. Where a version of it has none of this name, StandbyTests fails.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Pools")]
    private static extern NpgsqlDataSource[] PoolsOf(NpgsqlMultiHostDataSource source);
}
