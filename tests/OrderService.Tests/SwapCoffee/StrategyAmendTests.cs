using System.Text;
using System.Text.Json.Nodes;
using OrderService.Api.SwapCoffee;
using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;
using OrderService.Tests.Ground;

namespace OrderService.Tests.SwapCoffee;

/// <summary>
/// Changes of orders in suborders while they run: what is swapped or in flight counts, the rest is divided anew, and the ledger follows.
/// </summary>
public sealed class StrategyAmendTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task More_input_in_more_suborders_is_set_aside_divided_anew_and_swapped_to_the_last_unit()
    {
        await using var world = await StrategyWorld.StartAsync(database.ConnectionString);
        var (id, order) = await world.CreateAsync(Limit("1001", 2));
        await world.SendAsync();
        await world.Engine.MineAsync();
        (await AmendAsync(world, order, """{"input_amount":"2000","max_suborders":4,"max_invocations":9}""")).ShouldBeNull();
        var read = await world.ReadAsync(id);
        ((string?)read["initial_input_amount"], (int)read["max_suborders"]!, (int)read["max_invocations"]!,
            (string?)read["current_input_amount"]).ShouldBe(("2000", 4, 9, "1500"));
        ((string?)read["settings"]!["min_output_amount"]).ShouldBe("2"); // the rate stands: 1/1001, of 2000, rounded up
        (await LedgerAsync(world, order)).ShouldBe((2000, 500, 1500, 0));
        await world.RunAsync(beats: 10);
        ((string?)(await world.ReadAsync(id))["status"]).ShouldBe("executed");
        (await SizesAsync(world, order)).ShouldBe([500, 500, 500, 500]);
        (await LedgerAsync(world, order)).ShouldBe((2000, 2000, 0, 0));
    }

    [Fact]
    public async Task Less_input_is_given_back_at_once_and_what_is_in_flight_counts()
    {
        await using var world = await StrategyWorld.StartAsync(database.ConnectionString);
        var (id, order) = await world.CreateAsync(Limit("1001", 2));
        await world.SendAsync(); // 500 are in flight
        (await AmendAsync(world, order, """{"input_amount":"500"}""")).ShouldBeOfType<OrderError.Field>().Code.ShouldBe("amount_taken");
        (await AmendAsync(world, order, """{"max_suborders":1}""")).ShouldBeOfType<OrderError.Field>().Code.ShouldBe("parts_taken");
        (await AmendAsync(world, order, """{"input_amount":"703","max_suborders":4,"max_invocations":4}""")).ShouldBeNull();
        (await LedgerAsync(world, order)).ShouldBe((1001, 0, 703, 298));
        await world.RunAsync(beats: 10);
        (await SizesAsync(world, order)).ShouldBe([500, 67, 68, 68]);
        ((string?)(await world.ReadAsync(id))["status"],
            (string?)(await world.ReadAsync(id))["current_input_amount"]).ShouldBe(("executed", "0"));
        (await LedgerAsync(world, order)).ShouldBe((1001, 703, 0, 298));
    }

    [Fact]
    public async Task A_slice_that_a_worker_holds_is_given_a_new_amount_and_the_worker_finds_its_claim_gone()
    {
        await using var world = await StrategyWorld.StartAsync(database.ConnectionString);
        var (_, order) = await world.CreateAsync(Limit("1001", 2));
        await world.Engine.SweepAsync(); // claimed, not yet executed
        (await AmendAsync(world, order, """{"input_amount":"600"}""")).ShouldBeNull();
        await world.RunAsync();
        (await SizesAsync(world, order)).ShouldBe([300, 300]);
        (await LedgerAsync(world, order)).ShouldBe((1001, 600, 0, 401));
    }

    [Fact]
    public async Task A_new_delay_counts_from_the_run_before_and_a_range_of_0_is_no_bound_any_more()
    {
        await using var world = await StrategyWorld.StartAsync(database.ConnectionString);
        var (id, order) = await world.CreateAsync(Dca(3, 600));
        await world.RunAsync(beats: 1);
        var ran = world.Engine.Time.GetUtcNow();
        (await AmendAsync(world, order, """{"settings":{"delay":60,"price_range_from":0,"price_range_to":1e6}}""")).ShouldBeNull();
        var read = await world.ReadAsync(id);
        ((int)read["settings"]!["delay"]!, read["settings"]!["price_range_from"]!.ToJsonString(),
            read["settings"]!["price_range_to"]!.ToJsonString()).ShouldBe((60, "0", "1000000"));
        var next = (await ViewAsync(world, order)).Order.Slices[^1];
        (next.Number, next.NotBefore!.Value - ran).ShouldSatisfyAllConditions(n => n.Number.ShouldBe(2),
            n => n.Item2.ShouldBeInRange(TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(60)));
        await world.RunAsync(beats: 20);
        (await SizesAsync(world, order)).Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("""{"max_suborders":9,"max_invocations":9}""", "", null)]
    [InlineData("""{"max_suborders":9}""", "attemptsMax", "invalid_field")]
    [InlineData("""{"settings":{"delay":60}}""", "settings", "invalid_field")]
    [InlineData("""{"input_amount":"99999999999999"}""", "", "insufficient_balance")]
    public async Task What_cannot_be_is_refused_and_changes_nothing(string body, string field, string? code)
    {
        await using var world = await StrategyWorld.StartAsync(database.ConnectionString);
        var (id, order) = await world.CreateAsync(Limit("1001", 2));
        var before = (await world.ReadAsync(id)).ToJsonString();
        var why = await AmendAsync(world, order, body);
        (why?.Code, (why as OrderError.Field)?.Name ?? "").ShouldBe((code, field));
        if (code is not null) (await world.ReadAsync(id)).ToJsonString().ShouldBe(before);
        (await world.Engine.ScalarAsync($"SELECT revision FROM orders WHERE id = '{order.Id}'")).ShouldBe(code is null ? 2 : 1);
    }

    [Fact]
    public async Task An_order_that_has_ended_cannot_be_changed()
    {
        await using var world = await StrategyWorld.StartAsync(database.ConnectionString);
        var (_, order) = await world.CreateAsync(Limit("1001", 1));
        await world.RunAsync();
        (await AmendAsync(world, order, """{"slippage":0.02}""")).ShouldBe(new OrderError.NotOpen("completed"));
    }

    private static async Task<OrderError?> AmendAsync(StrategyWorld world, Order order, string body)
    {
        var given = BodyReader<AmendRecord>.Read(Encoding.UTF8.GetBytes(body), SwapCoffeeBodies.Style);
        new AmendRules().FirstRefusal(given).ShouldBeNull();
        var read = AmendJson.Of(given);
        if (read.ChangesOf(StrategyTypes.Of(order)).IsRejected(out var why, out var changes)) return why;
        return (await world.Engine.Get<AmendOrder>().HandleAsync(order.Terms.Uuid, world.Caller, changes, CancellationToken.None)).Error;
    }

    private static async Task<OrderView> ViewAsync(StrategyWorld world, Order order) =>
        (await world.Engine.Get<FindOrder>().HandleAsync(order.Terms.Uuid, CancellationToken.None))!;

    private static async Task<List<int>> SizesAsync(StrategyWorld world, Order order) =>
        [.. (await ViewAsync(world, order)).Order.Slices.Where(s => s.Status == SliceStatus.Confirmed).Select(s => (int)s.AmountIn.Units)];

    private static async Task<(long Initial, long Spent, long Reserved, long Returned)> LedgerAsync(StrategyWorld world, Order order)
    {
        async Task<long> Of(string column) =>
            await world.Engine.ScalarAsync($"SELECT {column}::bigint FROM reservations WHERE order_id = '{order.Id}'");
        return (await Of("initial"), await Of("spent"), await Of("reserved"), await Of("returned"));
    }

    private static JsonObject Limit(string input, int suborders) =>
        Body("limit", input, suborders, new JsonObject { ["min_output_amount"] = "1" });

    private static JsonObject Dca(int suborders, int delay) =>
        Body("dca", "1001", suborders, new JsonObject { ["delay"] = delay, ["price_range_from"] = JsonNode.Parse("0.000001") });

    private static JsonObject Body(string type, string input, int suborders, JsonObject settings) => new()
    {
        ["type"] = type, ["token_from"] = new JsonObject { ["blockchain"] = "stacks" }, ["token_to"] = new JsonObject
        {
            ["blockchain"] = "stacks",
        },
        ["input_amount"] = input, ["max_suborders"] = suborders, ["max_invocations"] = suborders * 2, ["slippage"] = JsonNode.Parse("0.01"),
        ["settings"] = settings,
    };
}
