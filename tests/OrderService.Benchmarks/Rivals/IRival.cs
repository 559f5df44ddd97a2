using Npgsql;
using OrderService.Benchmarks.Ground;

namespace OrderService.Benchmarks.Rivals;

/// <summary>Something that keeps work with a moment in Postgres and does each once when its moment has come.</summary>
internal interface IRival
{
    string Name { get; }

    /// <summary>Stores so many pieces of work on an empty database, each due at its moment; nothing is done yet.</summary>
    Task StoreAsync(string connectionString, IReadOnlyList<DateTimeOffset> due);

    /// <summary>Starts doing them; disposed, it stops.</summary>
    Task<IAsyncDisposable> WorkAsync(string connectionString);

    /// <summary>How many are done and recorded, each once.</summary>
    Task<long> DoneAsync(string connectionString);

    /// <summary>How late each was: when it was done against when it was due.</summary>
    Task<Samples> LatenessAsync(string connectionString);
}

/// <summary>What the work of a library of jobs is: one row each, in a table that refuses a second one.</summary>
internal static class DoneRows
{
    public const string Insert = "INSERT INTO done (id, due) VALUES ($1, $2)";

    private static NpgsqlDataSource? _source;

    /// <summary>Makes the table, and the connections of this process's jobs.</summary>
    public static async Task PrepareAsync(string connectionString)
    {
        await Cluster.ExecuteAsync(connectionString,
            "CREATE TABLE IF NOT EXISTS done (id int PRIMARY KEY, due timestamptz NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp())");
        if (_source is not null) await _source.DisposeAsync();
        _source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 32, MaxAutoPrepare = 10, AutoPrepareMinUsages = 2 });
    }

    /// <summary>Does one.</summary>
    public static async Task AddAsync(int id, long dueTicks)
    {
        await using var command = _source!.CreateCommand(Insert);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = new DateTime(dueTicks, DateTimeKind.Utc) });
        await command.ExecuteNonQueryAsync();
    }

    public static Task<long> CountAsync(string connectionString) =>
        Cluster.ScalarAsync<long>(connectionString, "SELECT count(*) FROM done");

    public static Task<Samples> LatenessAsync(string connectionString) =>
        LatenessAsync(connectionString, "SELECT extract(epoch FROM at - due)::double precision FROM done");

    public static async Task<Samples> LatenessAsync(string connectionString, string seconds)
    {
        var samples = new Samples();
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(seconds);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) samples.AddMilliseconds(reader.GetDouble(0) * 1_000);
        return samples;
    }
}
