using System.Text;
using System.Text.Json.Nodes;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderService.Api.Tread;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;
using OrderService.Hosting;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Auth;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Tread;

/// <summary>
/// The whole service with an admin key, over a database of its own; users with funded accounts are made as they are asked for.
/// </summary>
public class TreadFixture : IAsyncLifetime
{
    internal const string AdminKey = "an-admin-key-of-thirty-two-characters-or-more";
    internal const string Permissions = "\"create\",\"execute\",\"cancel\",\"accounts\",\"trade\"";

    private readonly string _keys = Path.Combine(PostgresCluster.NewFolder("tread"), "keys");
    private TestDatabase? _database;
    private WebApplication? _app;

    internal HttpClient Http { get; private set; } = null!;

    internal string BaseUrl => Http.BaseAddress!.ToString().TrimEnd('/');

    internal IServiceProvider Services => _app!.Services;

    internal string ConnectionString => _database!.ConnectionString;

    /// <summary>Settings beside those of every user of this.</summary>
    protected virtual string[] More => [];

    internal T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_keys, $"{AdminKey}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_keys, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _database = await TestDatabase.CreateAsync();
        var builder = ServiceHost.CreateBuilder(
        [
            "--urls", "http://127.0.0.1:0", "--Limits:WrongKeysPerMinutePerAddress=0", $"--Service:Domain={TestWallet.Service}",
            "--Simulator:BlockInterval=00:00:00.2", "--Pricing:PollInterval=00:00:00.2", "--Serilog:MinimumLevel:Default=Warning",
            $"--Accounts:MasterKey={new string('5', 64)}", $"--Auth:AdminKeysFile={_keys}", .. BusyKeys.Arguments,
            .. Patience.Arguments, .. DividedStore.Settings, .. More,
        ]);
        _app = ServiceHost.Build(builder, _database.ConnectionString);
        await ServiceHost.PrepareAsync(_app, CancellationToken.None);
        await _app.StartAsync();
        await FirstPrices.KnownAsync(_app.Services);
        Http = CheckedAnswers.Client(_app.Urls.First());
    }

    /// <summary>A body as its route reads and judges it.</summary>
    internal (T Body, TreadFault? Fault) Judge<T>(ReadOnlySpan<byte> json, BodyStyle style)
        where T : RequestRecord
    {
        var body = BodyReader<T>.Read(json, style);
        body.Meet(new DefaultHttpContext { RequestServices = Services });
        return (body, (TreadFault?)((RequestRules<T>)Get<IValidator<T>>()).RefusalOf(body, style));
    }

    /// <summary>A user of its own with an API key.</summary>
    internal async Task<TreadClient> UserAsync(string permissions = Permissions)
    {
        var wallet = new TestWallet();
        return new TreadClient(this, wallet, await KeyAsync(wallet, permissions));
    }

    internal async Task<string> KeyAsync(TestWallet wallet, string permissions = Permissions)
    {
        using var content = new StringContent(wallet.Body(wallet.KeyMessage($"key {Guid.NewGuid():N}", permissions, DateTimeOffset.UtcNow)),
            Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync("/api/v1/api-keys", content);
        var made = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return (string?)made["apiKey"] ?? throw new InvalidOperationException(made.ToJsonString());
    }

    /// <summary>Gives an address so many whole tokens of a class's subnet token.</summary>
    internal Task FundAsync(string address, string symbol, decimal whole)
    {
        var token = Get<TokenRegistry>().All.First(t => t.Symbol == $"{symbol}-subnet");
        return Get<SimulatedLedger>()
            .FundAsync(Principal.Parse(address, null), token.Id, new TokenAmount((UInt128)(whole * (decimal)Math.Pow(10, token.Decimals))),
                CancellationToken.None);
    }

    internal async Task<long> CountAsync(string sql)
    {
        await using var command = Get<NpgsqlDataSource>().CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    internal async Task SqlAsync(string sql)
    {
        await using var command = Get<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
        await _database!.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_keys)!, recursive: true);
    }
}
