using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Accounts;
using OrderService.Engine.Clock;
using OrderService.Engine.Pricing;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Simulated;

public sealed class SimulatorHttpTests : IAsyncLifetime
{
    private static readonly HttpClient client = new();

    private TestDatabase database = null!;
    private WebApplication app = null!;
    private Uri origin = null!;
    private SimulatedWorld world = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Simulator:BlockInterval"] = "00:00:00";
        builder.Services.AddSingleton(NpgsqlDataSource.Create(database.ConnectionString));
        builder.Configuration["Simulator:Arbitrage"] = "false";
        builder.Services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<EngineClock>());
        builder.Services.AddClock();
        builder.Services.AddSingleton(new PriceBoard(_ => null, Options.Create(new PricingOptions())));
        builder.Services.AddSimulatedVenue(builder.Configuration);
        builder.Services.AddSingleton(Options.Create(new AccountsOptions())).AddSingleton<VenueBalances>().AddSingleton<SeenBalances>()
            .AddSingleton<FundsCame>();
        app = builder.Build();
        app.MapSimulator();
        await app.StartAsync();
        origin = new Uri(app.Urls.Single());
        world = app.Services.GetRequiredService<SimulatedWorld>();
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await database.DisposeAsync();
    }

    private string Owner => world.Solvers[0].ToString();

    private string Token => world.TokenList.First(token => token.Symbol == "CHA-subnet").Id.ToString();

    [Fact]
    public async Task The_faucet_gives_and_the_account_shows_it()
    {
        var funded = await PostAsync("faucet", new { address = Owner, token = Token, amount = "25" });
        (funded.Status, (string?)funded.Body["balance"]).ShouldBe((HttpStatusCode.OK, "25"));
        var account = JsonNode.Parse(await client.GetStringAsync(At($"accounts/{Owner}")))!;
        account["balances"]!.AsArray().Single(balance => (string?)balance!["token"] == Token)!["amount"]!.GetValue<string>().ShouldBe("25");
    }

    [Fact]
    public async Task A_price_is_pinned_and_unpinned_by_its_subnet_token_too()
    {
        var pinned = await PostAsync("prices", new { token = Token, usd = "0.5" });
        (pinned.Status, (string?)pinned.Body["usd"], (bool?)pinned.Body["pinned"]).ShouldBe((HttpStatusCode.OK, "0.5", true));
        var source = app.Services.GetRequiredService<IPriceSource>();
        var id = OrderService.Domain.Pricing.TokenId.Parse((string)pinned.Body["token"]!);
        (await source.FetchAsync([id], CancellationToken.None)).Single().Usd.ToString().ShouldBe("0.5");
        var unpinned = await PostAsync("prices", new { token = Token, usd = (string?)null });
        ((bool?)unpinned.Body["pinned"],
            (await source.FetchAsync([id], CancellationToken.None)).Single().Origin).ShouldBe((false, PriceOrigin.PlayMarket));
    }

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "faucet", "[", "invalid_request" },
        { "faucet", "[]", "invalid_request" },
        { "faucet", """{"address":"nobody","token":"TOKEN","amount":"1"}""", "invalid_field" },
        { "faucet", """{"address":"SP000000000000000000002Q6VF78","token":"TOKEN","amount":"1"}""", "wrong_network" },
        { "faucet", """{"address":"OWNER","token":"USD","amount":"1"}""", "unknown_token" },
        { "faucet", """{"address":"OWNER","token":"TOKEN","amount":1}""", "invalid_field" },
        { "faucet", """{"address":"OWNER","token":"TOKEN","amount":"-1"}""", "invalid_field" },
        { "faucet", """{"address":"OWNER","token":"TOKEN","amount":"0"}""", "invalid_field" },
        { "faucet", """{"address":"OWNER","token":"TOKEN","amount":"1000000000001"}""", "faucet_max" },
        { "faucet", """{"address":"OWNER","token":"\ud800","amount":"1"}""", "invalid_field" },
        { "clock", "7", "invalid_request" },
        { "clock", "{}", "invalid_field" },
        { "clock", """{"pace":0}""", "invalid_field" },
        { "clock", """{"pace":601}""", "invalid_field" },
        { "clock", """{"pace":1.5}""", "invalid_field" },
        { "clock", """{"pace":"60"}""", "invalid_field" },
        { "clock", """{"pace":null}""", "invalid_field" },
        { "prices", """{"token":"USD","usd":"1"}""", "unknown_token" },
        { "prices", """{"token":"TOKEN"}""", "invalid_field" },
        { "prices", """{"token":"TOKEN","usd":"0"}""", "invalid_field" },
        { "prices", """{"token":"TOKEN","usd":"NaN"}""", "invalid_field" },
        { "prices", """{"token":"TOKEN","usd":"100000000000000000000"}""", "invalid_field" },
    };

    [Theory, MemberData(nameof(Refusals))]
    public async Task Wrong_input_is_refused_by_name(string route, string body, string code)
    {
        using var content = new StringContent(body.Replace("OWNER", Owner).Replace("TOKEN", Token));
        using var response = await client.PostAsync(At(route), content);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        ((string?)error["code"], error["error"] is null, error["timestamp"] is null).ShouldBe((code, false, false));
    }

    [Theory]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("SELF", HttpStatusCode.OK)]
    public async Task Only_pages_of_this_host_are_answered(string page, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At($"accounts/{Owner}"));
        request.Headers.Add("Origin", page == "SELF" ? origin.GetLeftPart(UriPartial.Authority) : page);
        using var response = await client.SendAsync(request);
        response.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.Forbidden) (await response.Content.ReadAsStringAsync()).ShouldContain("\"cross_origin\"");
    }

    [Fact]
    public async Task Time_is_told_and_runs_faster_from_a_moment_on()
    {
        var before = JsonNode.Parse(await client.GetStringAsync(At("clock")))!;
        ((int)before["pace"]!, (int)before["paceMax"]!, before["next"]).ShouldBe((1, 600, null));
        ((string)before["time"]!).ShouldBe((string)before["realTime"]!);
        var set = await PostAsync("clock", new { pace = 600 });
        (set.Status, (int)set.Body["pace"]!, (int)set.Body["next"]!["pace"]!).ShouldBe((HttpStatusCode.OK, 1, 600));
        ((long)set.Body["next"]!["inMs"]!).ShouldBeInRange(1, 3_000);
    }

    [Fact]
    public async Task An_account_that_is_none_is_refused() =>
        (await client.GetAsync(At("accounts/nobody"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task The_venue_registers_a_router_a_registry_and_a_miner_that_mines_what_is_submitted()
    {
        var router = app.Services.GetRequiredService<ISwapRouter>();
        router.Terms.Venue.ShouldBe("simulated");
        app.Services.GetRequiredService<TokenRegistry>().HasLoaded.ShouldBeTrue();
        await using var chain = await PlayChain.StartAsync(database.ConnectionString);
        var spend = chain.Spend(chain.Sign(PlayKeys.Of("somebody"), "CHA-subnet", 1), 0);
        (await router.SubmitAsync(spend, CancellationToken.None)).ShouldBeOfType<SubmitOutcome.Accepted>();
        while ((await router.StatusAsync([spend], CancellationToken.None))[spend.TxId] is TransactionStatus.Pending) await Task.Yield();
        (await chain.StatusAsync(spend)).ShouldBeOfType<TransactionStatus.Succeeded>();
    }

    private Uri At(string route) => new(origin, $"/simulator/{route}");

    private async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string route, object body)
    {
        using var response = await client.PostAsJsonAsync(At(route), body);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
