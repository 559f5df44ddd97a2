using System.Text.Json.Nodes;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Panora;

/// <summary>Orders of this wire from their creation to their end, on a clock of the test's own.</summary>
public sealed class ScheduleTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Twelve_parts_run_to_their_end_and_every_sum_is_exact()
    {
        await using var world = await PanoraWorld.StartAsync();
        var client = await world.ClientAsync();
        var order = await client.CreateAsync(b => b["fromTokenAmount"]!["value"] = "12.000005");
        ((string)order["status"]!, (string)order["fromTokenAmountPerOrder"]!,
            (string)order["fromTokenAmountBalance"]!).ShouldBe(("active", "1", "12.000005"));
        ((string)order["avgPriceFromTokenPerToToken"]!, (string)order["avgPriceToTokenPerFromToken"]!).ShouldBe(("0", "0"));
        await world.BeatAsync(5, Minute);
        var midway = await client.ReadAsync(order);
        ((int)midway["numberOfOrdersCompleted"]!, (int)midway["numberOfOrdersRemaining"]!, (string)midway["fromTokenAmountSpent"]!,
            (string)midway["fromTokenAmountBalance"]!).ShouldBe((5, 7, "5", "7.000005"));
        ((string)midway["nextOrderTime"]!).ShouldBe("2026-03-04T12:05:00.000Z");
        ((string)midway["estimatedCompletionTime"]!).ShouldBe("2026-03-04T12:11:00.000Z");
        await world.BeatAsync(7, Minute);
        var filled = await client.ReadAsync(order);
        ((string)filled["status"]!, (string)filled["fromTokenAmountSpent"]!, (string)filled["fromTokenAmountBalance"]!,
            (string)filled["fromTokenAmountWithdrawn"]!).ShouldBe(("filled", "12.000005", "0", "0"));
        ((int)filled["numberOfOrdersTotal"]!, (int)filled["numberOfOrdersRemaining"]!).ShouldBe((12, 0));
        var details = filled["txDetails"]!.AsArray();
        details.Select(d => (string)d!["type"]!).ShouldBe(["created", .. Enumerable.Repeat("filled", 12)]);
        details.Select(d => (int)d!["txNumber"]!).ShouldBe(Enumerable.Range(0, 13));
        details.ShouldAllBe(d => (int)d!["attemptNumber"]! == 1);
        ((string)details[12]!["fromTokenAmount"]!).ShouldBe("1.000005");
        ((string)details[1]!["txId"]!).Length.ShouldBe(66);
        Sum(details.Skip(1), "toTokenAmount").ShouldBe((string)filled["toTokenAmountWithdrawn"]!);
        (await world.LedgerAsync((string)order["panoraTxId"]!)).ShouldBe((12_000_005, 12_000_005, 0, 0));
        (await world.ScalarAsync(
            $"SELECT count(*) FROM simulator.swaps WHERE owner = '{client.Account}' AND recipient = '{client.Wallet}'")).ShouldBe(12);
    }

    [Fact]
    public async Task A_rate_that_is_exactly_both_bounds_is_filled_and_averages_are_that_rate()
    {
        await using var world = await PanoraWorld.StartAsync();
        var client = await world.ClientAsync();
        var rate = new TokenAmount(await world.QuoteOneAsync()).ToWhole(6);
        var order = await client.CreateAsync(b =>
            (b["numberOfOrders"], b["fromTokenAmount"]!["value"], b["minRateToTokenPerFromToken"], b["maxRateToTokenPerFromToken"]) = (1,
                "1", rate, rate));
        await world.BeatAsync();
        var filled = await client.ReadAsync(order);
        ((string)filled["status"]!, (string)filled["avgPriceToTokenPerFromToken"]!,
            (string)filled["toTokenAmountWithdrawn"]!).ShouldBe(("filled", rate, rate));
        ((string)filled["minRateToTokenPerFromToken"]!, (string)filled["maxRateToTokenPerFromToken"]!).ShouldBe((rate, rate));
        ((string)filled["txDetails"]![1]!["priceToTokenPerFromToken"]!).ShouldBe(rate);
        ((string)filled["avgPriceFromTokenPerToToken"]!).ShouldStartWith("0.");
    }

    [Fact]
    public async Task A_rate_out_of_bounds_consumes_nothing_and_is_told_once()
    {
        await using var world = await PanoraWorld.StartAsync();
        var client = await world.ClientAsync();
        var over = new TokenAmount(await world.QuoteOneAsync() + 1).ToWhole(6);
        var order = await client.CreateAsync(b =>
            (b["numberOfOrders"], b["fromTokenAmount"]!["value"], b["minRateToTokenPerFromToken"], b["maxRateToTokenPerFromToken"]) = (2,
                "2", over, "Infinity"));
        await world.BeatAsync(4, Minute);
        var waiting = await client.ReadAsync(order);
        ((string)waiting["status"]!, (int)waiting["numberOfOrdersRemaining"]!, (string)waiting["reason"]!,
            (string)waiting["maxRateToTokenPerFromToken"]!).ShouldBe(("active", 2, "rate_out_of_bounds", "Infinity"));
        var told = waiting["txDetails"]!.AsArray();
        told.Count.ShouldBe(2);
        ((string)told[1]!["type"]!, (int)told[1]!["txNumber"]!, (int)told[1]!["attemptNumber"]!, (bool)told[1]!["onChain"]!,
            (string)told[1]!["fromTokenAmount"]!, (string)told[1]!["reason"]!)
            .ShouldBe(("attempted", 1, 1, false, "1", "rate_out_of_bounds"));
        ((string)waiting["estimatedCompletionTime"]!).ShouldBe("2026-03-04T12:05:00.000Z"); // late already: counted from now
    }

    [Fact]
    public async Task Cancelling_returns_the_rest_and_may_be_repeated()
    {
        await using var world = await PanoraWorld.StartAsync();
        var client = await world.ClientAsync();
        var order = await client.CreateAsync();
        await world.BeatAsync(3, Minute);
        var (status, cancelled) = await client.CancelAsync(order);
        (status, (string)cancelled["status"]!, (string)cancelled["fromTokenAmountSpent"]!, (string)cancelled["fromTokenAmountWithdrawn"]!,
            (string)cancelled["fromTokenAmountBalance"]!).ShouldBe((200, "cancelled", "3", "9", "0"));
        ((int)cancelled["numberOfOrdersRemaining"]!, (string)cancelled["nextOrderTime"]!).ShouldBe((0, "2026-03-04T12:03:00.000Z"));
        var (again, same) = await client.CancelAsync(order);
        (again, same.ToJsonString()).ShouldBe((200, cancelled.ToJsonString()));
        await world.BeatAsync(2, Minute);
        var details = (await client.ReadAsync(order))["txDetails"]!.AsArray();
        details.Select(d => (string)d!["type"]!).ShouldBe(["created", "filled", "filled", "filled", "cancelled"]);
        ((string)details[4]!["fromTokenAmount"]!, (int)details[4]!["txNumber"]!,
            (string)details[0]!["txId"]!).ShouldBe(("9", 0, (string)order["panoraTxId"]!));
        details.Select(d => (string)d!["txId"]!).Distinct().Count().ShouldBe(5);
        (await world.LedgerAsync((string)order["panoraTxId"]!)).ShouldBe((12_000_000, 3_000_000, 0, 9_000_000));
    }

    [Fact]
    public async Task Cancelling_while_a_part_is_in_flight_keeps_that_part_and_ends_the_rest()
    {
        await using var world = await PanoraWorld.StartAsync();
        var client = await world.ClientAsync();
        var order = await client.CreateAsync();
        await world.SendAsync();
        var (status, asked) = await client.CancelAsync(order);
        (status, (string)asked["status"]!, (bool)asked["cancelRequested"]!, (string)asked["fromTokenAmountWithdrawn"]!,
            (string)asked["fromTokenAmountBalance"]!).ShouldBe((200, "active", true, "11", "1"));
        (await client.CancelAsync(order)).Status.ShouldBe(200);
        await world.SettleAsync();
        var ended = await client.ReadAsync(order);
        ((string)ended["status"]!, (string)ended["fromTokenAmountSpent"]!, (string)ended["fromTokenAmountWithdrawn"]!,
            (string)ended["fromTokenAmountBalance"]!).ShouldBe(("cancelled", "1", "11", "0"));
        ended["cancelRequested"].ShouldBeNull();
    }

    [Fact]
    public async Task Cancelling_the_only_part_in_flight_is_refused_with_its_transaction_and_a_filled_order_is_not_cancelled()
    {
        await using var world = await PanoraWorld.StartAsync();
        var client = await world.ClientAsync();
        var order = await client.CreateAsync(b => b["numberOfOrders"] = 1);
        await world.SendAsync();
        var (status, inFlight) = await client.CancelAsync(order);
        (status, (string)inFlight["code"]!, ((string)inFlight["details"]!["txId"]!).Length).ShouldBe((409, "order_in_flight", 66));
        await world.SettleAsync();
        var (late, filled) = await client.CancelAsync(order);
        (late, (string)filled["code"]!, (string)filled["details"]!["status"]!).ShouldBe((409, "order_not_open", "filled"));
    }

    [Fact]
    public async Task Months_are_counted_from_the_anchor_without_drift()
    {
        await using var world = await PanoraWorld.StartAsync(new DateTimeOffset(2026, 1, 31, 9, 30, 0, TimeSpan.Zero));
        var client = await world.ClientAsync();
        var order = await client.CreateAsync(b => (b["numberOfOrders"], b["interval"]!["timePeriod"]) = ("3", "month"));
        ((string)order["nextOrderTime"]!,
            (string)order["estimatedCompletionTime"]!).ShouldBe(("2026-01-31T09:30:00.000Z", "2026-03-31T09:30:00.000Z"));
        await world.BeatAsync(TimeSpan.FromDays(28));
        ((string)(await client.ReadAsync(order))["nextOrderTime"]!).ShouldBe("2026-02-28T09:30:00.000Z");
        await world.BeatAsync(TimeSpan.FromDays(31));
        ((string)(await client.ReadAsync(order))["nextOrderTime"]!).ShouldBe("2026-03-31T09:30:00.000Z");
        await world.BeatAsync();
        ((string)(await client.ReadAsync(order))["status"]!).ShouldBe("filled");
    }

    [Fact]
    public async Task A_delay_holds_the_first_part_back_and_downtime_runs_one_overdue_part_only()
    {
        await using var world = await PanoraWorld.StartAsync();
        var client = await world.ClientAsync();
        var order = await client.CreateAsync(b => b["delay"] = new JsonObject { ["value"] = 2, ["timePeriod"] = "hour" });
        ((string)order["nextOrderTime"]!, (string)order["delay"]!["value"]!,
            (string)order["estimatedCompletionTime"]!).ShouldBe(("2026-03-04T14:00:00.000Z", "2", "2026-03-04T14:11:00.000Z"));
        await world.BeatAsync(TimeSpan.FromHours(2));
        ((int)(await client.ReadAsync(order))["numberOfOrdersCompleted"]!).ShouldBe(0);
        world.Time.Advance(TimeSpan.FromMinutes(30));
        await world.BeatAsync();
        await world.BeatAsync();
        var late = await client.ReadAsync(order);
        ((int)late["numberOfOrdersCompleted"]!, (string)late["nextOrderTime"]!,
            (string)late["estimatedCompletionTime"]!).ShouldBe((1, "2026-03-04T14:31:00.000Z", "2026-03-04T14:41:00.000Z"));
    }

    [Fact]
    public async Task A_restart_between_send_and_fill_swaps_each_part_once()
    {
        await using var world = await PanoraWorld.StartAsync();
        var client = await world.ClientAsync();
        var order = await client.CreateAsync(b => b["numberOfOrders"] = 2);
        await world.SendAsync();
        await world.RestartAsync();
        await world.SendAsync();
        await world.SettleAsync();
        world.Time.Advance(Minute);
        await world.BeatAsync();
        var filled = await client.ReadAsync(order);
        ((string)filled["status"]!, (string)filled["fromTokenAmountSpent"]!).ShouldBe(("filled", "12"));
        (await world.ScalarAsync($"SELECT count(*) FROM simulator.swaps WHERE owner = '{client.Account}'")).ShouldBe(2);
    }

    [Fact]
    public async Task A_limit_order_is_filled_at_its_rate_or_expires_and_is_refunded()
    {
        await using var world = await PanoraWorld.StartAsync();
        var client = await world.ClientAsync();
        var filled = await client.CreateLimitAsync();
        var waiting = await client.CreateLimitAsync(
            b => (b["rateToTokenPerFromToken"], b["expiry"]) = ("1000", new JsonObject { ["value"] = "1", ["timePeriod"] = "hour" }));
        ((string)waiting["expiresAtTime"]!, (string)waiting["rateToTokenPerFromToken"]!,
            (string)waiting["expiry"]!["timePeriod"]!).ShouldBe(("2026-03-04T13:00:00.000Z", "1000", "hour"));
        await world.BeatAsync(TimeSpan.FromHours(1));
        ((string)(await client.ReadAsync(filled, "limit"))["status"]!).ShouldBe("filled");
        ((string)(await client.ReadAsync(waiting, "limit"))["status"]!).ShouldBe("active");
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var unswept = await client.ReadAsync(waiting, "limit"); // no sweep has written it yet
        ((string)unswept["status"]!, (string)unswept["reason"]!, (string)unswept["fromTokenAmountWithdrawn"]!,
            (string)unswept["fromTokenAmountBalance"]!).ShouldBe(("refunded", "expired", "1", "0"));
        (await client.CancelAsync(waiting, "limit")).Status.ShouldBe(409);
        await world.BeatAsync();
        var refunded = await client.ReadAsync(waiting, "limit");
        ((string)refunded["status"]!, (string)refunded["fromTokenAmountWithdrawn"]!).ShouldBe(("refunded", "1"));
        refunded["txDetails"]!.AsArray().Select(d => (string)d!["type"]!).ShouldBe(["created", "attempted", "cancelled"]);
        ((string)refunded["txDetails"]![2]!["reason"]!).ShouldBe("expired");
    }

    [Fact]
    public async Task An_order_whose_parts_fail_is_refunded_and_its_history_says_why()
    {
        await using var world = await PanoraWorld.StartAsync();
        var client = await world.ClientAsync();
        var order = await client.CreateAsync(b => b["numberOfOrders"] = 3);
        await world.BeatAsync(Minute);
        (await world.ScalarAsync($"WITH gone AS (DELETE FROM account_keys k USING accounts a WHERE a.id = k.account_id AND a.address = '{client.Account}' RETURNING 1) SELECT count(*) FROM gone")).ShouldBe(1);
        await world.RestartAsync(); // it had read the key before
        await world.BeatAsync(Minute);
        var failing = await client.ReadAsync(order);
        ((string)failing["status"]!, (string)failing["fromTokenAmountWithdrawn"]!, (string)failing["fromTokenAmountBalance"]!,
            (int)failing["numberOfOrdersRemaining"]!).ShouldBe(("active", "4", "4", 1));
        await world.BeatAsync(Minute);
        var refunded = await client.ReadAsync(order);
        ((string)refunded["status"]!, (string)refunded["fromTokenAmountSpent"]!, (string)refunded["fromTokenAmountWithdrawn"]!,
            (string)refunded["fromTokenAmountBalance"]!, (string)refunded["reason"]!).ShouldBe(("refunded", "4", "8", "0", "parts_failed"));
        var details = refunded["txDetails"]!.AsArray();
        details.Select(d => $"{d!["type"]} {d["txNumber"]} {d["fromTokenAmount"]} {d["reason"]}".TrimEnd())
            .ShouldBe(
                ["created 0 12", "filled 1 4", "failed 2 4 unknown_account", "failed 3 4 unknown_account", "cancelled 0 8 parts_failed"]);
        (await world.LedgerAsync((string)order["panoraTxId"]!)).ShouldBe((12_000_000, 4_000_000, 0, 8_000_000));
    }

    [Fact]
    public async Task Amounts_in_dollars_come_from_the_prices_of_their_time()
    {
        await using var world = await PanoraWorld.StartAsync();
        var client = await world.ClientAsync();
        await Until.Async(() => world.ScalarAsync("SELECT count(*) FROM price_points"), count => count > 0);
        var order = await client.CreateAsync(b => b["numberOfOrders"] = 1);
        await world.BeatAsync(TimeSpan.FromDays(1));
        var filled = (await client.ReadAsync(order))["txDetails"]![1]!;
        ((string)filled["fromTokenAmountUSD"]!)[..3].ShouldBeOneOf("11.", "12.");
        ((string)filled["toTokenAmountUSD"]!)[..3].ShouldBeOneOf("11.", "12.", "13.");
        ((string)filled["feeTokenAmountUSD"]!).ShouldBe("0");
    }

    private static string Sum(IEnumerable<JsonNode?> details, string name)
    {
        var sum = TokenAmount.Zero;
        foreach (var detail in details)
        {
            HumanAmount.Read((string)detail![name]!, 6, out var amount).ShouldBe(HumanAmountFault.None);
            sum += amount;
        }
        return sum.ToWhole(6);
    }
}
