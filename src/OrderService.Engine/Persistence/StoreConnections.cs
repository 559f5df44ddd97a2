using Npgsql;

namespace OrderService.Engine.Persistence;

/// <summary>Where a store is.</summary>
internal sealed record StoreAddress(string ConnectionString);

/// <summary>The connection strings of this node's pools. Every statement has a time limit, on both sides of the wire.</summary>
internal static class StoreConnections
{
    private static readonly int HostRecheckDefault = new NpgsqlConnectionStringBuilder().HostRecheckSeconds;

    /// <summary>For requests and workers, and for the group-commit writer.</summary>
    public static NpgsqlConnectionStringBuilder Shared(string connectionString, StoreOptions options) =>
        new(Settings(connectionString, options).ConnectionString)
        {
            MaxPoolSize = options.Connections,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 3,
            Options = Limits(options),
            ApplicationName = "orderservice",
        };

    /// <summary>
    /// For the sweep and the executors. The planner is not left to luck there: each statement must walk the book in its order and stop at
    /// its limit, or go straight to the rows that it names, whatever the statistics say of the day.
    /// </summary>
    public static NpgsqlConnectionStringBuilder Execution(string connectionString, StoreOptions options) =>
        new(Settings(connectionString, options).ConnectionString)
        {
            MaxPoolSize = options.ExecutionConnections,
            MaxAutoPrepare = 80,
            AutoPrepareMinUsages = 2,
            Options = "-c enable_seqscan=off -c enable_bitmapscan=off -c enable_sort=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan " + Limits(options),
            ApplicationName = "orderservice-sweep",
        };

    private static NpgsqlConnectionStringBuilder Settings(string connectionString, StoreOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            // whoever changes a session changes it back: a reset would be five more statements for every use of a connection
            NoResetOnClose = true,
            CommandTimeout = (int)Math.Ceiling(options.AnswerWithin.TotalSeconds),
            // A commit whose wait for the standby is cancelled succeeds, says the server, although the standby lacks it. So that answer is
            // not waited for: the connection breaks, and the outcome is unknown.
            CancellationTimeout = -1,
            // of a connect, and of the wait for a free connection, which leave as much for the statement
            Timeout = (int)Math.Ceiling(options.AnswerWithin.TotalSeconds / 2),
        };
        if (settings.Host?.Contains(',', StringComparison.Ordinal) != true) return settings;
        // Of several servers the one that takes writes, and after a failover it is looked for at once, not for ten seconds where it was.
        settings.TargetSessionAttributes ??= "primary";
        // and one that does not even refuse holds up nobody for long
        settings.Timeout = 3;
        if (settings.HostRecheckSeconds == HostRecheckDefault) settings.HostRecheckSeconds = 1;
        return settings;
    }

    // A process that stands still in a transaction loses its locks before those who wait for them give up. No transaction here waits for
    // anything but Postgres. The server's limit of a statement ends before its commit.
    private static string Limits(StoreOptions options)
    {
        var limit = (long)options.AnswerWithin.TotalMilliseconds;
        return $"-c statement_timeout={limit} -c lock_timeout={limit * 3 / 4} -c idle_in_transaction_session_timeout={limit / 2} -c jit=off";
    }
}
