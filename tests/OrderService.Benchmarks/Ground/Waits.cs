using System.Globalization;
using Npgsql;

namespace OrderService.Benchmarks.Ground;

/// <summary>
/// What the backends of a database wait for while they have something to do, looked at every few milliseconds: for how many of them at
/// once, on average, by what they wait for.
/// </summary>
internal sealed class Waits : IAsyncDisposable
{
    private const string Statement =
        """
        SELECT coalesce(wait_event_type || ' ' || wait_event, 'works') || CASE WHEN wait_event_type = 'Lock' THEN ' in ' || coalesce(
            (SELECT string_agg(DISTINCT coalesce(l.relation::regclass::text, l.locktype), '+') FROM pg_locks l WHERE l.pid = a.pid AND (NOT l.granted OR l.locktype = 'tuple')), '?') ELSE '' END
        FROM pg_stat_activity a WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()
        """;

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly Task _looking;
    private int _looks;

    private Waits(string connectionString) => _looking = LookAsync(connectionString);

    public static Waits Watch(string connectionString) => new(connectionString);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _looking;
        _stop.Dispose();
    }

    /// <summary>The most frequent first.</summary>
    public override string ToString() =>
        string.Join(", ",
            _seen.OrderByDescending(one => one.Value).Take(8)
                .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {(double)one.Value / Math.Max(1, _looks):F2}")));

    private async Task LookAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        while (!_stop.IsCancellationRequested)
        {
            await using var command = source.CreateCommand(Statement);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) _seen[reader.GetString(0)] = _seen.GetValueOrDefault(reader.GetString(0)) + 1;
            _looks++;
            await Task.Delay(15);
        }
    }
}
