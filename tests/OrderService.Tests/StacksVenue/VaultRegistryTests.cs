using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Tests.Pricing;
using OrderService.Venues;
using OrderService.Venues.Stacks.Routes;

namespace OrderService.Tests.StacksVenue;

public sealed class VaultRegistryTests(FakeSource server) : IClassFixture<FakeSource>
{
    private const string Deployer = "SP000000000000000000002Q6VF78";
    private static readonly HttpClient Client = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ManualTime time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private readonly TokenRegistry tokens = new();

    [Fact]
    public async Task A_list_fills_the_vaults_and_the_tokens()
    {
        Say(VaultListReaderTests.Entry());
        var registry = Registry(new VaultListOptions { VaultsUrl = server.Url });
        (registry.Snapshot, registry.AgeAt(time.GetUtcNow()), tokens.HasLoaded).ShouldBe((null, null, false));
        await Worker(registry).TickAsync(CancellationToken.None);
        registry.Snapshot!.Vaults.ShouldHaveSingleItem().Id.ShouldBe(ContractId.Parse($"{Deployer}.pool"));
        tokens.All.Select(token => token.Id.ToString()).ShouldBe([".stx", $"{Deployer}.a"]);
        registry.Snapshot.FindToken(TokenId.Parse($"{Deployer}.a"))!.AssetName.ShouldBe("asset-a");
        registry.Snapshot.FindToken(TokenId.Of(registry.Snapshot.WrappedStx)).ShouldBe(StacksToken.Stx);
        registry.Snapshot.ContractOf(TokenId.Stx).ShouldBe(registry.Snapshot.WrappedStx);
        registry.LoadedAt.ShouldBe(time.GetUtcNow());
    }

    [Fact]
    public async Task What_a_list_says_of_a_token_is_an_opinion_as_old_as_the_list_and_configured_reserves_are_none()
    {
        Say(VaultListReaderTests.Entry());
        var registry = Registry(new VaultListOptions { VaultsUrl = server.Url });
        var prices = new VaultPrices(registry);
        var (token, anchors) = (TokenId.Parse($"{Deployer}.a"), new Dictionary<TokenId, Price> { [TokenId.Stx] = Price.Parse("2") });
        prices.Of(token, anchors).ShouldBeNull(); // nothing was read yet
        await registry.RefreshAsync(CancellationToken.None);
        var (loadedAt, vault) = (time.GetUtcNow(), registry.Snapshot!.Vaults.Single());
        time.Advance(TimeSpan.FromMinutes(1));
        var opinion = prices.Of(token, anchors)!.Value;
        opinion.At.ShouldBe(loadedAt);
        var (stx, other) = vault.TokenA == TokenId.Stx ? (vault.ReserveA, vault.ReserveB) : (vault.ReserveB, vault.ReserveA);
        opinion.Usd.Count.ShouldBe((UInt128)2 * Price.Scale * stx.Units / other.Units); // both count six decimals
        prices.Of(token, new Dictionary<TokenId, Price>()).ShouldBeNull(); // no token to start from
        prices.Of(TokenId.Parse($"{Deployer}.nobody"), anchors).ShouldBeNull();

        var configured = Registry(new VaultListOptions());
        await configured.RefreshAsync(CancellationToken.None);
        (configured.HasList, new VaultPrices(configured).Of(TokenId.Stx, anchors)).ShouldBe((false, null));
    }

    [Theory]
    [InlineData(500, "", "answered 500")]
    [InlineData(200, "<html>", "answered what is not JSON")]
    [InlineData(200, """{"status":"error","message":"down"}""", "answered without a list of vaults")]
    [InlineData(200, """{"status":"success","data":[],"count":0}""", "answered without one vault that can be used")]
    [InlineData(200, """{"status":"success","data":[{"type":"POOL"}],"count":1}""", "answered without one vault that can be used")]
    [InlineData(200,
        """[{"type":"POOL","contractId":"SP000000000000000000002Q6VF78.x","tokenA":{"contractId":".stx"},"tokenB":{"contractId":".stx"}}]""", "answered without one vault that can be used")]
    public async Task An_outage_keeps_the_list_with_its_age(int status, string body, string failure)
    {
        Say(VaultListReaderTests.Entry());
        var registry = Registry(new VaultListOptions { VaultsUrl = server.Url });
        await registry.RefreshAsync(CancellationToken.None);
        var (known, loadedAt) = (registry.Snapshot, time.GetUtcNow());

        server.Say(body, status);
        time.Advance(TimeSpan.FromMinutes(7));
        await registry.RefreshAsync(CancellationToken.None);
        registry.Snapshot.ShouldBeSameAs(known);
        (registry.LastFailure, registry.LoadedAt, registry.AgeAt(time.GetUtcNow())).ShouldBe((failure, loadedAt, TimeSpan.FromMinutes(7)));

        Say(VaultListReaderTests.Entry());
        await registry.RefreshAsync(CancellationToken.None);
        (registry.LastFailure, registry.AgeAt(time.GetUtcNow())).ShouldBe((null, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_list_that_cannot_be_reached_or_is_too_large_or_too_slow_loads_nothing()
    {
        var gone = Registry(new VaultListOptions { VaultsUrl = "http://127.0.0.1:1/" });
        await gone.RefreshAsync(CancellationToken.None);
        (gone.Snapshot, gone.LastFailure, tokens.HasLoaded).ShouldBe((null, "cannot be reached (ConnectionError)", false));

        server.Say(new string(' ', 5_000));
        var large = Registry(new VaultListOptions { VaultsUrl = server.Url }, new RouteOptions { BytesMax = 4_096 });
        await large.RefreshAsync(CancellationToken.None);
        large.LastFailure.ShouldBe("answered more than 4096 bytes");

        server.Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        var slow =
            Registry(new VaultListOptions { VaultsUrl = server.Url }, new RouteOptions { RequestTimeout = TimeSpan.FromMilliseconds(100) });
        await slow.RefreshAsync(CancellationToken.None);
        slow.LastFailure.ShouldBe("no answer within 100 ms");
    }

    [Fact]
    public async Task A_start_during_an_outage_has_the_list_of_before_with_its_age()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var store = NpgsqlDataSource.Create(database.ConnectionString);
        Say(VaultListReaderTests.Entry());
        var options = new VaultListOptions { VaultsUrl = server.Url };
        await Registry(options, store: store).RefreshAsync(CancellationToken.None);
        var readAt = time.GetUtcNow();

        server.Say("", 500);
        time.Advance(TimeSpan.FromMinutes(7));
        var restarted = Registry(options, store: store);
        await restarted.RefreshAsync(CancellationToken.None);
        restarted.Snapshot!.Vaults.ShouldHaveSingleItem().Id.ShouldBe(ContractId.Parse($"{Deployer}.pool"));
        (restarted.LastFailure, restarted.LoadedAt, restarted.AgeAt(time.GetUtcNow()),
            tokens.HasLoaded).ShouldBe(("answered 500", readAt, TimeSpan.FromMinutes(7), true));

        var another = Registry(new VaultListOptions { VaultsUrl = server.Url + "?other" }, store: store);
        await another.RefreshAsync(CancellationToken.None);
        another.Snapshot.ShouldBeNull();

        await using var gone = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=none");
        var alone = Registry(options, store: gone);
        await alone.RefreshAsync(CancellationToken.None);
        alone.Snapshot.ShouldBeNull();
        Say(VaultListReaderTests.Entry());
        await alone.RefreshAsync(CancellationToken.None);
        (alone.LastFailure, alone.AgeAt(time.GetUtcNow())).ShouldBe((null, TimeSpan.Zero));
    }

    [Fact]
    public async Task Without_a_list_the_configuration_is_all_there_is_and_does_not_age()
    {
        var registry = Registry(Configured());
        await registry.RefreshAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromDays(1));
        await registry.RefreshAsync(CancellationToken.None);
        registry.Snapshot!.Vaults.Select(vault => (vault.Id.Name, vault.Kind, vault.HasQuote))
            .ShouldBe([("own", VaultKind.Pool, false), ("link", VaultKind.Sublink, true)]);
        registry.AgeAt(time.GetUtcNow()).ShouldBe(TimeSpan.Zero);
        tokens.Find(TokenId.Parse($"{Deployer}.a-subnet"))!.BaseToken.ShouldBe(TokenId.Parse($"{Deployer}.a"));
    }

    [Fact]
    public async Task What_is_configured_stands_before_the_list_and_takes_only_its_reserves()
    {
        var own = $"\"{Deployer}.own\"";
        Say(VaultListReaderTests.Entry(("contractId", own), ("fee", "999")), VaultListReaderTests.Entry());
        var options = Configured();
        (options.VaultsUrl, options.Vaults[0].ReserveA, options.Vaults[0].ReserveB) = (server.Url, null, "77");
        // the list has them the other way round
        (options.Vaults[0].TokenA, options.Vaults[0].TokenB) = (options.Vaults[0].TokenB, options.Vaults[0].TokenA);
        var registry = Registry(options);
        await registry.RefreshAsync(CancellationToken.None);
        var vault = registry.Snapshot!.FindVault(ContractId.Parse($"{Deployer}.own"))!;
        (vault.FeePpm, vault.ReserveA, vault.ReserveB).ShouldBe((100, new TokenAmount(2_000_000), new TokenAmount(77)));
        registry.Snapshot.Vaults.Count.ShouldBe(3);
        registry.Snapshot.FindVault(ContractId.Parse($"{Deployer}.none")).ShouldBeNull();
    }

    [Fact]
    public async Task Vaults_that_do_not_fit_together_are_counted_and_not_used()
    {
        const string plain = """{"type":"SIP10","contractId":"SP000000000000000000002Q6VF78.b","symbol":"B","decimals":6}""";
        const string subnet = """{"type":"SUBNET","contractId":"SP000000000000000000002Q6VF78.a-subnet","symbol":"AS","decimals":6}""";
        const string coarse = """{"type":"SUBNET","contractId":"SP000000000000000000002Q6VF78.c-subnet","symbol":"CS","decimals":8}""";
        Say(
            VaultListReaderTests.Entry(),
            VaultListReaderTests.Entry(), // twice
            Named("no-asset", ("tokenB", plain)), // nothing can guard its transfers
            Named("same",
                ("tokenB", """{"type":"SIP10","contractId":"SP000000000000000000002Q6VF78.a","decimals":6,"identifier":"asset-a"}""")),
            Named("two-plain", ("type", "\"SUBLINK\"")),
            Named("unlike", ("type", "\"SUBLINK\""), ("tokenB", coarse)),
            Named("energy", ("type", "\"ENERGY\"")),
            Named("link", ("type", "\"SUBLINK\""), ("tokenA", subnet),
                ("tokenB", """{"type":"SIP10","contractId":"SP000000000000000000002Q6VF78.a","decimals":6,"identifier":"asset-a"}""")));
        var registry = Registry(new VaultListOptions { VaultsUrl = server.Url });
        await registry.RefreshAsync(CancellationToken.None);
        registry.Snapshot!.Counts.ShouldBe(new VaultCounts(Used: 2, OtherKinds: 1, Bad: 5));
        var link = registry.Snapshot.FindVault(ContractId.Parse($"{Deployer}.link"))!;
        // turned: the plain token first
        (link.TokenA.ToString(), link.TokenB.ToString()).ShouldBe(($"{Deployer}.a", $"{Deployer}.a-subnet"));
        registry.Snapshot.FindToken(link.TokenB)!.Token.BaseToken.ShouldBe(link.TokenA);

        static string Named(string name, params (string, string)[] changes) =>
            VaultListReaderTests.Entry([("contractId", $"\"{Deployer}.{name}\""), .. changes]);
    }

    [Theory]
    [InlineData("WrappedStx", "Stacks:WrappedStx must be a contract id")]
    [InlineData("VaultsUrl", "Stacks:VaultsUrl must be an absolute http or https URL")]
    [InlineData("Type", "Stacks:Vaults:Type of SP000000000000000000002Q6VF78.own must be POOL or SUBLINK")]
    [InlineData("Twice", "Stacks:Vaults must not name a vault twice")]
    [InlineData("Stranger", "Stacks:Vaults SP000000000000000000002Q6VF78.own must hold tokens of Stacks:Tokens")]
    [InlineData("Identifier", "Stacks:Tokens:Identifier of A must be the name of its fungible asset")]
    public void A_configuration_that_cannot_be_meant_names_its_key(string wrong, string message)
    {
        var options = Configured();
        switch (wrong)
        {
            case "WrappedStx": options.WrappedStx = "wstx"; break;
            case "VaultsUrl": options.VaultsUrl = "vaults"; break;
            case "Type": options.Vaults[0].Type = "ENERGY"; break;
            case "Twice": options.Vaults[1].Id = options.Vaults[0].Id; break;
            case "Stranger": options.Vaults[0].TokenA = $"{Deployer}.z"; break;
            default: options.Tokens[0].Identifier = null; break;
        }
        Should.Throw<FormatException>(() =>
        {
            ConfiguredVaults.Read(options);
        }).Message.ShouldBe(message);
    }

    private static VaultListOptions Configured() => new()
    {
        Tokens =
        {
            new() { Id = $"{Deployer}.a", Symbol = "A", Identifier = "asset-a" },
            new() { Id = $"{Deployer}.a-subnet", Symbol = "AS", Base = $"{Deployer}.a" },
        },
        Vaults =
        {
            new()
            {
                Id = $"{Deployer}.own", TokenA = $"{Deployer}.a", TokenB = ".stx", FeePpm = 100, ReserveA = "1000", ReserveB = "2000",
                HasQuote = false,
            },
            new() { Id = $"{Deployer}.link", Type = "SUBLINK", TokenA = $"{Deployer}.a", TokenB = $"{Deployer}.a-subnet" },
        },
    };

    private void Say(params string[] entries) =>
        server.Say($$$"""{"status":"success","data":[{{{string.Join(',', entries)}}}],"count":{{{entries.Length}}}}""");

    private VaultRegistry Registry(VaultListOptions options, RouteOptions? routes = null, NpgsqlDataSource? store = null)
    {
        var limits = routes ?? new RouteOptions();
        var source = ConfiguredVaults.AddressOf(options) is { } address
            ? new VaultListSource(Client, address, new VaultListReader(ConfiguredVaults.NamesOf(options)), limits,
                store is null ? null : new KeptVaultList(store, address)) : null;
        return new VaultRegistry(new SnapshotBuilder(ConfiguredVaults.Read(options), ConfiguredVaults.WrappedOf(options), limits), source,
            tokens, time, Telemetry());
    }

    private VaultRefreshWorker Worker(VaultRegistry registry) => new(registry, Options.Create(new RouteOptions()), time, Telemetry());

    internal static RouteTelemetry Telemetry() => new(NullLogger<RouteTelemetry>.Instance);
}
