using System.Globalization;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Tests.StacksVenue;

/// <summary>Orders that trail the price, that have a limit price, and that have one try, on the real Clarity VM.</summary>
[Collection(HandMinedDevnet.Name)]
public sealed class DevnetKindsTests(DevnetFixture fixture)
{
    private static readonly Price Limit = Price.Parse("0.03"); // STX for one CHA, of which the pool gives 0.033

    [Fact]
    public async Task A_trailing_stop_limit_fires_behind_its_best_waits_for_its_limit_price_and_is_paid_no_less()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var order = await world.CreateAsync(world.Terms(SliceTrigger.Price) with { ConditionToken = TokenId.Stx, BaseAsset = TokenId.Usd,
            Direction = TriggerDirection.Lt, TrailingBps = 1_000, LimitPrice = Limit });
        foreach (var usd in (string[])["1", "1.2", "1.09"]) await BeatAsync(world, usd);
        (await world.SliceAsync(order)).ShouldSatisfyAllConditions(s => s.WaitSide.ShouldBe(WaitSide.Trail),
            s => s.Trigger.ShouldBe(SliceTrigger.Price));

        await world.Devnet.MovePoolAsync(StacksWorld.Pool, StacksWorld.PoolCha, StacksWorld.PoolStx / 2);
        await BeatAsync(world, "1.07"); // a tenth below 1.2 is 1.08
        (await world.SliceAsync(order)).ShouldSatisfyAllConditions(s => s.Trigger.ShouldBe(SliceTrigger.Time),
            s => s.Reason.ShouldBe("rate_out_of_bounds"), s => s.WasSent.ShouldBeFalse());

        await world.Devnet.MovePoolAsync(StacksWorld.Pool, StacksWorld.PoolCha, StacksWorld.PoolStx);
        await world.BeatUntilEndedAsync(order);
        (await world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Completed);
        await ShouldHavePaidAsync(world, order);
    }

    [Fact]
    public async Task One_with_one_try_is_swapped_or_ends_without_a_transaction()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var (good, never) = (await world.CreateAsync(world.Terms() with { IsImmediate = true, LimitPrice = Limit }),
            await world.CreateAsync(world.Terms() with { IsImmediate = true, LimitPrice = Price.Parse("0.05") }));
        await world.BeatUntilEndedAsync([good, never]);
        (await world.ReadAsync(good)).Order.Status.ShouldBe(OrderStatus.Completed);
        await ShouldHavePaidAsync(world, good);
        (await world.ReadAsync(never)).ShouldSatisfyAllConditions(v => v.Order.Status.ShouldBe(OrderStatus.Failed),
            v => v.Order.Reason.ShouldBe("no_fills"), v => v.Attempts.ShouldBeEmpty());
        (await world.Devnet.LedgerAsync()).ShouldNotContain(entry => (string?)entry["uuid"] == never.Terms.Uuid.ToString());
    }

    // 1,000 CHA, in units of 10⁻⁶ as STX is.
    private static async Task ShouldHavePaidAsync(StacksWorld world, Order order) =>
        long.Parse((await world.SwapsAsync(order)).Single()["amountOut"]!.ToString(), CultureInfo.InvariantCulture)
            .ShouldBeGreaterThanOrEqualTo(30_000_000);

    private static async Task BeatAsync(StacksWorld world, string usd)
    {
        var now = world.Time.GetUtcNow();
        world.Get<PriceBoard>().Publish(new GateResult([new BelievedPrice(TokenId.Stx, Price.Parse(usd), now, "test")], [], []), [], now);
        await world.BeatAsync();
    }
}
