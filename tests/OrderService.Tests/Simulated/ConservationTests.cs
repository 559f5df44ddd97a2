using System.Numerics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Simulated;

public sealed class ConservationTests
{
    [Fact]
    public async Task No_token_is_made_or_lost_by_a_thousand_random_calls()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var chain =
            await PlayChain.StartAsync(database.ConnectionString, new SimulatedOptions { SolversCount = 3, BlockSizeMax = 50 });
        var random = new Random(5);
        PrivateKey[] owners = [.. Enumerable.Range(0, 5).Select(_ => PrivateKey.Generate())];
        var subnet = chain.World.TokenList.Where(token => token.Type == TokenType.Subnet).ToList();
        foreach (var owner in owners)
        {
            foreach (var token in subnet)
            {
                await chain.FundAsync(owner.PublicKey().ToAddress(chain.World.Network), token.Symbol,
                    (ulong)chain.World.UnitsOf(token, 1_500).Units);
            }
        }
        var before = await SuppliesAsync(chain);
        await RunAsync(chain, owners, subnet, random);

        (await SuppliesAsync(chain)).ShouldBe(before);
        (await chain.ScalarAsync<long>("SELECT count(*) FROM simulator.transactions")).ShouldBe(1_000);
        (await chain.ScalarAsync<long>("SELECT count(*) FROM simulator.transactions WHERE status = 'succeeded'")).ShouldBeGreaterThan(300);
        (await chain.ScalarAsync<long>("SELECT count(DISTINCT reason) FROM simulator.transactions")).ShouldBeGreaterThanOrEqualTo(3);
        (await chain.ScalarAsync<long>(
            "SELECT count(*) FROM (SELECT uuid FROM simulator.swaps GROUP BY uuid HAVING count(*) > 1) AS doubles")).ShouldBe(0);
    }

    // Some intents are used again, some minima are too high, some amounts too large; two miners race for each block.
    private static async Task RunAsync(PlayChain chain, PrivateKey[] owners, List<Token> subnet, Random random)
    {
        var nonces = new long[chain.World.Solvers.Count];
        var signed = new List<VerifiedIntent>();
        for (var i = 0; i < 1_000; i++)
        {
            var sell = subnet[random.Next(subnet.Count)];
            var amount = (ulong)chain.World.UnitsOf(sell, random.Next(1, 120)).Units;
            var intent = signed.Count > 0 && random.Next(10) == 0
                ? signed[random.Next(signed.Count)] : chain.Sign(owners[random.Next(owners.Length)], sell.Symbol, amount);
            signed.Add(intent);
            var solver = random.Next(nonces.Length);
            var buy = chain.World.TokenList.Where(token => token.Id != TokenId.Of(intent.Intent.Token))
                .ToList()[random.Next(chain.World.TokenList.Count - 1)];
            var min = random.Next(10) == 0 ? new TokenAmount(UInt128.MaxValue) : new TokenAmount(1);
            await chain.AcceptAsync(await chain.SwapAsync(intent, buy.Symbol, nonces[solver]++, min, solver: chain.World.Solvers[solver]));
            if (i % 40 == 39) await Task.WhenAll(chain.MineAsync(), chain.MineAsync());
        }
        while (await chain.MineAsync() is not null) { }
    }

    // A subnet token and its base are one: the one is the other, locked.
    private static async Task<Dictionary<TokenId, BigInteger>> SuppliesAsync(PlayChain chain)
    {
        await using var command = chain.DataSource.CreateCommand(
            """
            SELECT token, sum(units) FROM (
                SELECT token, balance FROM simulator.accounts
                UNION ALL SELECT token_a, reserve_a FROM simulator.pools
                UNION ALL SELECT token_b, reserve_b FROM simulator.pools) AS held (token, units)
            GROUP BY token
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var supplies = new Dictionary<TokenId, BigInteger>();
        while (await reader.ReadAsync())
        {
            var family = SimulatedWorld.PriceTokenOf(chain.World.Tokens[TokenId.Parse(reader.GetString(0))]);
            supplies[family] = supplies.GetValueOrDefault(family) + reader.GetFieldValue<BigInteger>(1);
        }
        return supplies;
    }
}
