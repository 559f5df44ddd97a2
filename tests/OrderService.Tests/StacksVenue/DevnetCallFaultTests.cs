using System.Globalization;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Tests.Ground;
using OrderService.Tests.Reliability;
using static OrderService.Tests.StacksVenue.DevnetCalledTests;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// On the real Clarity VM: orders of accounts that call, several of each at once, among those of a wallet, while the node or the chain goes
/// wrong. Whatever happens, each swaps once, and no nonce is left out, neither of an account nor of a payer.
/// </summary>
[Collection(HandMinedDevnet.Name)]
[Trait(TestScale.Trait, "stacks")]
public sealed class DevnetCallFaultTests(DevnetFixture fixture)
{
    private const int Accounts = 2;
    private const int OrdersOfEach = 4;
    private const long Amount = 1_000_001;

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_goes_wrong_on_the_way_the_orders_of_accounts_swap_once_each(string name, int seed)
    {
        // Where answers are late or do not come they are given up; elsewhere a machine that stalls is no outage.
        (string, string)[] limits = name is "timeout" or "delay"
            ? [("Stacks__RequestTimeout", "00:00:01.2"), ("Execution__SendTimeout", "00:00:01.2")] : [];
        await using var world = await StacksWorld.StartAsync(fixture, solvers: 2, confirmations: DevnetLane.Confirmations, settings:
            [("Stacks__OrderRouter", fixture.Devnet.Contract("order-router")), ("Execution__ResendAfter", "00:00:05"), .. limits]);
        var (accounts, orders) = (new List<ManagedAccount>(), new List<Order>());
        for (var i = 0; i < Accounts; i++) accounts.Add(await OpenAsync(world, OrdersOfEach * Amount, name: $"account {i}"));
        for (var i = 0; i < OrdersOfEach; i++)
        {
            foreach (var account in accounts)
                orders.Add((await TryPlaceAsync(world, account, TokenId.Stx, Token(world, Cha), (UInt128)Amount)).Value);
        }
        orders.Add(await world.CreateAsync()); // one of a wallet, on the same payers
        var (fault, random) = (DevnetFault.All.Single(one => one.Name == name), new Random(seed));
        for (var beat = 0; beat < 4; beat++)
        {
            await fault.Begin(world.Devnet, random);
            try
            {
                await world.BeatAsync();
            }
            catch (Exception outage) when (Outage.Is(outage))
            {
                // A worker tells it and looks again.
            }
        }
        await DevnetFault.EndAsync(world.Devnet);
        await world.Devnet.GoAwayAsync(TimeSpan.Zero);
        var gaps = new GapAges(world,
            [.. accounts.Select(account => account.Address.ToString()), .. world.Router.Solvers.Select(solver => solver.ToString())]);
        for (var beat = 0; beat < 60 && await world.ScalarAsync("SELECT count(*) FROM orders WHERE ended_at IS NULL") > 0; beat++)
        {
            try
            {
                await gaps.BeatAsync();
            }
            catch (Exception outage) when (limits.Length > 0 && Outage.Is(outage))
            {
                // of a machine that stalled
            }
        }
        await world.MineAsync(DevnetLane.Confirmations);

        // one block may find it missing
        gaps.Longest.ShouldBeLessThanOrEqualTo(1, "no gap is older than a block where the chain keeps its pace");
        foreach (var order in orders)
        {
            (await world.ReadAsync(order)).Order.ShouldSatisfyAllConditions(
                read => read.Status.ShouldBe(OrderStatus.Completed, string.Join(',', read.Slices[0].Reason)));
        }
        foreach (var account in accounts)
        {
            var calls = await CallsAsync(world, account);
            calls.Select(call => (long)call["nonce"]!)
                .ShouldBe(Enumerable.Range(0, calls.Count).Select(nonce => (long)nonce), "no nonce of the account is left out");
            calls.Count(call => (string)call["status"]! == "success" && (string)call["fn"]! != "noop").ShouldBe(OrdersOfEach);
            (await HeldAsync(world, account.Address)).Stx.ShouldBe(0);
            (await FundsAsync(world, account, TokenId.Stx)).ShouldBe(
                new AccountFunds(TokenAmount.Zero, TokenAmount.Zero, TokenAmount.Zero));
        }
        (await world.ScalarAsync("SELECT count(*) FROM holds WHERE in_flight <> 0")).ShouldBe(0);
        var below = "SELECT count(*) FROM slices s JOIN attempts a ON a.tx_id = s.tx_id WHERE s.amount_out < a.min_amount_out";
        (await world.ScalarAsync(below)).ShouldBe(0);
        foreach (var solver in world.Router.Solvers)
        {
            var (next, waiting) = await world.Devnet.NoncesAsync(solver.ToString());
            waiting.ShouldBeEmpty();
            (await world.ScalarAsync($"SELECT next_nonce - (SELECT count(*) FROM free_nonces WHERE solver = '{solver}' AND nonce >= {next}) FROM solvers WHERE address = '{solver}'")).ShouldBe(next, "every nonce of a payer is used or free");
        }
        Tally.Add("calls under faults", name, 1,
            string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {orders.Count} orders, gaps of {gaps.Longest} blocks at most"));
    }

    /// <summary>All of them where time is no matter.</summary>
    public static TheoryData<string, int> Faults()
    {
        var faults = new TheoryData<string, int>();
        var names = DevnetFault.All.Select(fault => fault.Name)
            .Where(name => TestScale.Full || name is "drop" or "lose" or "reject BadNonce" or "reject FeeTooLow" or "reorg");
        var every = names.SelectMany(_ => TestScale.Full ? new[] { 5, 6 } : [5], static (name, seed) => (name, seed));
        foreach (var (name, seed) in TestScale.Shared(every)) faults.Add(name, seed);
        return faults;
    }

    /// <summary>Beats with a look, before each block, at what is missing before what waits.</summary>
    private sealed class GapAges(StacksWorld world, string[] addresses)
    {
        private Dictionary<(string Address, long Nonce), int> _open = [];

        public int Longest { get; private set; }

        public async Task BeatAsync()
        {
            world.Time.Advance(TimeSpan.FromSeconds(10));
            await world.KeepNoncesAsync();
            await world.SendAsync();
            var found = new Dictionary<(string, long), int>();
            foreach (var address in addresses)
            {
                var (next, waiting) = await world.Devnet.NoncesAsync(address);
                for (var nonce = next; waiting.Count > 0 && nonce < waiting.Max(); nonce++)
                {
                    if (!waiting.Contains(nonce))
                    {
                        Longest = Math.Max(Longest,
                            found[(address, nonce)] = _open.TryGetValue((address, nonce), out var blocks) ? blocks + 1 : 0);
                    }
                }
            }
            _open = found;
            await world.MineAsync();
        }
    }
}
