using System.Data.Common;
using System.Net.Sockets;

namespace OrderService.Domain.Ports;

/// <summary>
/// What a port throws where the other side of it, a node, a price source or the store, is away or too slow: nothing is known of what was
/// asked, and asking again may help.
/// </summary>
public static class Outage
{
    private const string DoesNotExist = "26000"; // invalid_sql_statement_name
    private const string ExistsAlready = "42P05"; // duplicate_prepared_statement
    private const string ReadOnly = "25006"; // read_only_sql_transaction
    private const string StoodIdle = "25P03"; // idle_in_transaction_session_timeout
    private const string TookTooLong = "25P04"; // transaction_timeout, of Postgres 17
    private const string OtherParameters = "08P01"; // protocol_violation: another statement has that name

    /// <summary>
    /// True for a broken or late answer and for a store that cannot answer now, also where a library wrapped it. A store that refused has a
    /// SQLSTATE, and a lost connection has none; class 57 is its operator or a time limit, class 53 a lack of resources. One that takes no
    /// writes now, as a standby or by its operator's word, is away for whoever would write. A session that has lost or kept a prepared
    /// statement which its client believes otherwise of is as good as lost too, and so is one that the server ended since this process was
    /// held up inside its transaction. Where a session is killed under it, Npgsql 10.0.3 sometimes trips over its own reader before it
    /// tells: what that throws names Npgsql as its source.
    /// </summary>
    public static bool Is(Exception? fault) => fault switch
    {
        null => false,
        HttpRequestException or TimeoutException or SocketException or NullReferenceException { Source: "Npgsql" } => true,
        DbException { SqlState: var state } store =>
            store.IsTransient || state is null or ReadOnly or StoodIdle or TookTooLong || IsStaleSession(store)
                || state.StartsWith("57", StringComparison.Ordinal)
                || state.StartsWith("53", StringComparison.Ordinal),
        _ => Is(fault.InnerException),
    };

    /// <summary>
    /// True where the store's session and its client disagree about which statements are prepared: every use of that connection fails until
    /// it is closed.
    /// </summary>
    public static bool IsStaleSession(Exception? fault) => fault switch
    {
        null => false,
        DbException { SqlState: DoesNotExist or ExistsAlready or OtherParameters } => true,
        _ => IsStaleSession(fault.InnerException),
    };
}
