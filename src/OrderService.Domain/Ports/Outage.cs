using System.Data.Common;
using System.Net.Sockets;

namespace OrderService.Domain.Ports;

/// <summary>What a port throws where the other side of it, a node, a price source or the store, is away or too slow: nothing is known of what was asked, and asking again may help.</summary>
public static class Outage
{
    /// <summary>
    /// True for a broken or late answer and for a store that cannot answer now, also where a library wrapped it. A store that refused has a SQLSTATE, and a lost
    /// connection has none; class 57 is its operator or a time limit, class 53 a lack of resources.
    /// </summary>
    public static bool Is(Exception? fault) => fault switch
    {
        null => false,
        HttpRequestException or TimeoutException or SocketException => true,
        DbException { SqlState: var state } store =>
            store.IsTransient || state is null || state.StartsWith("57", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal),
        _ => Is(fault.InnerException),
    };
}
