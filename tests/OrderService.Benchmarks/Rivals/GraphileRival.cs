using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OrderService.Benchmarks.Ground;

namespace OrderService.Benchmarks.Rivals;

/// <summary>graphile-worker in a Node.js process of its own (<c>Rivals/graphile</c>).</summary>
internal sealed class GraphileRival(string package) : IRival
{
    public string Name => "graphile-worker 0.16";

    public async Task StoreAsync(string connectionString, IReadOnlyList<DateTimeOffset> due)
    {
        await DoneRows.PrepareAsync(connectionString);
        using (var migrate = Start(connectionString, "migrate"))
        {
            await migrate.WaitForExitAsync();
            if (migrate.ExitCode != 0)
                throw new InvalidOperationException($"graphile-worker does not run: install its package, npm ci in {package}");
        }
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(
            """
            SELECT count(graphile_worker.add_job('done', json_build_object('id', d.id, 'due', d.due), run_at => d.due))
            FROM unnest($1::timestamptz[]) WITH ORDINALITY AS u (due, place), LATERAL (SELECT u.due, u.place::int - 1 AS id) d
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = due.Select(moment => moment.UtcDateTime).ToArray() });
        await command.ExecuteNonQueryAsync();
        await Cluster.ExecuteAsync(Cluster.AdminOf(connectionString), "ANALYZE");
    }

    public Task<IAsyncDisposable> WorkAsync(string connectionString) =>
        Task.FromResult<IAsyncDisposable>(new Running(Start(connectionString, "run")));

    public Task<long> DoneAsync(string connectionString) => DoneRows.CountAsync(connectionString);

    public Task<Samples> LatenessAsync(string connectionString) => DoneRows.LatenessAsync(connectionString);

    private Process Start(string connectionString, string verb)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo("node", ["worker.mjs", verb]) { WorkingDirectory = package, RedirectStandardInput = true };
        start.Environment["NO_LOG_SUCCESS"] = "1"; // a line for each job would be part of what it costs
        start.Environment["PGHOST"] = settings.Host;
        start.Environment["PGPORT"] = settings.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = settings.Username;
        start.Environment["PGPASSWORD"] = settings.Password;
        start.Environment["PGDATABASE"] = settings.Database;
        return Process.Start(start)!;
    }

    private sealed class Running(Process process) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            process.StandardInput.Close(); // it ends with this
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
