using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine;
using OrderService.Engine.Accounts;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;
using OrderService.Engine.Sealing;
using OrderService.Hosting;

namespace OrderService.Benchmarks.Ground;

/// <summary>
/// The engine over a database, without HTTP, its prices set by the benchmark. Nothing runs by itself but the writer of orders, until it is
/// told to.
/// </summary>
internal sealed class Node : IAsyncDisposable
{
    private static readonly string Key = MasterKey.Generate().Reveal(); // one for all nodes of a run: several may work on one database

    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _running = [];

    private Node(ServiceProvider services) => _services = services;

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public static Task<Node> StartAsync(string connectionString, params (string Key, string Value)[] settings) =>
        StartAsync(connectionString, null, settings);

    public static async Task<Node> StartAsync(
        string connectionString, Action<IServiceCollection>? more, (string Key, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>
        {
            ["Simulator:BlockInterval"] = "00:00:00", ["Pricing:StaleAfter"] = "1.00:00:00", ["Orders:OpenMaxPerOwner"] = "100000000",
            ["Limits:CreatesPerMinutePerOwner"] = "0", ["Limits:CallsPerMinutePerOwner"] = "0", ["Limits:ReadsPerMinutePerOwner"] = "0",
            ["Orders:MaxDeviationBps"] = "10000",
            ["Accounts:MasterKey"] = Key,
        };
        foreach (var (key, value) in settings) values[key] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddVenue(configuration);
        services.AddEngine(configuration, connectionString);
        more?.Invoke(services);
        var node = new Node(services.BuildServiceProvider());
        await node.Get<AccountsStart>().CheckAsync(CancellationToken.None);
        await node._services.PrepareVenueAsync(CancellationToken.None);
        await node.RunAsync<OrderWriter>();
        return node;
    }

    public void SetPrice(TokenId token, Price usd) => Get<PriceBoard>().Publish(
        new GateResult([new BelievedPrice(token, usd, TimeProvider.System.GetUtcNow(), "benchmark")], [], []), [],
        TimeProvider.System.GetUtcNow());

    public Task<int> SweepAsync() => Get<Sweep>().TickAsync(CancellationToken.None);

    /// <summary>Starts every worker of the service that does not run yet.</summary>
    public async Task RunAllAsync()
    {
        foreach (var worker in _services.GetServices<IHostedService>().Where(worker => !_running.Contains(worker)).ToList())
        {
            await worker.StartAsync(CancellationToken.None);
            _running.Add(worker);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in Enumerable.Reverse(_running)) await worker.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    private async Task RunAsync<T>() where T : IHostedService
    {
        var worker = Get<T>();
        await worker.StartAsync(CancellationToken.None);
        _running.Add(worker);
    }
}
