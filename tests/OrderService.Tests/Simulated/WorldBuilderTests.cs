using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Simulated;

public sealed class WorldBuilderTests
{
    internal static SimulatedWorld World() => SimulatedWorld.Of(new SimulatedOptions());

    [Fact]
    public void The_world_of_a_fresh_checkout_is_a_testnet_with_subnet_tokens()
    {
        var world = World();
        world.Network.Name.ShouldBe("testnet");
        world.Router.ToString().ShouldStartWith("ST");
        world.Router.Name.ShouldBe("x-multihop-rc9");
        world.Demo.ShouldNotBeNull();
        world.Tokens[TokenId.Stx].Type.ShouldBe(TokenType.Native);
        world.TokenList.Count(token => token.Type == TokenType.Subnet).ShouldBe(5);
        world.TokenList.Where(token => token.Type == TokenType.Subnet)
            .ShouldAllBe(token => world.Priced.ContainsKey(token.BaseToken!.Value));
    }

    [Fact]
    public void The_demo_key_is_the_hash_of_a_published_text() =>
        new SimulatedOptions().DemoKey.ShouldBe(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("order service demo"u8)));

    [Fact]
    public void Both_sides_of_every_pool_are_worth_the_same_at_base_prices()
    {
        var world = World();
        foreach (var (id, reserves) in world.FirstReserves)
        {
            var vault = world.Vaults[id];
            new TokenAmount(reserves.A).ShouldBe(world.UnitsOf(world.Tokens[vault.TokenA], 2_000_000));
            new TokenAmount(reserves.B).ShouldBe(world.UnitsOf(world.Tokens[vault.TokenB], 2_000_000));
        }
    }

    [Fact]
    public void Another_network_has_its_own_addresses() =>
        SimulatedWorld.Of(new SimulatedOptions { Network = "mainnet" }).Solvers[0].ToString().ShouldStartWith("SP");

    [Fact]
    public void The_contracts_are_those_of_the_deployer_that_is_named()
    {
        const string Deployer = "SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS";
        var world = SimulatedWorld.Of(new SimulatedOptions { Network = "mainnet", Deployer = Deployer });
        world.Router.ToString().ShouldBe($"{Deployer}.x-multihop-rc9");
        world.TokenList.Select(token => token.Id.ToString()).Where(id => id != ".stx")
            .ShouldAllBe(id => id.StartsWith($"{Deployer}.", StringComparison.Ordinal));
        world.Tokens.Keys.Select(id => id.ToString()).ShouldContain($"{Deployer}.charisma-token-subnet-v1");
    }

    private static readonly (string Key, Action<SimulatedOptions> Spoil)[] wrongs =
    [
        ("Network", options => options.Network = "moon"),
        ("Deployer", options => options.Deployer = "SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS"),
        ("BlockInterval", options => options.BlockInterval = TimeSpan.FromDays(1)),
        ("SolversCount", options => options.SolversCount = 0),
        ("Router", options => options.Router = "ST1.x"),
        ("Fee", options => options.Fee = "-1"),
        ("DemoKey", options => options.DemoKey = "00"),
        ("Tokens:Usd", options => options.Tokens.Add(new() { Id = ".stx", Symbol = "STX", Usd = "0" })),
        ("Tokens:Id", options => options.Tokens.Add(new() { Id = "USD", Symbol = "USD", Usd = "1" })),
        ("Pools:Id", options => options.Pools.Add(new() { Id = "pool" })),
    ];

    [Fact]
    public void Options_that_do_not_fit_are_refused_by_name()
    {
        foreach (var (key, spoil) in wrongs)
        {
            var options = new SimulatedOptions();
            spoil(options);
            Should.Throw<FormatException>(() => SimulatedWorld.Of(options)).Message.ShouldStartWith($"Simulator:{key}");
        }
    }
}
