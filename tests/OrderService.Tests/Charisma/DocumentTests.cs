using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Api.Charisma;
using OrderService.Api.Charisma.Accounts;
using OrderService.Api.Charisma.ApiKeys;
using OrderService.Api.Wire;
using OrderService.Domain.Accounts;
using OrderService.Domain.Ports;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Clock;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;
using OrderService.Hosting;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Charisma;

/// <summary>The native document as it is fetched. Only what the document needs is registered; no route is called.</summary>
public sealed class DocumentTests : IAsyncLifetime, IDisposable
{
    private static readonly Type[] Handlers =
    [
        typeof(PlaceOrder), typeof(FindOrder), typeof(ListOrders), typeof(SearchGate), typeof(CancelOrder), typeof(PauseOrder),
        typeof(ResumeOrder), typeof(ExecuteOrder), typeof(Authenticator),
        typeof(CreateApiKey), typeof(ListApiKeys), typeof(ReadApiKey), typeof(RevokeApiKey), typeof(ListPrices), typeof(GetPrice),
        typeof(GetCandles),
        typeof(SimulatedLedger), typeof(PriceWalk),
        typeof(CreateAccount), typeof(FindAccount), typeof(ReadAccounts), typeof(ReadAccountHistory), typeof(Withdraw),
        typeof(OrderService.Engine.Events.EventReader), typeof(OrderService.Engine.Events.EventHead),
        typeof(OrderService.Engine.Events.EventRelay),
        typeof(OrderService.Engine.Orders.Explain.ReadStory), typeof(OrderService.Engine.Orders.Explain.ExplainOrder),
        typeof(OrderService.Engine.Orders.Explain.PreviewOrder),
        typeof(OrderService.Engine.Orders.Explain.PreviewFunds),
        typeof(OrderService.Engine.Switches.ListSwitches), typeof(CancelAllOrders), typeof(OrderService.Engine.Switches.ArmSwitch),
        typeof(ReplaceOrder), typeof(PlaceOrders), typeof(FindGroup),
        typeof(OrderService.Engine.Webhooks.ChangeWebhooks), typeof(OrderService.Engine.Webhooks.WebhookDirectory),
    ];

    private readonly HttpClient _client = new();
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Environment.EnvironmentName = "Production";
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var options = new SimulatedOptions();
        var world = SimulatedWorld.Of(options);
        var tokens = new TokenRegistry();
        tokens.Load(world.TokenList.ToList());
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(options).AddSingleton(tokens).AddSingleton(world)
            .AddSingleton(DemoWallet.Of(options.DemoKey)).AddClock().AddSingleton(new FasterTime(1, TimeSpan.FromMinutes(10), null));
        builder.Services.AddSingleton<ISwapRouter>(
            new TermsOnlyRouter(new VenueTerms("simulated", StacksNetwork.Testnet, Samples.Venue.Router)));
        foreach (var type in Handlers) builder.Services.AddSingleton(type);
        builder.Services.AddSingleton<ServiceIdentity>();
        builder.Services.AddSingleton(
            new StandbyBarrier(NpgsqlDataSource.Create("Host=nowhere.invalid"), Options.Create(new StoreOptions()), TimeProvider.System));
        builder.Services.AddDialects(builder.Configuration, [new CharismaDialect()]);
        _app = builder.Build();
        _app.UseDialectErrors();
        _app.MapDialects();
        _app.MapSimulator();
        _app.MapDocuments();
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.First());
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Every_operation_says_what_it_is_for_and_what_it_can_answer()
    {
        var paths = (await FetchAsync())["paths"]!.AsObject();
        paths.Count.ShouldBe(45);
        foreach (var (path, item) in paths)
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                var name = $"{method} {path}";
                operation!["summary"].ShouldNotBeNull(name);
                var responses = operation["responses"]!.AsObject();
                responses["200"]!["content"]!["application/json"]!["examples"].ShouldNotBeNull(name);
                responses.Select(r => r.Key).ShouldContain("500", name);
                var asksForSomething = operation["parameters"] is JsonArray { Count: > 0 } || operation["requestBody"] is not null;
                responses.Any(r => r.Key is "400" or "401" or "404").ShouldBe(asksForSomething, name);
                foreach (var (status, response) in responses.Where(r => r.Key != "200"))
                {
                    foreach (var (code, example) in response!["content"]!["application/json"]!["examples"]!.AsObject())
                        example!["value"]!["code"]!.GetValue<string>().ShouldBe(code, $"{name} {status}");
                }
                (operation["parameters"]?.AsArray() ?? []).Count(p => p!["in"]!.GetValue<string>() == "path")
                    .ShouldBe(path.Count(c => c == '{'), name);
            }
        }
    }

    [Fact]
    public async Task The_examples_of_create_are_accepted_and_really_signed_and_never_the_same()
    {
        var rules = new NewOrderRules();
        var first = Bodies(await FetchAsync());
        foreach (var body in first)
        {
            var read = Samples.Read(body.ToJsonString());
            rules.FirstRefusal(read).ShouldBeNull();
            var order = read.ToOrder(Samples.Venue).Value;
            var intent = new TransferIntent(order.Terms.SellContract, order.Terms.AmountIn.Units, Principal.From(order.Terms.Router),
                order.Terms.Uuid.ToString(), order.Terms.ChainId);
            VerifiedIntent.TryVerify(intent, ((OrderFunding.BySignature)order.Funding).Signature, order.Terms.Owner, out _).ShouldBeTrue();
        }
        first.Count.ShouldBe(3);
        var uuids = first.Concat(Bodies(await FetchAsync())).Select(b => b["uuid"]!.GetValue<string>());
        uuids.Distinct().Count().ShouldBe(6);
    }

    [Fact]
    public async Task The_example_of_cancel_is_signed_by_the_owner_of_the_waiting_order()
    {
        var document = await FetchAsync();
        var waiting = Bodies(document).Single(b => b["targetPrice"]?.GetValue<string>() == "1000");
        var parameters = document["paths"]!["/api/v1/orders/{uuid}/cancel"]!["patch"]!["parameters"]!.AsArray()
            .ToDictionary(p => p!["name"]!.GetValue<string>(), p => p!["example"]?.GetValue<string>());
        parameters["uuid"].ShouldBe(waiting["uuid"]!.GetValue<string>());
        parameters["x-message"]!.ShouldContain(parameters["uuid"]!);
        var hash = new byte[32];
        PersonalMessage.Hash(parameters["x-message"]!, hash);
        RecoverableSignature.TryParseRsv(parameters["x-signature"], out var signature).ShouldBeTrue();
        Secp256k1.TryRecover(hash, signature, out var key).ShouldBeTrue();
        key.ToAddress(StacksNetwork.Testnet).ToString().ShouldBe(waiting["owner"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/api/v1/api-keys", "post",
        "missing_fields invalid_field duplicate_key_name invalid_wallet_address wrong_network invalid_signature invalid_message expired_timestamp message_already_used too_many_api_keys")]
    [InlineData("/api/v1/api-keys", "get",
        "missing_credentials invalid_wallet_address wrong_network invalid_signature invalid_message expired_timestamp")]
    [InlineData("/api/v1/api-keys/{keyId}", "get", "missing_credentials wrong_wallet not_found")]
    [InlineData("/api/v1/api-keys/{keyId}", "delete", "missing_fields message_already_used wrong_wallet not_found")]
    [InlineData("/api/v1/accounts", "post",
        "invalid_field duplicate_account_name too_many_accounts permission_denied message_already_used idempotency_key_reused idempotency_in_flight accounts_off")]
    [InlineData("/api/v1/accounts", "get", "missing_credentials invalid_api_key permission_denied venue_unavailable")]
    [InlineData("/api/v1/accounts/{accountId}", "get", "not_found permission_denied")]
    [InlineData("/api/v1/accounts/{accountId}/history", "get", "not_found invalid_field")]
    [InlineData("/api/v1/accounts/{accountId}/withdraw", "post",
        "insufficient_balance not_a_subnet_token unknown_token not_found idempotency_key_reused message_already_used")]
    [InlineData("/api/v1/events", "get",
        "invalid_field missing_credentials invalid_signature invalid_api_key position_gone rate_limit_exceeded too_many_streams")]
    [InlineData("/api/v1/prices", "get", "invalid_field")]
    [InlineData("/api/v1/prices/{token}", "get", "invalid_field unknown_token price_unavailable")]
    [InlineData("/api/v1/prices/{token}/candles", "get", "invalid_field unknown_token")]
    [InlineData("/simulator/faucet", "post", "invalid_request invalid_field wrong_network unknown_token faucet_max cross_origin")]
    [InlineData("/simulator/prices", "post", "invalid_request invalid_field unknown_token cross_origin")]
    [InlineData("/simulator/clock", "get", "cross_origin")]
    [InlineData("/simulator/clock", "post", "invalid_request invalid_field cross_origin time_is_real")]
    [InlineData("/simulator/accounts/{address}", "get", "invalid_field cross_origin")]
    public async Task The_refusals_of_keys_prices_and_the_simulator_are_listed(string path, string method, string codes)
    {
        var responses = (await FetchAsync())["paths"]![path]![method]!["responses"]!.AsObject().Where(r => r.Key != "200");
        var listed = responses.SelectMany(r => r.Value!["content"]!["application/json"]!["examples"]!.AsObject().Select(e => e.Key))
            .ToList();
        codes.Split(' ').Except(listed).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_token_of_a_price_route_is_shown_in_the_originals_shape()
    {
        var refusal = (await FetchAsync())["paths"]!["/api/v1/prices/{token}"]!["get"]!["responses"]!["404"]!["content"]!["application/json"]!["examples"]!["unknown_token"]!["value"]!.AsObject();
        refusal.Select(m => m.Key).ShouldBe(["status", "error", "message", "code", "timestamp"]);
    }

    [Fact]
    public async Task Swagger_ui_is_served() => (await _client.GetStringAsync("/swagger/index.html")).ShouldContain("swagger");

    private static List<JsonNode> Bodies(JsonNode document) =>
        [.. document["paths"]!["/api/v1/orders/new"]!["post"]!["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject()
            .Select(e => e.Value!["value"]!)];

    private async Task<JsonNode> FetchAsync() => JsonNode.Parse(await _client.GetStringAsync("/swagger/charisma/swagger.json"))!;
}
