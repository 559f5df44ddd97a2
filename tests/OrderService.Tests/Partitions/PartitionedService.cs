using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderService.Hosting;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Auth;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Partitions;

/// <summary>A node of the whole service over a store of four partitions.</summary>
internal sealed class PartitionedNode : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PartitionedNode(WebApplication app) => _app = app;

    public HttpClient Client { get; private set; } = null!;

    public HttpClient Operator { get; private set; } = null!;

    public Wallet Demo { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public static async Task<PartitionedNode> StartAsync(string connectionString, params string[] more)
    {
        var builder = ServiceHost.CreateBuilder(
        [
            "--urls", "http://127.0.0.1:0", "--Simulator:BlockInterval=00:00:00.05", "--Pricing:PollInterval=00:00:00.2",
            "--Logging:LogLevel:Default=Warning", $"--Accounts:MasterKey={new string('5', 64)}", "--Limits:WrongKeysPerMinutePerAddress=0",
            $"--Service:Domain={TestWallet.Service}", "--Orders:MaxDeviationBps=10000", .. Patience.Arguments, .. DividedStore.Of(4), .. more,
        ]);
        var app = ServiceHost.Build(builder, connectionString);
        try
        {
            await ServiceHost.PrepareAsync(app, CancellationToken.None);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        await app.StartAsync();
        var node = new PartitionedNode(app) { Client = CheckedAnswers.Client(app.Urls.First()) };
        node.Operator = new HttpClient { BaseAddress = new Uri(app.Urls.Last()), Timeout = TimeSpan.FromSeconds(100) };
        node.Demo = await Wallet.OfDemoAsync(node.Client, app.Services.GetRequiredService<SimulatedOptions>().DemoKey);
        return node;
    }

    /// <summary>A wallet of its own with funds to sell.</summary>
    public async Task<Wallet> FundedAsync()
    {
        var wallet = Demo.Stranger();
        using var given = await Client.PostAsJsonAsync("/simulator/faucet",
            new JsonObject { ["address"] = wallet.Address, ["token"] = wallet.SellToken, ["amount"] = "100000000" });
        given.EnsureSuccessStatusCode();
        return wallet;
    }

    /// <summary>The check of the partitions, as the operator's listener tells it.</summary>
    public async Task<JsonArray> PartitionsAsync() => (await HealthAsync())["checks"]!["partitions"]!["detail"]!.AsArray();

    /// <summary>How the node is, ready or not.</summary>
    public async Task<JsonNode> HealthAsync()
    {
        using var answer = await Operator.GetAsync("/health/ready");
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    public async Task StopAsync() => await _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Operator.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>What a statement counts in each partition of a store.</summary>
    public static async Task<long[]> CountAsync(string connectionString, string sql)
    {
        var counts = new List<long>();
        for (var number = 0; number < 4; number++)
        {
            var path = number == 0 ? "public" : $"partition_{number}";
            await using var source = NpgsqlDataSource.Create(
                new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = path, Pooling = false });
            await using var command = source.CreateCommand(sql);
            counts.Add((long)(await command.ExecuteScalarAsync())!);
        }
        return [.. counts];
    }
}

/// <summary>One node of it for a class of tests.</summary>
public sealed class PartitionedService : IAsyncLifetime
{
    private TestDatabase? _database;

    internal PartitionedNode Node { get; private set; } = null!;

    internal string ConnectionString => _database!.ConnectionString;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        Node = await PartitionedNode.StartAsync(_database.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await Node.DisposeAsync();
        await _database!.DisposeAsync();
    }

    internal Task<long[]> CountAsync(string sql) => PartitionedNode.CountAsync(ConnectionString, sql);

    internal static int PlaceOf(Wallet wallet) => OrderService.Domain.Orders.OwnerPartition.Of(StacksAddress.Parse(wallet.Address), 4);
}
