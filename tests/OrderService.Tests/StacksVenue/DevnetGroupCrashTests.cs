using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Tests.Ground;
using OrderService.Tests.Reliability;
using static OrderService.Tests.StacksVenue.DevnetCalledTests;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// Groups that an account pays for by calls of its own, on the real Clarity VM, whose service is killed -9 at the steps of an execution,
/// between one leg and the next too.
/// </summary>
[Collection(ChainProcesses.Name)]
[Trait(TestScale.Trait, "stacks")]
public sealed class DevnetGroupCrashTests(DevnetFixture fixture) : IClassFixture<DevnetFixture>
{
    private const int BlockMs = 250;
    private const int Each = 1_000_000;

    [Fact]
    public async Task Of_legs_that_cancel_each_other_one_is_swapped_whatever_is_killed_between_them()
    {
        await using var world =
            await StacksWorld.StartAsync(fixture, settings: ("Stacks__OrderRouter", fixture.Devnet.Contract("order-router")));
        KillPoint[] points = [.. CurveCrashTests.Steps(new Random(20_261_128)).Where((_, at) => TestScale.Full || at % 3 == 0)];
        var account = await OpenAsync(world, stx: points.Length * 3L * (Each + 1_000)); // with what tells the amounts apart
        var (connectionString, solver) = world.Place;
        (string, string)[] settings = [.. world.Devnet.Settings(1, DevnetLane.Confirmations, solver),
            ("Stacks__OrderRouter", world.Devnet.Contract("order-router")), .. DevnetLane.Pace];
        await using var source = NpgsqlDataSource.Create(connectionString);
        var (groups, kills) = (new List<(Order[] Rivals, Order Entry)>(), 0);
        await fixture.Devnet.AutoAsync(BlockMs);
        try
        {
            foreach (var point in points)
            {
                groups.Add((await OcoAsync(world, account, groups.Count * 4), await BracketAsync(world, account, (groups.Count * 4) + 2)));
                await using var service = await ServiceProcess.StartAsync(connectionString, point, settings);
                service.Arm();
                await Until.Async(async () => service.WasKilled || await CurveCrashTests.EndedAsync(source) ? 1 : 0, done => done == 1,
                    Until.Limit);
                if (service.WasKilled) kills++;
            }
            kills.ShouldBeGreaterThan(0);
            await using var last = await ServiceProcess.StartAsync(connectionString, null, settings);
            await Until.Async(() => CurveCrashTests.EndedAsync(source), ended => ended, TimeSpan.FromMinutes(4));
            await Until.Async(() => Verdict.CountAsync(source, "SELECT count(*) FROM attempts WHERE NOT is_final"), left => left == 0);
        }
        finally
        {
            await fixture.Devnet.AutoAsync(0);
        }

        var calls = await CallsAsync(world, account);
        calls.Select(call => (long)call["nonce"]!)
            .ShouldBe(Enumerable.Range(0, calls.Count).Select(nonce => (long)nonce), "no nonce of the account is left out");
        var sold = calls.Where(call => (string)call["status"]! == "success" && (string)call["fn"]! != "noop").Select(Amount).ToList();
        var bought = new List<long>();
        foreach (var (rivals, entry) in groups)
        {
            rivals.Sum(leg => sold.Count(amount => amount == (long)(ulong)leg.Terms.AmountIn.Units))
                .ShouldBe(1, $"one leg of {rivals[0].Terms.Uuid}");
            sold.Count(amount => amount == (long)(ulong)entry.Terms.AmountIn.Units).ShouldBe(1);
            bought.Add(await Verdict.CountAsync(source, $"SELECT amount_out::bigint FROM slices WHERE order_id = '{entry.Id}'"));
        }
        // Entries that bought as much are not told apart.
        foreach (var paid in bought.GroupBy(amount => amount))
            sold.Count(amount => amount == paid.Key).ShouldBe(paid.Count(), "one exit sells all that each entry bought");
        sold.Count.ShouldBe(groups.Count * 3);
        (await Verdict.CountAsync(source, "SELECT count(*) FROM orders WHERE status NOT IN ('completed', 'cancelled')")).ShouldBe(0);
        (await Verdict.CountAsync(source,
            "SELECT count(*) FROM reservations WHERE reserved <> 0 OR in_flight <> 0 OR initial <> spent + returned")).ShouldBe(0);
        (await HeldAsync(world, account.Address)).Cha.ShouldBe(0);
        Tally.Add("devnet groups", "of an account that calls", groups.Count * 2, $"{kills} kills, {sold.Count} swaps");
    }

    private static long Amount(JsonNode call) => long.Parse(call["amountIn"]!.ToString(), CultureInfo.InvariantCulture);

    // Both are due at once. By its amount each is known on the chain.
    private static async Task<Order[]> OcoAsync(StacksWorld world, ManagedAccount account, int number) =>
        await PlaceAsync(world, account, GroupKind.Oco, SellsStx(world, Each + number), SellsStx(world, Each + number + 1));

    private static async Task<Order> BracketAsync(StacksWorld world, ManagedAccount account, int number)
    {
        var entry = SellsStx(world, Each + number) with { Recipient = Principal.From(account.Address) };
        OrderTerms Exit() => world.Terms() with { SellToken = Token(world, Cha), BuyToken = TokenId.Stx, AmountIn = new TokenAmount(1) };
        return (await PlaceAsync(world, account, GroupKind.Bracket, entry, Exit(), Exit()))[0];
    }

    private static OrderTerms SellsStx(StacksWorld world, int amount) => world.Terms() with
    {
        SellToken = TokenId.Stx, BuyToken = Token(world, Cha), AmountIn = new TokenAmount((ulong)amount),
    };

    private static async Task<Order[]> PlaceAsync(StacksWorld world, ManagedAccount account, GroupKind kind, params OrderTerms[] legs)
    {
        var id = legs[0].Uuid.Key;
        var (stored, refused) = await world.Get<PlaceOrders>().TogetherAsync(
            [.. legs.Select((one, at) =>
                new NewOrder(one with { GroupId = id, Leg = at + 1 }, new OrderFunding.FromAccount(account), OrderPlan.OneSwap, "charisma",
                    null))], new GroupSlot(id, kind, kind != GroupKind.Oco), default);
        refused.ShouldBeNull();
        return [.. stored];
    }
}
