using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Accounts;

/// <summary>
/// The ledger in the real store, over random lives of managed orders and withdrawals on two nodes. A crash ends a node without a word and
/// starts another: what it held in memory is gone, and what it had claimed comes back when its lease is over.
/// </summary>
[Trait(TestScale.Trait, "property")]
public sealed class LedgerStoreTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly int Steps = TestScale.Full ? 6_000 : 600;

    [Fact]
    public async Task The_rule_of_the_ledger_holds_after_every_step_and_the_chain_agrees_in_the_end()
    {
        var random = new Random(20260304);
        var time = new ManualTime(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        Task<EngineWorld> NodeAsync() =>
            EngineWorld.StartAsync(database.ConnectionString, time: time, settings: ("Execution:BackOffMax", "00:00:10"));
        var nodes = new[] { await NodeAsync(), await NodeAsync() };
        var (deposits, refusals, crashes) = (new Dictionary<Guid, UInt128>(), 0, 0);
        var (accounts, orders) = (new List<ManagedAccount>(), new List<Order>());
        for (var i = 0; i < 4; i++)
        {
            accounts.Add(await nodes[0].OpenAccountAsync());
            await FundAsync(i, 1_000_000);
        }
        for (var step = 0; step < Steps; step++)
        {
            var node = nodes[random.Next(2)];
            var number = random.Next(accounts.Count);
            var account = accounts[number];
            switch (random.Next(20))
            {
                case 0:
                    await FundAsync(number, 50_000);
                    break;
                case 1 or 2 or 3:
                    var made = await node.TryCreateManagedAsync(account, (UInt128)random.Next(10, 600_000), random.Next(1, 5),
                        t => Sells(number, random.Next(4) == 0 ? t with { ValidTo = time.GetUtcNow().AddSeconds(20) } : t));
                    if (made.Error is null)
                    {
                        orders.Add(made.Value);
                    }
                    else
                    {
                        refusals += made.Error is OrderError.InsufficientBalance
                            ? 1 : throw new InvalidOperationException(made.Error.ToString());
                    }
                    break;
                case 4 when orders.Count > 0: await node.Get<CancelOrder>()
                    .HandleAsync(orders[random.Next(orders.Count)].Terms.Uuid, new Caller(node.Owner, null, null), default); break;
                case 5: await node.Get<Withdraw>()
                    .HandleAsync(new NewWithdrawal(Guid.NewGuid(), account, SoldBy(number),
                        new TokenAmount((UInt128)random.Next(1, 100_000)), null, account.Owner.ToString()), default); break;
                case 6 or 7: await node.Get<WithdrawalWorker>().TickAsync(default); break;
                case 8: time.Advance(TimeSpan.FromSeconds(random.Next(1, 40))); break;
                case 9 or 10 or 11: await node.SweepAsync(); break;
                case 12 or 13 or 14: await node.Get<ExecutionWorker>().TickAsync(default); break;
                case 15: await node.Get<SimulatedMiner>().MineAsync(default); break;
                case 16 or 17: await node.MineAsync(); break;
                case 18 when random.Next(4) == 0: await node.ScalarAsync("WITH gone AS (DELETE FROM simulator.mempool WHERE tx_id IN (SELECT tx_id FROM simulator.mempool ORDER BY nonce DESC LIMIT 1) RETURNING 1) SELECT count(*) FROM gone"); break;
                case 19 when random.Next(3) == 0:
                    var dead = random.Next(2);
                    await TakeAndVanishAsync(nodes[dead], time);
                    await nodes[dead].DisposeAsync();
                    nodes[dead] = await NodeAsync();
                    crashes++;
                    break;
                default: await node.BeatAsync(); break;
            }
            await nodes[0].CheckLedgerAsync();
        }
        await DrainAsync(nodes[0], time);
        (orders.Count, refusals, crashes).ShouldSatisfyAllConditions(c => c.Item1.ShouldBeGreaterThan(Steps / 30),
            c => c.refusals.ShouldBeGreaterThan(0), c => c.crashes.ShouldBeGreaterThan(0));
        (await nodes[0].ScalarAsync("SELECT count(DISTINCT funding) FROM orders")).ShouldBe(2);
        for (var i = 0; i < accounts.Count; i++) await AgreeAsync(nodes[0], accounts[i], SoldBy(i), deposits[accounts[i].Id]);
        foreach (var node in nodes) await node.DisposeAsync();

        // Two of them sell by intents, and two by calls of their own.
        TokenId SoldBy(int number) => number < 2 ? nodes[0].Sell : TokenId.Stx;

        OrderTerms Sells(int number, OrderTerms terms) => number < 2 ? terms : terms with
        {
            SellToken = TokenId.Stx, BuyToken = nodes[0].Sell,
        };

        async Task FundAsync(int number, UInt128 amount)
        {
            await nodes[0].Get<SimulatedLedger>()
                .FundAsync(Principal.From(accounts[number].Address), SoldBy(number), new TokenAmount(amount), default);
            deposits[accounts[number].Id] = deposits.GetValueOrDefault(accounts[number].Id) + amount;
        }
    }

    // Claims are held by somebody who is never heard of again.
    private static async Task TakeAndVanishAsync(EngineWorld node, ManualTime time)
    {
        await node.SweepAsync();
        await using var connection = await node.Get<SweepSource>().OpenAsync(default);
        await Book.TakeAsync(connection, 3, time.GetUtcNow().AddSeconds(30), [], int.MaxValue, default);
    }

    private static async Task DrainAsync(EngineWorld node, ManualTime time)
    {
        for (var i = 0; i < 200; i++)
        {
            time.Advance(TimeSpan.FromSeconds(31));
            await node.Get<NonceWorker>().TickAsync(default);
            await node.Get<WithdrawalWorker>().TickAsync(default);
            await node.BeatAsync();
            var open = await node.ScalarAsync(
                "SELECT (SELECT count(*) FROM reservations WHERE reserved > 0) + (SELECT count(*) FROM withdrawals WHERE NOT is_final)");
            if (open == 0) return;
        }
        throw new InvalidOperationException("something never ended");
    }

    // What came in is what is there, what was swapped and what was paid back: nothing twice, nothing lost.
    private static async Task AgreeAsync(EngineWorld node, ManagedAccount account, TokenId sold, UInt128 deposited)
    {
        var funds = (await node.Get<ReadAccounts>().OneAsync(account, default)).Value.Funds.Single(f => f.Token.Id == sold).Funds;
        (funds.Reserved, funds.Withdrawing).ShouldBe((TokenAmount.Zero, TokenAmount.Zero));
        var swapped =
            await node.ScalarAsync($"SELECT coalesce(sum(amount_in), 0)::bigint FROM simulator.swaps WHERE owner = '{account.Address}'");
        var spent = await node.ScalarAsync($"SELECT coalesce(sum(spent), 0)::bigint FROM reservations WHERE account_id = '{account.Id}'");
        var paid = await node.ScalarAsync(
            $"SELECT coalesce(sum(amount), 0)::bigint FROM withdrawals WHERE account_id = '{account.Id}' AND status = 'confirmed'");
        swapped.ShouldBe(spent);
        (funds.Balance.Units + (UInt128)spent + (UInt128)paid).ShouldBe(deposited);
    }
}
