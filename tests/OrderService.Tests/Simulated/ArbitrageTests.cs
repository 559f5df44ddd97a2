using System.Numerics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Simulated;

/// <summary>The simulated pools follow what is believed, and nothing is made or lost by it.</summary>
public sealed class ArbitrageTests
{
    [Fact]
    public async Task M17_What_triggers_on_paper_is_near_what_fills()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(database.ConnectionString, settings: [("Orders:MaxDeviationBps", "50")]);
        var (cha, fills) = (world.Get<PriceBoard>().PricedAs(world.Sell), new List<(decimal Price, decimal Paid)>());
        foreach (var price in new[] { 0.0494m, 0.0501m, 0.0517m, 0.03m, 0.09m, 0.05m }) // a grid over a price that walks, and some jumps
        {
            world.SetPrice(cha, Price.Parse(price.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            world.SetPrice(TokenId.Stx, Price.Parse("0.8"));
            world.SetPrice(Token(world, "sUSDT"), Price.One);
            world.SetPrice(Token(world, "WELSH"), Price.Parse("0.0004"));
            world.SetPrice(Token(world, "sBTC"), Price.Parse("100000"));
            (await world.Get<Arbitrage>().TickAsync(default)).ShouldBeGreaterThan(0);
            (await world.Get<Arbitrage>().TickAsync(default)).ShouldBe(0); // nothing has changed
            var order = await world.CreateAsync(world.Terms() with { AmountIn = new TokenAmount(100_000_000) });
            await world.BeatAsync();
            var slice = (await world.ReadAsync(order)).Order.Slices[0];
            slice.Status.ShouldBe(SliceStatus.Confirmed, $"at {price}: {slice.Reason}");
            fills.Add((price, (decimal)slice.AmountOut!.Value.Units / 100_000_000m * 0.8m));
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }
        foreach (var (price, paid) in fills) paid.ShouldBeInRange(price * 0.997m, price * 1.003m);
    }

    [Fact]
    public async Task M17_No_token_is_made_or_lost_by_pulling_the_pools()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var (random, before, trades) = (new Random(3), await SuppliesAsync(world), 0);
        for (var i = 0; i < 60; i++)
        {
            foreach (var priced in world.Get<SimulatedWorld>().Priced.Values)
            {
                // Up to a hundredfold either way, and now and then no price at all.
                var times = BigInteger.Pow(10, random.Next(0, 5));
                if (random.Next(5) > 0) world.SetPrice(priced.Id, new Price((UInt128)((BigInteger)priced.Usd.Count * times / 100) + 1));
            }
            trades += await world.Get<Arbitrage>().TickAsync(default);
            world.Time.Advance(TimeSpan.FromSeconds(random.Next(40)));
        }
        trades.ShouldBeGreaterThan(100);
        (await SuppliesAsync(world)).ShouldBe(before);
        (await world.ScalarAsync("SELECT count(*) FROM simulator.pools WHERE reserve_a <= 0 OR reserve_b <= 0")).ShouldBe(0);
    }

    [Fact]
    public async Task M17_A_subnet_token_of_STX_can_be_sold_on_paper()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var sell = Token(world, "STX-subnet");
        sell.IsContract(out var contract).ShouldBeTrue();
        var order = await world.CreateAsync(
            world.Terms() with { SellToken = contract!.Value, BuyToken = Token(world, "CHA"), AmountIn = new TokenAmount(10_000_000) });
        await world.BeatAsync();
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
    }

    private static TokenId Token(EngineWorld world, string symbol) =>
        world.Get<TokenRegistry>().All.Single(token => token.Symbol == symbol).Id;

    private static async Task<string> SuppliesAsync(EngineWorld world)
    {
        await using var command = world.Get<Npgsql.NpgsqlDataSource>().CreateCommand(
            """
            SELECT string_agg(token || ' ' || units, ', ' ORDER BY token) FROM (SELECT token, sum(units) AS units FROM (
                SELECT token, balance FROM simulator.accounts
                UNION ALL SELECT token_a, reserve_a FROM simulator.pools
                UNION ALL SELECT token_b, reserve_b FROM simulator.pools) AS held (token, units) GROUP BY token) AS supply
            """);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
