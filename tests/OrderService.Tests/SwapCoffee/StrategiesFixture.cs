using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Hosting;
using OrderService.Stacks.Crypto;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;

namespace OrderService.Tests.SwapCoffee;

/// <summary>The whole service with managed accounts and an admin key, over a database of its own.</summary>
public class StrategiesFixture : IAsyncLifetime
{
    internal const string AdminKey = "an-admin-key-of-thirty-two-characters-or-more";

    private readonly string _keys = Path.Combine(PostgresCluster.NewFolder("admin"), "keys");
    private TestDatabase? _database;
    private WebApplication? _app;
    private string _sellToken = "";

    internal HttpClient Client { get; private set; } = null!;

    internal Uri Address => Client.BaseAddress!;

    internal IServiceProvider Services => _app!.Services;

    /// <summary>More of the command line.</summary>
    protected virtual string[] Settings => [];

    /// <summary>A wallet of its own for each test, so that they do not see each other's orders.</summary>
    internal StrategyClient NewClient() => new(Client, PrivateKey.Generate(), _sellToken);

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_keys, $"\n{AdminKey}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_keys, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _database = await TestDatabase.CreateAsync();
        var builder = ServiceHost.CreateBuilder(
        [
            "--urls", "http://127.0.0.1:0", "--Limits:WrongKeysPerMinutePerAddress=0",
            $"--Service:Domain={OrderService.Tests.Auth.TestWallet.Service}", "--Simulator:BlockInterval=00:00:00.05",
            "--Pricing:PollInterval=00:00:00.2", "--Logging:LogLevel:Default=Warning",
            $"--Accounts:MasterKey={new string('5', 64)}", "--Accounts:WithdrawalInterval=00:00:00.1", $"--Auth:AdminKeysFile={_keys}",
            "--SwapCoffee:RepeatWindow=00:10:00", // as long as a machine may stall between two calls, and then some
            .. Patience.Arguments, .. DividedStore.Settings, .. Settings,
        ]);
        _app = ServiceHost.Build(builder, _database.ConnectionString);
        await ServiceHost.PrepareAsync(_app, CancellationToken.None);
        await _app.StartAsync();
        await FirstPrices.KnownAsync(_app.Services);
        Client = CheckedAnswers.Client(_app.Urls.First());
        _sellToken = _app.Services.GetRequiredService<OrderService.Engine.Pricing.TokenRegistry>().All.First(
            t => t.Symbol.StartsWith("CHA-", StringComparison.OrdinalIgnoreCase)).Id.ToString();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
        await _database!.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_keys)!, recursive: true);
    }
}
