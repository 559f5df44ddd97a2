using Npgsql;
using OrderService.Engine.Persistence;

namespace OrderService.Venues.Simulated;

/// <summary>
/// The store's connections, for statements over the ledger. These are written over the schema <c>simulator</c> and run over the one that
/// the ledger is in.
/// </summary>
internal sealed class LedgerSource(NpgsqlDataSource source)
{
    private readonly string _schema = StoreSchema.SimulatorOf(source.ConnectionString);

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken token) => source.OpenConnectionAsync(token);

    /// <summary>A statement on a connection of its own.</summary>
    public NpgsqlCommand Command(string sql) => source.CreateCommand(StoreSchema.WithSimulator(sql, _schema));

    /// <summary>One of a transaction.</summary>
    public NpgsqlCommand Command(string sql, NpgsqlConnection connection) => new(StoreSchema.WithSimulator(sql, _schema), connection);

    /// <summary>One of a batch.</summary>
    public NpgsqlBatchCommand Part(string sql) => new(StoreSchema.WithSimulator(sql, _schema));
}
