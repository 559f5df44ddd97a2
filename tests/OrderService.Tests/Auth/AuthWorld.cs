using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OrderService.Api.Charisma;
using OrderService.Api.Charisma.ApiKeys;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;
using OrderService.Hosting;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Auth;

/// <summary>
/// The API key routes, and one route that only proves who is asking, over a real server, a real database and a clock of the test's.
/// </summary>
public sealed class AuthWorld : IAsyncLifetime
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(100) };

    private TestDatabase? _database;
    private WebApplication? _app;
    private Uri? _origin;

    // In the middle of a minute, an hour and a day, and ahead of the real clock by nothing that matters.
    internal ManualTime Time { get; } = new(new DateTimeOffset(2026, 3, 4, 12, 30, 30, TimeSpan.Zero));

    internal IServiceProvider Services => _app!.Services;

    internal T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    internal OrdersDb OpenDb() => Get<IDbContextFactory<OrdersDb>>().CreateDbContext();

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(NpgsqlDataSource.Create(_database.ConnectionString));
        builder.Services.AddPooledDbContextFactory<OrdersDb>(
            (provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<EngineTelemetry>().AddSingleton(TestWorker.Context(Time));
        builder.Services.AddSingleton<ISwapRouter>(new TermsOnlyRouter(
            new VenueTerms("play", StacksNetwork.Testnet, ContractId.Parse("ST000000000000000000002AMW42H.router", null))));
        builder.Configuration["Service:Domain"] = TestWallet.Service;
        builder.Services.AddAuth(builder.Configuration).AddProofs().AddSingleton(new Dialects(DialectServices.All))
            .AddSingleton<IValidator<KeyAskedRecord>, KeyAskedRules>();
        _app = builder.Build();
        _app.UseDialectErrors();
        _app.Services.TellOwnerBudgets();
        _app.MapApiKeys();
        _app.MapPost("/orders/{uuid}/{action}", ProveAsync);
        await _app.StartAsync();
        _origin = new Uri(_app.Urls.Single());
    }

    public async Task DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }

    /// <summary>Sends headers and a body; answers the status, the JSON and the headers.</summary>
    internal async Task<(int Status, JsonNode Body, HttpResponseHeaders Headers)> SendAsync(
        string method, string path, (string Name, string Value)[] headers, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_origin!, path));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Client.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!, response.Headers);
    }

    /// <summary>Makes a key for a wallet through the API; answers the secret and the id.</summary>
    internal async Task<(string Secret, string Id)> CreateKeyAsync(
        TestWallet wallet, string name, string permissions = "\"create\",\"execute\",\"cancel\"", string more = "")
    {
        var (status, body, _) = await SendAsync("POST", "/api/v1/api-keys", [],
            wallet.Body(wallet.KeyMessage(name, permissions, Time.GetUtcNow(), more)));
        status.ShouldBe(200, body.ToJsonString());
        return ((string)body["apiKey"]!, (string)body["keyId"]!);
    }

    // What a route about an order does: proves the caller and uses the message up in its own transaction. The owner stands in the query.
    private static async Task<IResult> ProveAsync(
        string uuid, string action, string? owner, HttpContext context, Authenticator authenticator, MessageLedger messages,
        IDbContextFactory<OrdersDb> databases, TimeProvider time, CancellationToken token)
    {
        var wallet = owner is null ? (StacksAddress?)null : StacksAddress.Parse(owner);
        if ((await authenticator.AuthenticateAsync(context, action, OrderUuid.Parse(uuid), wallet, token)).IsRejected(out var why,
            out var caller))
        {
            return CharismaErrors.From(why);
        }
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        if (caller.Message is { } message && (await messages.RecordAsync(db, message, time.GetUtcNow(), token)).IsRejected(out why))
            return CharismaErrors.From(why);
        await transaction.CommitAsync(token);
        return Results.Json(new { owner = caller.Owner.ToString(), byKey = caller.Key is not null });
    }
}
