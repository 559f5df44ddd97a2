using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Simulation;

/// <summary>
/// One database for many seeds, emptied between them, and the connections to it: to make these for each seed would take longer than to run
/// it.
/// </summary>
internal sealed class SimulationStore : IAsyncDisposable
{
    // What refers to others before those.
    private static readonly string[] Tables =
    [
        "outgoing_versions", "outgoing_transactions", "account_entries", "reservations", "curves", "event_positions", "event_rounds",
        "order_events", "slices", "orders", "account_nonces", "accounts", "holds", "free_nonces",
        "solvers", "owner_turns", "owner_fees", "group_slots", "watermark_moves", "watermarks", "price_pairs", "price_points",
    ];

    private const int RunsMax = 3;

    private readonly TestDatabase _database;
    private readonly RewritingProxy? _proxy;
    private readonly ServiceProvider[] _connections;

    private SimulationStore(TestDatabase database, SqlMutation? mutation)
    {
        _database = database;
        _proxy = mutation is null ? null : RewritingProxy.Start(database.ConnectionString, mutation.Rewrite);
        ConnectionString = _proxy?.ConnectionString ?? database.ConnectionString;
        _connections = [.. Enumerable.Range(0, 2)
            .Select(_ =>
                new ServiceCollection().AddLogging().AddPersistence(ConnectionString, new ConfigurationBuilder().Build())
                    .BuildServiceProvider())];
        Judges = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 2,
            MaxAutoPrepare = 10, AutoPrepareMinUsages = 2 });
    }

    /// <summary>Leads the engines to the store.</summary>
    public string ConnectionString { get; }

    /// <summary>Leads the judges to it, past what changes the engines' statements.</summary>
    public NpgsqlDataSource Judges { get; }

    /// <summary>With a mutation the engines' statements are changed by it.</summary>
    public static async Task<SimulationStore> CreateAsync(SqlMutation? mutation = null) => new(await TestDatabase.CreateAsync(), mutation);

    /// <summary>Gives an engine connections that were there before it.</summary>
    public void Connect(IServiceCollection services, int engine) => services
        .AddSingleton(_connections[0].GetRequiredService<NpgsqlDataSource>())
        .AddSingleton(_connections[0].GetRequiredService<SweepSource>())
        .AddSingleton(_connections[engine].GetRequiredService<WriterSource>());

    /// <summary>
    /// Runs a seed over the empty store, and once more where that was too slow for one of its steps: what a busy machine made of it tells
    /// of nothing.
    /// </summary>
    public async Task<SimulationStory> RunAsync(int seed, int steps, PlayMix mix = PlayMix.All)
    {
        for (var run = 1; run < RunsMax; run++) if (await RunOnceAsync(seed, steps, mix) is { IsVoid: false } story) return story;
        return await RunOnceAsync(seed, steps, mix);
    }

    private async Task<SimulationStory> RunOnceAsync(int seed, int steps, PlayMix mix)
    {
        await using (var command = Judges.CreateCommand(string.Join("; ", Tables.Select(table => $"DELETE FROM {table}"))))
            await command.ExecuteNonQueryAsync();
        return await SeededSimulation.RunAsync(this, seed, steps, mix);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connections in _connections) await connections.DisposeAsync();
        await Judges.DisposeAsync();
        if (_proxy is not null) await _proxy.DisposeAsync();
        await _database.DisposeAsync();
    }
}
