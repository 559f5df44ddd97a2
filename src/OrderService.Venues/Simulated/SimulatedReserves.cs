using Npgsql;
using OrderService.Stacks.Addresses;

namespace OrderService.Venues.Simulated;

/// <summary>
/// The reserves behind quotes: read once for all who ask within a short time, and again after each block mined here. A quote is an offer,
/// the block decides.
/// </summary>
internal sealed class SimulatedReserves(LedgerSource ledger, SimulatedOptions options, TimeProvider time) : IDisposable
{
    private sealed record Snapshot(IReadOnlyDictionary<ContractId, Reserves> Reserves, long ReadAt, int Version);

    private readonly SemaphoreSlim reading = new(1);
    private volatile Snapshot? latest;
    private int version;

    /// <summary>The reserves now, or as they were a moment ago.</summary>
    public async ValueTask<IReadOnlyDictionary<ContractId, Reserves>> ReadAsync(CancellationToken token)
    {
        if (Fresh() is { } fresh) return fresh;
        await reading.WaitAsync(token);
        try
        {
            if (Fresh() is { } readMeanwhile) return readMeanwhile;
            // both before the read: what changes during it makes it stale
            var (readAt, readVersion) = (time.GetTimestamp(), Volatile.Read(ref version));
            await using var connection = await ledger.OpenAsync(token);
            var reserves = await LedgerSql.ReadReservesAsync(ledger, connection, token);
            latest = new Snapshot(reserves, readAt, readVersion);
            return reserves;
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>The next reader asks the ledger.</summary>
    public void Invalidate()
    {
        unchecked
        {
            Interlocked.Increment(ref version);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => reading.Dispose();

    private IReadOnlyDictionary<ContractId, Reserves>? Fresh() =>
        latest is { } snapshot && snapshot.Version == Volatile.Read(ref version)
            && time.GetElapsedTime(snapshot.ReadAt) < options.ReservesMaxAge
            ? snapshot.Reserves : null;
}
