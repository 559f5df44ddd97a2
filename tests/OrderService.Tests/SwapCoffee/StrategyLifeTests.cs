using System.Text.Json.Nodes;
using OrderService.Api.SwapCoffee;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;
using OrderService.Tests.Ground;

namespace OrderService.Tests.SwapCoffee;

/// <summary>The life of an order as its statuses and counts tell it, transaction by transaction.</summary>
public sealed class StrategyLifeTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private sealed record State(string Status, string InputLeft, int Suborders, int Invocations, int InFlight);

    [Fact]
    public async Task The_input_drops_when_a_part_is_sent_rises_when_it_fails_and_drops_for_good_when_it_is_swapped()
    {
        await using var world = await StrategyWorld.StartAsync(database.ConnectionString);
        var (id, _) = await world.CreateAsync(Limit(suborders: 2, invocations: 3));
        (await StateAsync(world, id)).ShouldBe(new State("active", "1001", 0, 0, 0));
        await world.SendAsync();
        (await StateAsync(world, id)).ShouldBe(new State("active", "501", 0, 0, 1));
        await world.MineAbortAsync();
        (await StateAsync(world, id)).ShouldBe(new State("active", "1001", 0, 1, 0));
        world.Engine.Time.Advance(TimeSpan.FromSeconds(10));
        await world.SendAsync();
        (await StateAsync(world, id)).ShouldBe(new State("active", "501", 0, 1, 1));
        await world.Engine.MineAsync();
        (await StateAsync(world, id)).ShouldBe(new State("active", "501", 1, 2, 0));
        await world.RunAsync();
        (await StateAsync(world, id)).ShouldBe(new State("executed", "0", 2, 3, 0));
    }

    [Fact]
    public async Task Without_a_spare_invocation_one_failure_ends_the_order_partly_filled()
    {
        await using var world = await StrategyWorld.StartAsync(database.ConnectionString);
        var (id, order) = await world.CreateAsync(Limit(suborders: 2, invocations: 2));
        await world.SendAsync();
        await world.Engine.MineAsync();
        world.Engine.Time.Advance(TimeSpan.FromSeconds(10));
        await world.SendAsync();
        await world.MineAbortAsync();
        (await StateAsync(world, id)).Status.ShouldBe("active"); // its intent was seen, so it is spent before the order ends
        await world.RunAsync();
        (await StateAsync(world, id)).ShouldBe(new State("max_retries_exceeded", "501", 1, 2, 0));
        (await world.ReadAsync(id))["close_timestamp"].ShouldNotBeNull();
        ((string)(await world.ReadAsync(id))["current_output_amount"]!).ShouldNotBe("0");
        (await world.ReservedAsync(order)).ShouldBe(0);
    }

    [Fact]
    public async Task A_shared_budget_that_early_failures_use_up_ends_the_order()
    {
        await using var world = await StrategyWorld.StartAsync(database.ConnectionString);
        var (id, _) = await world.CreateAsync(Limit(suborders: 3, invocations: 3));
        await world.SendAsync();
        await world.MineAbortAsync();
        world.Engine.Time.Advance(TimeSpan.FromSeconds(10));
        await world.RunAsync(beats: 10);
        (await StateAsync(world, id)).ShouldBe(new State("max_retries_exceeded", "335", 2, 3, 0));
    }

    [Theory]
    [InlineData(1, "executed", "0", 1)]
    [InlineData(2, "cancelled_by_user", "501", 1)]
    public async Task A_cancel_beside_a_transaction_in_flight_waits_for_it_and_keeps_what_it_swaps(
        int suborders, string status, string left, int executed)
    {
        await using var world = await StrategyWorld.StartAsync(database.ConnectionString);
        var (id, order) = await world.CreateAsync(Limit(suborders, invocations: 5));
        await world.SendAsync();
        (await CancelAsync(world, order)).ShouldBeNull();
        ((await StateAsync(world, id)).Status, (await StateAsync(world, id)).InFlight,
            (await world.ReadAsync(id))["close_timestamp"]).ShouldBe(("requested_cancellation", 1, null));
        (await CancelAsync(world, order)).ShouldBe(new OrderError.NotOpen("cancelling"));
        await world.RunAsync();
        (await StateAsync(world, id)).ShouldBe(new State(status, left, executed, 1, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_cancel_beside_a_transaction_that_fails_ends_without_it(int suborders)
    {
        await using var world = await StrategyWorld.StartAsync(database.ConnectionString);
        var (id, order) = await world.CreateAsync(Limit(suborders, invocations: 5));
        await world.SendAsync();
        (await CancelAsync(world, order)).ShouldBeNull();
        await world.MineAbortAsync();
        (await StateAsync(world, id)).ShouldBe(new State("requested_cancellation", "1001", 0, 1, 0));
        await world.SendAsync();
        (await StateAsync(world, id)).ShouldBe(new State("requested_cancellation", "1001", 0, 1, 1)); // the intent's uuid is being spent
        await world.RunAsync();
        (await StateAsync(world, id)).ShouldBe(new State("cancelled_by_user", "1001", 0, 1, 0));
        (await world.ReservedAsync(order)).ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_system_ends_says_so_even_where_its_owner_asked_before(bool asked)
    {
        await using var world = await StrategyWorld.StartAsync(database.ConnectionString);
        var (id, order) = await world.CreateAsync(Limit(suborders: 2, invocations: 5));
        await world.SendAsync();
        if (asked) await CancelAsync(world, order);
        var cancel = world.Engine.Get<CancelBySystem>();
        (await cancel.HandleAsync(new OrderQuery { Owner = world.Engine.Owner, Dialect = NewOrderTerms.Dialect },
            CancellationToken.None)).ShouldBe(1);
        (await StateAsync(world, id)).Status.ShouldBe("requested_cancellation");
        await world.RunAsync();
        (await StateAsync(world, id)).ShouldBe(new State("cancelled_by_system", "501", 1, 1, 0));
        (await cancel.OneAsync(OrdersQuery.One(id), CancellationToken.None)).Error.ShouldBeOfType<OrderError.NotOpen>();
    }

    [Fact]
    public async Task A_limit_waits_until_its_quote_pays_the_slippage_above_the_minimum_and_then_takes_the_minimum()
    {
        await using var world = await StrategyWorld.StartAsync(database.ConnectionString);
        var quote = (await world.Engine.Router.QuoteAsync(world.Engine.Sell, world.Engine.Buy, new(1001),
            CancellationToken.None)).Value.AmountOut.Units;
        var (above,
            order) = await world.CreateAsync(Limit(1, 1,
                b => b["settings"]!["min_output_amount"] = ((quote * 100 / 101)
                    + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var (met,
            reached) = await world.CreateAsync(Limit(1, 1,
                b => b["settings"]!["min_output_amount"] = (quote * 100 / 102).ToString(
                    System.Globalization.CultureInfo.InvariantCulture)));
        await world.RunAsync();
        (await StateAsync(world, above)).ShouldBe(new State("active", "1001", 0, 0, 0));
        (await StateAsync(world, met)).Status.ShouldBe("executed");
        (await world.Engine.ReadAsync(reached)).Attempts.Single().MinAmountOut!.Value.Units.ShouldBe(quote * 100 / 102);
        (await world.Engine.ReadAsync(order)).Attempts.ShouldBeEmpty();
        await CancelAsync(world, order);
    }

    [Fact]
    public async Task The_shares_of_a_minimum_are_rounded_up_so_that_they_keep_the_promise()
    {
        await using var world = await StrategyWorld.StartAsync(database.ConnectionString);
        var (id, order) = await world.CreateAsync(Limit(suborders: 3, invocations: 3, b => b["settings"]!["min_output_amount"] = "10"));
        await world.RunAsync();
        (await StateAsync(world, id)).Status.ShouldBe("executed");
        var mins = (await world.Engine.ReadAsync(order)).Attempts.Select(a => (int)a.MinAmountOut!.Value.Units).ToList();
        mins.ShouldBe([4, 4, 4]); // 333 + 333 + 335 of 1001, each share of 10 rounded up
    }

    [Fact]
    public async Task A_dca_keeps_its_delay_between_runs_and_a_failed_try_does_not_start_it_anew()
    {
        await using var world = await StrategyWorld.StartAsync(database.ConnectionString);
        var (id, _) = await world.CreateAsync(Dca(suborders: 2, invocations: 4, delay: 600));
        await world.SendAsync();
        await world.MineAbortAsync();
        await world.RunAsync(beats: 3);
        (await StateAsync(world, id)).ShouldBe(new State("active", "501", 1, 2, 0)); // tried again after seconds, not after the delay
        world.Engine.Time.Advance(TimeSpan.FromSeconds(500));
        await world.RunAsync(beats: 3);
        (await StateAsync(world, id)).Suborders.ShouldBe(1);
        world.Engine.Time.Advance(TimeSpan.FromSeconds(100));
        await world.RunAsync(beats: 3);
        (await StateAsync(world, id)).ShouldBe(new State("executed", "0", 2, 3, 0));
    }

    [Fact]
    public async Task The_time_of_the_end_is_in_the_unit_that_was_chosen()
    {
        await using var world = await StrategyWorld.StartAsync(database.ConnectionString);
        var (id, order) = await world.CreateAsync(Limit(1, 1));
        await CancelAsync(world, order);
        var now = world.Engine.Time.GetUtcNow();
        ((long)(await world.ReadAsync(id))["close_timestamp"]!).ShouldBe(now.ToUnixTimeSeconds());
        ((long)(await world.ReadAsync(id, CloseTimestampUnit.Milliseconds))["close_timestamp"]!).ShouldBe(now.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Orders_of_other_dialects_have_no_number()
    {
        await using var world = await StrategyWorld.StartAsync(database.ConnectionString);
        var native = await world.Engine.CreateAsync(world.Engine.Terms(SliceTrigger.Manual));
        (await world.Engine.ScalarAsync($"SELECT count(*) FROM orders WHERE id = '{native.Id}' AND public_id IS NOT NULL")).ShouldBe(0);
    }

    private static async Task<State> StateAsync(StrategyWorld world, int id)
    {
        var order = await world.ReadAsync(id);
        return new State((string)order["status"]!, (string)order["current_input_amount"]!, (int)order["suborders_executed"]!,
            (int)order["invocations_executed"]!, (int)order["active_transactions"]!);
    }

    private static async Task<OrderError?> CancelAsync(StrategyWorld world, Order order) =>
        (await world.Engine.Get<CancelOrder>().RequestAsync(order.Terms.Uuid, world.Caller, CancellationToken.None)).Error;

    private static JsonObject Limit(int suborders, int invocations, Action<JsonObject>? more = null) => NewOrderJsonTests.Limit(body =>
    {
        (body["input_amount"], body["max_suborders"], body["max_invocations"]) = ("1001", suborders, invocations);
        more?.Invoke(body);
    });

    private static JsonObject Dca(int suborders, int invocations, int delay) =>
        Limit(suborders, invocations, body => (body["type"], body["settings"]) = ("dca", new JsonObject { ["delay"] = delay }));
}
