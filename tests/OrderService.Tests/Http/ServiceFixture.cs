using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Hosting;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Http;

/// <summary>The whole service on a free port, over a database of its own. Prices, sweeps and blocks run by themselves, quickly.</summary>
public class ServiceFixture : IAsyncLifetime
{
    private TestDatabase? _database;
    private WebApplication? _app;

    /// <summary>Settings beside the usual ones.</summary>
    protected virtual IReadOnlyList<string> More => [];

    internal HttpClient Client { get; private set; } = null!;

    /// <summary>The operator's listener.</summary>
    internal HttpClient Operator { get; private set; } = null!;

    internal Wallet Wallet { get; private set; } = null!;

    internal string ConnectionString => _database!.ConnectionString;

    internal IServiceProvider Services => _app!.Services;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var builder = ServiceHost.CreateBuilder(
        [
            "--urls", "http://127.0.0.1:0", "--Simulator:BlockInterval=00:00:00.05", "--Pricing:PollInterval=00:00:00.2",
            "--Logging:LogLevel:Default=Warning", $"--Accounts:MasterKey={new string('5', 64)}",
            "--Accounts:WithdrawalInterval=00:00:00.1", "--Limits:WrongKeysPerMinutePerAddress=0",
            $"--Service:Domain={OrderService.Tests.Auth.TestWallet.Service}", .. Patience.Arguments,
            .. DividedStore.Settings, .. More,
        ]);
        _app = ServiceHost.Build(builder, _database.ConnectionString);
        await ServiceHost.PrepareAsync(_app, CancellationToken.None);
        await _app.StartAsync();
        await FirstPrices.KnownAsync(_app.Services);
        Client = CheckedAnswers.Client(_app.Urls.First());
        Operator = new HttpClient { BaseAddress = new Uri(_app.Urls.Last()), Timeout = TimeSpan.FromSeconds(100) };
        Wallet = await Wallet.OfDemoAsync(Client,
            _app.Services.GetRequiredService<OrderService.Venues.Simulated.SimulatedOptions>().DemoKey);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        Operator.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
        await _database!.DisposeAsync();
    }
}
