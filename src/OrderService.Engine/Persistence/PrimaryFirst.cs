using Npgsql;
using OrderService.Domain.Ports;

namespace OrderService.Engine.Persistence;

/// <summary>
/// Of several servers, has the pools ask the one that takes writes before all others. They ask in the order of the connection string and
/// forget an answer after a second; a server whose machine is gone answers nothing, not even no, so that each connection would wait for it
/// in vain before it comes to the one that took its place.
/// </summary>
internal sealed class PrimaryFirst(
    string connectionString, NpgsqlDataSource source, SweepSource sweep, WriterSource writer) : BackgroundService
{
    // The timeline of a server that takes writes: a former leader that is not aware of its successor has an older one.
    private const string Question =
        "SELECT CASE WHEN NOT pg_is_in_recovery() THEN ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int END";

    private const int AnswerSeconds = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500); // of real time, however fast the engine's goes

    private readonly Lock _lock = new();
    private readonly Dictionary<StoreHost, int> _timelines = [];
    private StoreHost? _first;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(StoreHosts.Of(source).Select(host => WatchAsync(host, stoppingToken)));

    private async Task WatchAsync(StoreHost host, CancellationToken token)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Host = host.Name, Port = host.Port, TargetSessionAttributes = null, Pooling = false, Timeout = AnswerSeconds,
            CommandTimeout = AnswerSeconds, CancellationTimeout = -1, ApplicationName = "orderservice-watch",
        };
        while (!token.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(settings.ConnectionString);
                await connection.OpenAsync(token);
                await using var command = new NpgsqlCommand(Question, connection);
                while (true)
                {
                    Told(host, await command.ExecuteScalarAsync(token) as int?);
                    await Task.Delay(Pause, token);
                }
            }
            catch (Exception away) when (Outage.Is(away) || away is NpgsqlException)
            {
                Told(host, null);
                await Task.Delay(Pause, token);
            }
        }
    }

    private void Told(StoreHost host, int? timeline)
    {
        lock (_lock)
        {
            if (timeline is { } told) _timelines[host] = told;
            else _timelines.Remove(host);
            if (_timelines.Count == 0) return;
            var first = _timelines.MaxBy(one => one.Value).Key;
            if (first == _first) return;
            _first = first;
            StoreHosts.PutFirst(source, first);
            sweep.Prefer(first);
            writer.Prefer(first);
        }
    }
}
