using System.Diagnostics;
using Npgsql;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Persistence;

/// <summary>
/// Whether the store takes writes: what it said to the last batch of creates, and what it says to a row that is written where that was good
/// or is long ago. A full disk, a standby, a database that somebody made read only answer every read.
/// </summary>
internal sealed class StoreWrites(NpgsqlDataSource source) : IDisposable
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1);
    private volatile Refusal? _refused;
    private ReadinessResult? _probed;
    private long _probedAt;

    private sealed record Refusal(string Why, long At);

    /// <summary>The check <c>store</c>.</summary>
    public ReadinessCheck Check => new("store", AskAsync);

    /// <summary>The store took a batch of creates.</summary>
    public void Took() => _refused = null;

    /// <summary>It refused one, with a word of its own or none.</summary>
    public void Refused(Exception fault) => _refused = new Refusal(WhyOf(fault), Stopwatch.GetTimestamp());

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<ReadinessResult> AskAsync(CancellationToken token)
    {
        if (_refused is { } refused && Stopwatch.GetElapsedTime(refused.At) < Memory) return new ReadinessResult(false, refused.Why);
        await _one.WaitAsync(token);
        try
        {
            if (_probed is { } last && Stopwatch.GetElapsedTime(_probedAt) < ProbeEvery) return last;
            (_probed, _probedAt) = (await ProbeAsync(token), Stopwatch.GetTimestamp());
            return _probed;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<ReadinessResult> ProbeAsync(CancellationToken token)
    {
        try
        {
            await using var command = source.CreateCommand("UPDATE store_probe SET at = now()");
            command.CommandTimeout = 1;
            await command.ExecuteNonQueryAsync(token);
            return new ReadinessResult(true);
        }
        catch (PostgresException refused)
        {
            return new ReadinessResult(false, WhyOf(refused));
        }
    }

    private static string WhyOf(Exception fault) =>
        fault is not PostgresException { SqlState: var state } ? "orders could not be stored: see the log" : state switch
        {
            PostgresErrorCodes.DiskFull => "the disk of the database is full: make room, and it goes on by itself",
            PostgresErrorCodes.ReadOnlySqlTransaction =>
                "the database is read only, as a standby is: point ConnectionStrings:OrderService to the primary, or take default_transaction_read_only back",
            PostgresErrorCodes.InsufficientPrivilege => "the role of ConnectionStrings:OrderService may not write: let it own the database",
            _ => $"the database refuses writes with SQLSTATE {state}: see its log",
        };
}
