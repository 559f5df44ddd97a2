using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Ground;
using OrderService.Tests.Telemetry;

namespace OrderService.Tests.Auth;

/// <summary>A signed message is worth something at the service that it names, and nowhere else.</summary>
public sealed class ServiceNameTests(AuthWorld world) : IClassFixture<AuthWorld>
{
    private const string Keys = "/api/v1/api-keys";

    private readonly TestWallet _wallet = new();

    private DateTimeOffset Now => world.Time.GetUtcNow();

    [Fact]
    public async Task S3_A_message_for_another_service_makes_no_key_whatever_the_host_header_says()
    {
        foreach (var service in (string[])["other.test", "wallets.test:5080", "wallets.test.", "", " wallets.test"])
        {
            var body = _wallet.Body(_wallet.KeyMessage("stolen", "\"create\"", Now, service: service));
            foreach (var host in (string[])["wallets.test", "other.test", "evil.example"])
            {
                var (status, answer, _) = await world.SendAsync("POST", Keys, [("Host", host), ("X-Forwarded-Host", service.Trim())], body);
                (status, (string?)answer["code"]).ShouldBe((401, "wrong_service"), service);
            }
        }
        (await world.SendAsync("POST", Keys, [("Host", "evil.example")],
            _wallet.Body(_wallet.KeyMessage("own", "\"create\"", Now)))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task S3_A_message_of_one_wallet_or_chain_is_none_of_another()
    {
        var mainnet = new TestWallet(OrderService.Stacks.Crypto.PrivateKey.Generate(), StacksNetwork.Mainnet);
        var text = mainnet.KeyMessage("key", "\"create\"", Now);
        // What was posted elsewhere with the wallet's address of the other network: the key is the same, the address is not.
        (await CodeAsync(text, mainnet,
            new StacksAddress(StacksNetwork.Testnet.SingleSigVersion, mainnet.Address.Hash).ToString())).ShouldBe("wrong_chain");
        (await CodeAsync(text.Replace("\"chainId\":1,", "\"chainId\":2147483648,", StringComparison.Ordinal), mainnet,
            new StacksAddress(StacksNetwork.Testnet.SingleSigVersion, mainnet.Address.Hash).ToString())).ShouldBe("wrong_address");
        (await CodeAsync(new TestWallet().KeyMessage("key", "\"create\"", Now), _wallet)).ShouldBe("wrong_address");
        (await CodeAsync(_wallet.KeyMessage("key", "\"create\"", Now).Replace("\"chainId\":2147483648,", "", StringComparison.Ordinal),
            _wallet)).ShouldBe("wrong_chain");
    }

    [Fact]
    public async Task S3_A_message_that_names_no_service_is_refused_with_the_text_to_sign_and_that_text_works()
    {
        var (status, answer, _) = await world.SendAsync("POST", Keys, [],
            _wallet.Body($$"""{"action":"create_api_key","keyName":"née \"bot\"","permissions":["cancel"],"timestamp":{{Now.ToUnixTimeMilliseconds()}}}"""));
        (status, (string?)answer["code"]).ShouldBe((401, "legacy_message"));
        var error = (string)answer["error"]!;
        error.ShouldStartWith(
            "The signed message does not say which service it is for: sign {\"service\":\"wallets.test\",\"chainId\":2147483648,");
        var text = error[error.IndexOf('{', StringComparison.Ordinal)..];
        ((string?)JsonNode.Parse(text)!["address"]).ShouldBe(_wallet.Address.ToString());
        (await world.SendAsync("POST", Keys, [],
            _wallet.Body(text.Replace("née \\\"bot\\\"", "bot", StringComparison.Ordinal)))).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("simulated", null, true)]
    [InlineData("stacks", null, false)]
    [InlineData("stacks", true, true)]
    [InlineData("simulated", false, false)]
    public void The_original_s_messages_are_taken_where_nothing_of_value_moves_or_the_operator_says_so(
        string venue, bool? setting, bool isTaken)
    {
        var router = new TermsOnlyRouter(new VenueTerms(venue, StacksNetwork.Testnet, OrderService.Tests.Charisma.Samples.Venue.Router));
        var identity = new ServiceIdentity(Options.Create(new ServiceOptions { Domain = "a.test" }),
            Options.Create(new AuthOptions { LegacyMessages = setting }), null!, router);
        WalletMessage.TryParse("""{"action":"list_api_keys"}""", out var message, out _).ShouldBeTrue();
        (identity.Scope.Refusal(message!, "{}", _wallet.Address, Now) is null).ShouldBe(isTaken);
        // Half of the names is no older form: what is named is held to.
        WalletMessage.TryParse("""{"service":"b.test","action":"list_api_keys"}""", out message, out _).ShouldBeTrue();
        identity.Scope.Refusal(message!, "{}", _wallet.Address, Now)!.Code.ShouldBe("wrong_service");
    }

    [Fact]
    public async Task S3_Without_a_name_of_its_own_a_service_is_where_it_listens_and_nowhere_else()
    {
        var router = new TermsOnlyRouter(new VenueTerms("stacks", StacksNetwork.Testnet, OrderService.Tests.Charisma.Samples.Venue.Router));
        await using var host = await LoopbackHost.StartAsync(
            builder => builder.Services.AddSingleton<ISwapRouter>(router).AddSingleton<ServiceIdentity>(),
            app => app.MapPost("/judge", async (HttpContext context, ServiceIdentity identity) =>
            {
                var proof = await ProofReader.ReadAsync(context, default);
                return new ProofVerifier(identity.Scope, new AuthOptions()).Verify(proof, new AuthDemand("list_api_keys", null),
                    Now).Error?.Code ?? "passes";
            }));
        var port = new Uri(host.Url).Port;
        (await JudgeAsync($"127.0.0.1:{port}")).ShouldBe("passes");
        (await JudgeAsync($"LocalHost:{port}")).ShouldBe("passes");
        foreach (var other in (string[])[$"127.0.0.1:{port + 1}", "127.0.0.1", "localhost", $"127.0.0.2:{port}", $"evil.example:{port}",
            "order-service"])
        {
            (await JudgeAsync(other)).ShouldBe("wrong_service", other);
        }

        async Task<string> JudgeAsync(string service)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/judge")
            {
                Content = new StringContent(_wallet.Body(_wallet.Message("list_api_keys", Now, service: service))),
            };
            request.Headers.Host = service; // as whoever relays it would
            using var answer = await host.Client.SendAsync(request);
            return await answer.Content.ReadAsStringAsync();
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", "127.0.0.1:5080,localhost:5080")]
    [InlineData("http://localhost:80", "localhost,127.0.0.1,[::1]")]
    [InlineData("https://[::1]:443", "[::1],localhost")]
    [InlineData("http://10.1.2.3:5080", "10.1.2.3:5080")]
    [InlineData("http://unix:/tmp/socket", "")]
    public void A_listener_is_called_by_its_address(string address, string names) =>
    string.Join(',', ListenAddresses.NamesOf(address)).ShouldBe(names);

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://orders.example:5080")]
    public void A_listener_on_all_is_called_by_every_address_of_the_machine(string address)
    {
        var names = ListenAddresses.NamesOf(address).ToList();
        names.ShouldContain("127.0.0.1:5080");
        names.ShouldContain("localhost:5080");
        names.ShouldNotContain("0.0.0.0:5080");
        names.ShouldNotContain("orders.example:5080");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(null, "urls=http://127.0.0.1:5080;http://[::1]:5080")]
    [InlineData(null, "urls=http://0.0.0.0:5080", "Kestrel:Endpoints:Http:Url=http://localhost:5080")]
    [InlineData(null, "urls=http://0.0.0.0:5080", "Service:Domain=orders.example:8443")]
    [InlineData(null, "Venue=stacks", "Service:Domain=orders.example")]
    [InlineData("on a Stacks venue", "Venue=stacks", "urls=http://127.0.0.1:5080")]
    [InlineData("on http://0.0.0.0:5080", "urls=http://127.0.0.1:5080;http://0.0.0.0:5080")]
    [InlineData("on http://*:8080", "http_ports=8080")]
    [InlineData("on http://orders.example:80", "urls=http://orders.example:80")]
    [InlineData("on http://unix:/tmp/socket", "urls=http://unix:/tmp/socket")]
    [InlineData("must be a host name", "Service:Domain=https://orders.example/")]
    public void A_service_that_others_reach_or_that_moves_real_funds_does_not_start_without_a_name(
        string? sentence, params string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(s => KeyValuePair.Create(s.Split('=')[0], (string?)s.Split('=')[1]))).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddAuth(configuration);
        using var provider = services.BuildServiceProvider();
        var start = () => provider.GetRequiredService<IOptions<ServiceOptions>>().Value;
        if (sentence is null) start().ShouldNotBeNull();
        else Should.Throw<OptionsValidationException>(() => start()).Message.ShouldContain(sentence);
    }

    private async Task<string> CodeAsync(string message, TestWallet signer, string? address = null)
    {
        var body = new JsonObject
        {
            ["message"] = message, ["signature"] = signer.Sign(message), ["walletAddress"] = address ?? signer.Address.ToString(),
        };
        var (status, answer, _) = await world.SendAsync("POST", Keys, [], body.ToJsonString());
        status.ShouldBe(401, answer.ToJsonString());
        return (string)answer["code"]!;
    }
}
