using Npgsql;

namespace OrderService.Engine.Persistence;

/// <summary>
/// The connections of the sweep and the executors. The planner is not left to luck there: each statement must walk the book in its order and stop at its limit, or go straight to
/// the rows that it names, whatever the statistics say of the day.
/// </summary>
internal sealed class SweepSource(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NamedSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
    {
        Options = "-c enable_seqscan=off -c enable_bitmapscan=off -c enable_sort=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan -c jit=off "
            + "-c statement_timeout=30000 -c lock_timeout=15000 -c idle_in_transaction_session_timeout=10000",
        MaxPoolSize = 16,
        NoResetOnClose = true, // nothing here leaves anything behind in a session, and a reset costs more than a sweep that finds nothing
        MaxAutoPrepare = 40,
        AutoPrepareMinUsages = 2,
        ApplicationName = "orderservice-sweep",
    });

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken token) => _source.OpenConnectionAsync(token);

    /// <summary>Closes what is pooled, and what is at work as it comes back.</summary>
    public void Clear() => _source.Clear();

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
