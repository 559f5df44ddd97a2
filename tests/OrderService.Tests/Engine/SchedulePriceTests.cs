using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Domain.Transactions;
using OrderService.Engine.Orders;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Messages;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>What a part demands of its quote, what it may use up, and who signs for it.</summary>
public sealed class SchedulePriceTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_bound_that_the_quote_meets_exactly_is_inside()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        var (below, above) = await RateAsync(world, 1_000_000);
        var order = await world.CreateAsync(ScheduleWorld.Plan(new Schedule.Immediate(1)) with { Rate = new RateBounds(below, above) },
            world.Terms(1_000_000));
        await world.Engine.BeatAsync();
        (await world.ReadAsync(order)).Status.ShouldBe(OrderStatus.Completed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_quote_outside_waits_for_its_rate_with_one_event_and_no_attempt(bool isTooLow)
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        var (below, above) = await RateAsync(world, 1_000_000);
        var bounds = isTooLow ? new RateBounds(new Price(above.Count * 2), null) : new RateBounds(null, new Price(below.Count / 2));
        var order = await world.CreateAsync(ScheduleWorld.EveryMinute(3) with { Rate = bounds });
        await world.BeatAsync(8, TimeSpan.FromSeconds(30));
        var slices = (await world.ReadAsync(order)).Slices;
        (slices[0].Reason, slices[0].AttemptsUsed, slices[0].QuoteSide,
            slices.Count).ShouldBe(("rate_out_of_bounds", 0, isTooLow ? QuoteSide.Rise : QuoteSide.Fall, 1));
        (await world.Engine.EventsAsync(order)).ShouldBe(["created", "triggered", "backed_off"]);
        await world.Engine.Get<CancelOrder>().HandleAsync(order.Terms.Uuid, world.Owner, default);
    }

    [Fact]
    public async Task A_rate_that_comes_inside_runs_the_part_that_waited_and_the_rest_from_there()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        var (below, _) = await RateAsync(world, 1_000_000);
        var order = await world.CreateAsync(
            ScheduleWorld.EveryMinute(3) with { Rate = new RateBounds(null, new Price(below.Count - (below.Count / 1_000))) });
        await world.BeatAsync(5, Minute);
        (await world.CountAsync(order, SliceStatus.Confirmed)).ShouldBe(0);
        for (var i = 0; i < 4; i++) await SellAsync(world, 5_000_000_000_000); // one route after the other pays less
        await world.BeatAsync(2, TimeSpan.FromSeconds(61));
        (await world.CountAsync(order, SliceStatus.Confirmed)).ShouldBeGreaterThanOrEqualTo(1);
        await world.BeatAsync(3, TimeSpan.FromSeconds(61));
        (await world.ReadAsync(order)).Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task Parts_with_a_price_condition_are_woken_by_the_book_and_the_quote_still_decides()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        var (below, above) = await RateAsync(world, 1_000_000);
        var terms = world.Engine.PriceTerms(TriggerDirection.Gt, "7", watched: world.Engine.Buy) with
        {
            AmountIn = new TokenAmount(2_000_000),
        };
        var inside =
            await world.CreateAsync(ScheduleWorld.EveryMinute(2) with { Rate = new RateBounds(new Price(below.Count / 2), null) }, terms);
        var outside = await world.CreateAsync(ScheduleWorld.EveryMinute(2) with { Rate = new RateBounds(new Price(above.Count * 2), null) },
            terms with { Uuid = OrderUuid.New() });
        foreach (var (usd, confirmed) in new[] { ("6", 0), ("7", 1), ("6", 1), ("8", 2) })
        {
            world.Engine.SetPrice(world.Engine.Buy, Price.Parse(usd));
            await world.BeatAsync(Minute);
            (await world.CountAsync(inside, SliceStatus.Confirmed)).ShouldBe(confirmed, usd);
        }
        (await world.ReadAsync(inside)).Status.ShouldBe(OrderStatus.Completed);
        (await world.ReadAsync(outside)).Slices[0].Reason.ShouldBe("rate_out_of_bounds");
    }

    [Fact]
    public async Task Attempts_of_the_order_are_shared_and_their_end_is_the_orders()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        Task<long> HoldsAsync(long units) =>
            world.Engine.ScalarAsync(
                $"WITH a AS (UPDATE simulator.accounts SET balance = {units} WHERE address = '{world.Signer.Account}') SELECT 0");
        var order = await world.CreateAsync(ScheduleWorld.Plan(new Schedule.Immediate(3)) with { Attempts = AttemptsBudget.Shared(4) },
            world.Terms(3_000_000));
        await world.BeatAsync(TimeSpan.FromSeconds(10));
        for (var i = 0; i < 3; i++)
        {
            await world.Engine.SweepAsync();
            await world.Engine.ExecuteAsync();
            await HoldsAsync(0); // gone between the send and the block
            await world.Engine.MineAsync();
            await HoldsAsync(10_000_000);
            world.Engine.Time.Advance(TimeSpan.FromSeconds(10));
        }
        await world.BeatAsync(3, TimeSpan.FromSeconds(10));
        var view = await world.Engine.ReadAsync(order);
        (view.Order.Status, view.Order.Reason).ShouldBe((OrderStatus.Failed, "attempts_exhausted"));
        view.Order.Slices.Select(s => (s.Status, s.AttemptsUsed)).ShouldBe([(SliceStatus.Confirmed, 1), (SliceStatus.Failed, 3)]);
        view.Attempts.Select(a => a.Kind)
            .ShouldBe([AttemptKind.Swap, AttemptKind.Swap, AttemptKind.Swap, AttemptKind.Swap, AttemptKind.Spend]);
        (await world.SwappedAsync(order)).Swaps.ShouldBe(1);
    }

    [Fact]
    public async Task Keys_that_are_away_hold_the_part_back_and_use_up_nothing()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        world.Signer.IsAway = true;
        var order = await world.CreateAsync(ScheduleWorld.Plan(new Schedule.Immediate(2)));
        await world.BeatAsync(3, TimeSpan.FromSeconds(6));
        var waiting = (await world.ReadAsync(order)).Slices[0];
        (waiting.Status, waiting.Reason, waiting.AttemptsUsed).ShouldBe((SliceStatus.Waiting, "keys_unavailable", 0));
        world.Signer.IsAway = false;
        await world.BeatAsync(3, TimeSpan.FromSeconds(6));
        (await world.ReadAsync(order)).Status.ShouldBe(OrderStatus.Completed);
    }

    [Fact]
    public async Task A_signature_of_another_key_swaps_nothing()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        world.Signer.IsWrong = true;
        var order = await world.CreateAsync(ScheduleWorld.Plan(new Schedule.Immediate(2)) with { OnPartFailed = PartFailure.End });
        await world.BeatAsync(3, TimeSpan.FromSeconds(6));
        var ended = await world.ReadAsync(order);
        (ended.Status, ended.Slices[0].Reason, ended.Slices.Count).ShouldBe((OrderStatus.Failed, "stored_signature_invalid", 1));
        (await world.SwappedAsync(order)).Swaps.ShouldBe(0);
    }

    [Fact]
    public async Task An_address_that_is_no_account_is_refused_and_an_account_without_its_key_fails_the_part_with_a_reason()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var stranger = new TestSigner().Account;
        var plan = new SchedulePlan { Schedule = new Schedule.Immediate(1), Attempts = new AttemptsBudget(1) };
        var wanted = new NewOrder(world.Terms(), ScheduleWorld.FromAccount(world, stranger), new OrderPlan.Parts(plan), "panora", null);
        (await world.Get<PlaceOrder>().HandleAsync(wanted, default)).Error.ShouldBeOfType<OrderError.NotFound>();
        await ScheduleWorld.OpenAsync(world, stranger);
        await world.Get<OrderService.Venues.Simulated.SimulatedLedger>()
            .FundAsync(Principal.From(stranger), world.Sell, wanted.Terms.AmountIn, default);
        var order = (await world.Get<PlaceOrder>().HandleAsync(wanted, default)).Value;
        await world.BeatAsync();
        var view = await world.ReadAsync(order);
        (view.Order.Status, view.Order.Reason).ShouldBe((OrderStatus.Failed, "unknown_account"));
    }

    [Fact]
    public async Task A_wallets_order_with_rate_bounds_and_a_delay_is_one_part()
    {
        await using var world = await ScheduleWorld.StartAsync(database.ConnectionString);
        var terms = world.Engine.Terms();
        var signed = new OrderFunding.BySignature(world.Engine.Sign(terms), null);
        (await world.TryCreateAsync(ScheduleWorld.EveryMinute(2), terms, signed)).Error!.Code.ShouldBe("one_part_only");
        var plan = ScheduleWorld.Plan(new Schedule.Immediate(1, Interval.Of(1, IntervalUnit.Hour))) with
        {
            Rate = new RateBounds(new Price(1), null),
        };
        var order = (await world.TryCreateAsync(plan, terms, signed)).Value;
        await world.BeatAsync(TimeSpan.FromMinutes(61));
        (await world.CountAsync(order, SliceStatus.Waiting)).ShouldBe(1);
        await world.Engine.BeatAsync();
        (await world.ReadAsync(order)).Status.ShouldBe(OrderStatus.Completed);
        (await world.Engine.ScalarAsync($"SELECT count(*) FROM simulator.swaps WHERE uuid = '{terms.Uuid}'")).ShouldBe(1);
    }

    // The rate that a quote has now, rounded down and up.
    private static async Task<(Price Below, Price Above)> RateAsync(ScheduleWorld world, ulong units)
    {
        var engine = world.Engine;
        var quote = (await engine.Router.QuoteAsync(engine.Sell, engine.Buy, new TokenAmount(units), default)).Value;
        var tokens = engine.Get<TokenRegistry>();
        var (paid, unit) = (Ten(tokens.Find(engine.Sell)!.Decimals), Ten(tokens.Find(engine.Buy)!.Decimals));
        var scaled = quote.AmountOut.Units * paid * Price.Scale;
        return (new Price(scaled / (units * unit)), new Price((scaled / (units * unit)) + 1));
    }

    private static UInt128 Ten(int power) => Enumerable.Range(0, power).Aggregate((UInt128)1, (product, _) => product * 10);

    private static async Task SellAsync(ScheduleWorld world, ulong units)
    {
        await world.FundAsync(units);
        var order =
            await world.CreateAsync(ScheduleWorld.Plan(new Schedule.Immediate(1)), world.Terms(units) with { SlippageBps = 10_000 });
        await world.BeatAsync(TimeSpan.FromSeconds(1));
        (await world.ReadAsync(order)).Status.ShouldBe(OrderStatus.Completed);
    }
}
