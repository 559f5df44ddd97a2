using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Execution;
using OrderService.Engine.Pricing;
using OrderService.Hosting;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Auth;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Panora;

/// <summary>The whole service over a database and a clock of its own. Its engine beats when it is told to.</summary>
public sealed class PanoraWorld : IAsyncLifetime, IAsyncDisposable
{
    private TestDatabase? _database;
    private WebApplication? _app;
    private HttpClient? _http;

    internal ManualTime Time { get; } = new(new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));

    internal HttpClient Http => _http!;

    internal Token Sell { get; private set; } = null!;

    internal T Get<T>() where T : notnull => _app!.Services.GetRequiredService<T>();

    internal IServiceProvider Services => _app!.Services;

    internal static async Task<PanoraWorld> StartAsync(DateTimeOffset? start = null)
    {
        var world = new PanoraWorld();
        if (start is { } at) world.Time.Advance(at - world.Time.GetUtcNow());
        await world.InitializeAsync();
        return world;
    }

    /// <summary>The service started on what a dump of another version says, at a moment after it.</summary>
    internal static async Task<PanoraWorld> RestoreAsync(string sql, DateTimeOffset at)
    {
        var world = new PanoraWorld();
        world.Time.Advance(at - world.Time.GetUtcNow());
        world._database = await TestDatabase.RestoreAsync(sql);
        await world.OpenAsync();
        return world;
    }

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await OpenAsync();
    }

    /// <summary>Ends the process, as far as a test can, and starts another over the same database.</summary>
    internal async Task RestartAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    private async Task OpenAsync()
    {
        var builder = ServiceHost.CreateBuilder(
        [
            "--urls", "http://127.0.0.1:0", "--Limits:WrongKeysPerMinutePerAddress=0",
            $"--Service:Domain={OrderService.Tests.Auth.TestWallet.Service}", "--Simulator:BlockInterval=01:00:00",
            "--Simulator:Arbitrage=false", "--Orders:MaxDeviationBps=10000", "--Execution:Enabled=false",
            "--Pricing:PollInterval=00:00:00.2", "--Serilog:MinimumLevel:Default=Fatal",
            $"--Accounts:MasterKey={new string('5', 64)}", .. BusyKeys.Arguments, .. Patience.Arguments, .. DividedStore.Settings,
        ]);
        builder.Services.AddSingleton<TimeProvider>(Time);
        _app = ServiceHost.Build(builder, _database!.ConnectionString);
        await ServiceHost.PrepareAsync(_app, CancellationToken.None);
        await _app.StartAsync();
        await FirstPrices.KnownAsync(_app.Services);
        _http = CheckedAnswers.Client(_app.Urls.First());
        Sell = Get<TokenRegistry>().All.First(t => t.Symbol == "sUSDT-subnet");
    }

    private async Task CloseAsync()
    {
        _http!.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>A wallet with an API key, and a managed account with so many base units to sell.</summary>
    internal async Task<PanoraClient> ClientAsync(
        ulong units = 1_000_000_000, string permissions = "\"create\",\"execute\",\"cancel\",\"accounts\",\"trade\"")
    {
        var client = await PanoraClient.OpenAsync(this, new TestWallet(), permissions);
        if (units > 0) client.Account = await client.OpenAccountAsync("dca", units);
        return client;
    }

    internal Task FundAsync(string address, ulong units) =>
        Get<SimulatedLedger>().FundAsync(Principal.Parse(address, null), Sell.Id, new TokenAmount(units), CancellationToken.None);

    /// <summary>What a swap of one whole sell token would pay now, in base units of STX.</summary>
    internal async Task<UInt128> QuoteOneAsync() =>
        (await Get<ISwapRouter>()
            .QuoteAsync(Sell.Id, TokenId.Stx, new TokenAmount(1_000_000), CancellationToken.None)).Value.AmountOut.Units;

    /// <summary>Claims what is due and sends it; nothing is settled.</summary>
    internal async Task SendAsync()
    {
        await Get<Sweep>().TickAsync(CancellationToken.None);
        while (await Get<ExecutionWorker>().TickAsync(CancellationToken.None) != 0) await Task.Yield();
    }

    /// <summary>Mines and settles until nothing is out any more.</summary>
    internal async Task SettleAsync()
    {
        for (var i = 0; i < 200; i++)
        {
            await Get<SimulatedMiner>().MineAsync(CancellationToken.None);
            await Get<SettleTransactions>().TickAsync(CancellationToken.None);
            if (await ScalarAsync("SELECT count(*) FROM slices WHERE status = 'broadcast'") == 0) return;
            await Task.Delay(10);
        }
        throw new InvalidOperationException("a transaction was never settled");
    }

    /// <summary>Mines what was sent so that it aborts: an address is emptied for the length of a block.</summary>
    internal async Task MineAbortAsync(string address)
    {
        await ScalarAsync(
            $"WITH kept AS (UPDATE simulator.accounts SET balance = 0 WHERE address = '{address}' RETURNING 1) SELECT count(*) FROM kept");
        await Get<SimulatedMiner>().MineAsync(CancellationToken.None);
        await Get<SettleTransactions>().TickAsync(CancellationToken.None);
        await ScalarAsync($"WITH given AS (UPDATE simulator.accounts SET balance = 1000000000 WHERE address = '{address}' RETURNING 1) SELECT count(*) FROM given");
    }

    internal async Task BeatAsync(TimeSpan after = default)
    {
        await SendAsync();
        await SettleAsync();
        Time.Advance(after);
    }

    internal async Task BeatAsync(int times, TimeSpan apart)
    {
        for (var i = 0; i < times; i++) await BeatAsync(apart);
    }

    internal async Task<long> ScalarAsync(string sql)
    {
        await using var command = Get<NpgsqlDataSource>().CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>What the account's ledger says of an order: initial, spent, reserved, returned.</summary>
    internal async Task<(long Initial, long Spent, long Reserved, long Returned)> LedgerAsync(string panoraTxId)
    {
        var of = $"FROM reservations WHERE order_id = '{panoraTxId[2..34]}'";
        return (await ScalarAsync($"SELECT initial {of}"), await ScalarAsync($"SELECT spent {of}"),
            await ScalarAsync($"SELECT reserved {of}"), await ScalarAsync($"SELECT returned {of}"));
    }

    public Task DisposeAsync() => EndAsync();

    async ValueTask IAsyncDisposable.DisposeAsync() => await EndAsync();

    private async Task EndAsync()
    {
        await CloseAsync();
        await _database!.DisposeAsync();
    }
}
