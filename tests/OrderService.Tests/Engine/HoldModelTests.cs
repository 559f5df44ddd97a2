using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>Whatever happens to orders, the holds are what their slices in flight come to, and nothing reverts for want of funds.</summary>
public sealed class HoldModelTests
{
    private const string Differences =
        """
        SELECT count(*) FROM (
            SELECT o.owner AS holder, o.sell_token AS token, sum(s.amount_in) AS in_flight FROM slices s JOIN orders o ON o.id = s.order_id WHERE s.status = 'broadcast' AND s.end_as IS NULL GROUP BY 1, 2) AS slices
        FULL JOIN holds h ON h.holder = slices.holder AND h.token = slices.token WHERE coalesce(h.in_flight, 0) <> coalesce(slices.in_flight, 0)
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_holds_are_what_is_in_flight_after_every_step(int seed)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var world =
            await EngineWorld.StartAsync(database.ConnectionString, settings: ("Accounts:BalanceReadsPerMinute", "1000000"));
        var random = new Random(seed);
        OwnWallet[] wallets = [new(world, 1), new(world, 2), new(world, 3)];
        var orders = new List<(OwnWallet Wallet, Order Order)>();
        for (var step = 0; step < 120; step++)
        {
            var wallet = wallets[random.Next(wallets.Length)];
            switch (random.Next(9))
            {
                case 0 or 1: orders.Add((wallet,
                    await wallet.CreateAsync((UInt128)random.Next(1, 20) * 50_000,
                        random.Next(3) == 0 ? SliceTrigger.Manual : SliceTrigger.Time))); break;
                case 2: await wallet.FundAsync((UInt128)random.Next(1, 10) * 50_000); break;
                case 3: await world.SweepAsync(); break;
                case 4: await world.Get<ExecutionWorker>().TickAsync(default); break;
                case 5: await world.MineAsync(); break;
                case 6 when orders.Count > 0: await CallAsync(world, orders[random.Next(orders.Count)], random.Next(2) == 0); break;
                case 7: // an account that cannot pay: definite refusals, which give the funds back
                    await world.ScalarAsync($"WITH paid AS (UPDATE simulator.accounts SET balance = {(random.Next(2) == 0 ? 0 : 1_000_000_000)} WHERE token = '.stx' AND address IN (SELECT address FROM solvers) RETURNING 1) SELECT count(*) FROM paid");
                    break;
                default: world.Time.Advance(TimeSpan.FromSeconds(random.Next(90))); break;
            }
            (await world.ScalarAsync(Differences)).ShouldBe(0, $"step {step}");
        }
        (await world.ScalarAsync("SELECT count(*) FROM attempts WHERE reason = 'insufficient_balance'")).ShouldBe(0);
        (await world.ScalarAsync("SELECT count(*) FROM attempts WHERE status = 'confirmed'")).ShouldBeGreaterThan(0);
        (await world.ScalarAsync("SELECT count(*) FROM order_events WHERE kind = 'backed_off'")).ShouldBeGreaterThan(0);
    }

    private static async Task CallAsync(EngineWorld world, (OwnWallet Wallet, Order Order) one, bool executes)
    {
        var caller = new Caller(one.Wallet.Address, null, null);
        if (executes) await world.Get<ExecuteOrder>().HandleAsync(one.Order.Terms.Uuid, caller, default);
        else await world.Get<CancelOrder>().HandleAsync(one.Order.Terms.Uuid, caller, default);
    }
}
