using Npgsql;
using OrderService.Benchmarks.Ground;
using OrderService.Benchmarks.Load;
using OrderService.Domain;
using OrderService.Engine.Orders;
using static OrderService.Benchmarks.Ground.Report;

namespace OrderService.Benchmarks;

/// <summary>
/// What the whole life of an order writes into the log of Postgres, and where: from its create until its swap is final and its events have
/// their positions. Without full-page images, which tell of the time between checkpoints; of the play chain's own tables apart.
/// </summary>
internal static class LifeBenchmark
{
    private const int Orders = 2_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private const string ByTable =
        """
        SELECT n.nspname = 'simulator' OR n.nspname LIKE 'pg_%', c.relname, c.relkind::text, w.record_type, sum(w.length)::bigint, count(*)
        FROM (
            SELECT (regexp_match(block_ref, 'blkref #0: rel \d+/\d+/(\d+)'))[1]::oid AS node, resource_manager || ' ' || record_type AS record_type,
                record_length AS length
            FROM pg_get_wal_records_info($1::text::pg_lsn, $2::text::pg_lsn)) w
        LEFT JOIN pg_class c ON c.relfilenode = w.node LEFT JOIN pg_class t ON t.reltoastrelid = c.oid
        LEFT JOIN pg_namespace n ON n.oid = coalesce(t.relnamespace, c.relnamespace)
        GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC
        """;

    private const string Updates =
        """
        SELECT relname, n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables WHERE schemaname = 'public' AND n_tup_upd >= $1 ORDER BY relname
        """;

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var report = new Report();
        var count = arguments.Whole("orders", Orders);
        await using var cluster = await Cluster.StartAsync();
        var database = await cluster.CreateAsync("life");
        var admin = Cluster.AdminOf(database);
        await Cluster.ExecuteAsync(admin, "CREATE EXTENSION pg_walinspect");
        foreach (var setting in (string[])["full_page_writes = off", "autovacuum = off", "max_wal_size = '8GB'", "wal_keep_size = '4GB'"])
            await Cluster.ExecuteAsync(admin, $"ALTER SYSTEM SET {setting}");
        await Cluster.ExecuteAsync(admin, "SELECT pg_reload_conf()");
        await LiveAsync(database, 200); // the first orders of a database are not like all others
        await Cluster.ExecuteAsync(admin, "CHECKPOINT");
        await Cluster.ExecuteAsync(admin, "SELECT pg_stat_reset()");
        var (born, created, ended) = await LiveAsync(database, count);
        var bytes = await Cluster.ScalarAsync<decimal>(admin, $"SELECT pg_wal_lsn_diff('{ended}', '{born}')");
        var atCreate = await Cluster.ScalarAsync<decimal>(admin, $"SELECT pg_wal_lsn_diff('{created}', '{born}')");
        var ours = await ShowAsync(admin, born, created, count, report, "create")
            + await ShowAsync(admin, created, ended, count, report, "the rest");
        await ShowUpdatesAsync(admin, count, report);
        report.Add(Number($"log of the life of an order, the play chain's left out, of {count:N0}"), "", Number($"{ours / count:N0} bytes"),
            "", "", true);
        report.Note($"with the play chain's {bytes / count:N0} bytes an order, {atCreate / count:N0} of them at its create");
        return report;
    }

    private static async Task<(string Born, string Created, string Ended)> LiveAsync(string database, int count)
    {
        await using var node = await Node.StartAsync(database, ("Pricing:Interval", "00:10:00"));
        var create = node.Get<PlaceOrder>();
        var orders = new SignedOrders(1).AtOnce(count);
        var born = await LogAsync(database);
        foreach (var some in orders.Chunk(64))
        {
            foreach (var one in await Task.WhenAll(some.Select(order => create.HandleAsync(order, CancellationToken.None))))
                if (one.IsRejected(out var why)) throw new InvalidOperationException(why.Message);
        }
        var created = await LogAsync(database);
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        await node.RunAllAsync();
        while (await LeftAsync(database) > 0)
        {
            if (System.Diagnostics.Stopwatch.GetElapsedTime(started) > Limit) throw new TimeoutException($"not ended after {Limit}");
            await Task.Delay(100);
        }
        return (born, created, await LogAsync(database));
    }

    private static Task<string> LogAsync(string database) =>
        Cluster.ScalarAsync<string>(database, "SELECT pg_current_wal_insert_lsn()::text");

    private static Task<long> LeftAsync(string database) => Cluster.ScalarAsync<long>(database,
        """
        SELECT (SELECT count(*) FROM orders WHERE status <> 'completed') + (SELECT count(*) FROM outgoing_transactions WHERE NOT is_final)
            + (SELECT count(*) FROM order_events) - (SELECT count(*) FROM event_positions)
        """);

    // Of each kind of table and record that takes more than a byte an order; returns all that is not the play chain's.
    private static async Task<long> ShowAsync(string admin, string from, string to, int count, Report report, string what)
    {
        await using var source = NpgsqlDataSource.Create(admin);
        await using var command = source.CreateCommand(ByTable);
        command.Parameters.Add(new NpgsqlParameter { Value = from });
        command.Parameters.Add(new NpgsqlParameter { Value = to });
        await using var reader = await command.ExecuteReaderAsync();
        var sum = 0L;
        while (await reader.ReadAsync())
        {
            var isOther = !await reader.IsDBNullAsync(0) && reader.GetBoolean(0);
            var bytes = reader.GetInt64(4);
            if (!isOther) sum += bytes;
            if (bytes < count * 8 || isOther) continue;
            var table = await reader.IsDBNullAsync(1) ? "-" : reader.GetString(1);
            report.Note($"{what}: {table} {reader.GetString(3)}: {(double)bytes / count:F0} bytes an order in {(double)reader.GetInt64(5) / count:F2} records");
        }
        report.Note($"{what}: {(double)sum / count:F0} bytes an order, the play chain's left out");
        return sum;
    }

    private static async Task ShowUpdatesAsync(string admin, int count, Report report)
    {
        await using var source = NpgsqlDataSource.Create(admin);
        await using var command = source.CreateCommand(Updates);
        command.Parameters.Add(new NpgsqlParameter { Value = (long)count / 2 });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var (updates, hot) = (reader.GetInt64(1), reader.GetInt64(2));
            report.Note($"{reader.GetString(0)}: {(double)updates / count:F2} updates an order, {100.0 * hot / updates:F0} % of them write no index entry");
        }
    }
}
