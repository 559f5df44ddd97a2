using System.Text.Json.Nodes;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Domain.Transactions;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// The promise of a swap: pools move between quote and mining, amounts and slippage are whatever they are, and nobody receives less than
/// the minimum. Each order has a recipient of its own, so that the chain's balances say what was received.
/// </summary>
[Collection(HandMinedDevnet.Name)]
[Trait(TestScale.Trait, "stacks")]
public sealed class MinAmountOutTests(DevnetFixture fixture)
{
    private static readonly (string Vault, ulong A, ulong B)[] Pools =
    [
        (StacksWorld.Pool, (ulong)StacksWorld.PoolCha, (ulong)StacksWorld.PoolStx),
        ("charisma-welsh-pool", 50_000_000_000_000, 2_000_000_000_000_000), ("charisma-usdc-pool", 50_000_000_000_000, 1_000_000_000_000),
        ("charisma-usdc-pool-2", 10_000_000_000_000, 202_000_000_000), ("welsh-usdc-pool", 1_000_000_000_000_000, 500_000_000_000),
    ];

    private static readonly string?[] Outputs = [null, "susdc-token", "welsh-token", null];

    [Fact]
    public async Task Never_less_is_received_than_the_minimum_however_the_pools_move()
    {
        const int batch = 40;
        var (rounds, random) = (TestScale.Full ? 5 : 1, new Random(20_26_11));
        var (swapped, missed, failed) = (0, 0, 0);
        await using var world = await StacksWorld.StartAsync(fixture, solvers: 2);
        for (var round = 0; round < rounds; round++)
        {
            var orders = new List<(Order Order, string Token)>();
            for (var i = 0; i < batch; i++) orders.Add(await CreateAsync(world, random));
            var open = orders.ConvertAll(o => o.Order);
            for (var beat = 0; open.Count > 0; beat++)
            {
                beat.ShouldBeLessThan(40);
                world.Time.Advance(TimeSpan.FromSeconds(10));
                await world.SendAsync();
                await MoveAsync(world, random, beat);
                await world.MineAsync();
                var views = await Task.WhenAll(open.Select(world.ReadAsync));
                open = [.. views.Where(v => !v.Order.Status.IsTerminal()).Select(v => v.Order)];
            }
            foreach (var (order, token) in orders)
            {
                var misses = await JudgeAsync(world, order, token);
                missed += misses;
                if ((await world.ReadAsync(order)).Order.Status == OrderStatus.Completed) swapped++;
                else failed++;
            }
        }
        await MoveBackAsync(world);
        OrderService.Tests.Reliability.Tally.Add("min amount out on a Stacks chain", "pools moved", swapped + failed,
            $"{swapped} swapped, {failed} failed, {missed} aborted attempts, 0 below the minimum");
        (swapped + failed).ShouldBe(rounds * batch);
        swapped.ShouldBeGreaterThan(rounds * batch / 4);
        missed.ShouldBeGreaterThan(rounds * batch / 4);
    }

    private static async Task<(Order, string)> CreateAsync(StacksWorld world, Random random)
    {
        var output = Outputs[random.Next(Outputs.Length)];
        var sell = random.Next(4) == 0 && output != "welsh-token" ? "welsh-token-subnet-v1" : "charisma-token-subnet-v1";
        var amount = new TokenAmount((UInt128)(ulong)Math.Pow(10, 6 + (4 * random.NextDouble()))); // 1 to 10,000 tokens
        var terms = world.Terms(buy: output) with
        {
            SellToken = ContractId.Parse(world.Devnet.Contract(sell), null), AmountIn = amount,
            SlippageBps = random.Next(3) == 0 ? random.Next(10) : random.Next(600),
            Recipient = Principal.From(PrivateKey.Generate().PublicKey().ToAddress(StacksNetwork.Testnet)),
            ValidTo = world.Time.GetUtcNow().AddMinutes(4),
        };
        if (random.Next(4) == 0)
        {
            var quote = await world.Router.QuoteAsync(terms.SellToken, terms.BuyToken, amount, CancellationToken.None);
            terms = terms with { MinAmountOut = BasisPoints.Of(random.Next(400)).Below(quote.Value.AmountOut) };
        }
        return (await world.CreateAsync(terms), output is null ? "stx" : world.Devnet.Contract(output));
    }

    // Up and down by up to 6 %, some not at all; now and then all of them are as they were.
    private static async Task MoveAsync(StacksWorld world, Random random, int beat)
    {
        foreach (var (vault, a, b) in Pools)
        {
            if (random.Next(3) == 0) continue;
            var perMille = beat % 4 == 3 ? 1_000 : 1_000 + random.Next(-60, 40);
            await world.Devnet.MovePoolAsync(vault, a, (UInt128)b * (UInt128)perMille / 1_000);
        }
    }

    private static async Task MoveBackAsync(StacksWorld world)
    {
        foreach (var (vault, a, b) in Pools) await world.Devnet.MovePoolAsync(vault, a, b);
    }

    // How many of its attempts aborted.
    private static async Task<int> JudgeAsync(StacksWorld world, Order order, string token)
    {
        var view = await world.ReadAsync(order);
        var received = await ReceivedAsync(world, order.Terms.Recipient, token);
        var swaps = await world.SwapsAsync(order);
        var aborted = view.Attempts.Where(a => a is { Kind: AttemptKind.Swap, Status: OutgoingStatus.Reverted }).ToList();
        aborted.ShouldAllBe(a => a.Reason == "abort_by_post_condition");
        if (view.Order.Status == OrderStatus.Completed)
        {
            var last = view.Attempts[^1];
            (last.Kind, last.Status, view.Attempts.Count).ShouldBe((AttemptKind.Swap, OutgoingStatus.Confirmed, aborted.Count + 1));
            received.ShouldBe(last.AmountOut!.Value);
            received.ShouldBeGreaterThanOrEqualTo(last.MinAmountOut!.Value);
            if (order.Terms.MinAmountOut is { } limit) received.ShouldBeGreaterThanOrEqualTo(limit);
            swaps.Count.ShouldBe(1);
            return aborted.Count;
        }
        received.ShouldBe(TokenAmount.Zero);
        swaps.ShouldBeEmpty();
        (view.Order.Status, view.Order.Reason).ShouldBeOneOf((OrderStatus.Failed, "abort_by_post_condition"),
            (OrderStatus.Expired, "expired"));
        // What was ever sent ends only once its uuid is spent.
        if (aborted.Count > 0) (view.Attempts[^1].Kind, view.Attempts[^1].Status).ShouldBe((AttemptKind.Spend, OutgoingStatus.Confirmed));
        return aborted.Count;
    }

    private static async Task<TokenAmount> ReceivedAsync(StacksWorld world, Principal recipient, string token)
    {
        var held = await world.Devnet.BalancesAsync(recipient.ToString());
        var amount = token == "stx" ? held["stx"] : held["tokens"]![token];
        return TokenAmount.Parse((string)amount!, null);
    }
}
