using System.Text.Json.Nodes;

namespace OrderService.Tests.Panora;

/// <summary>A part whose transactions abort: how long it is tried, and what becomes of the rest.</summary>
public sealed class PartTriesTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task M9_A_part_that_aborts_three_times_within_a_moment_is_swapped_before_the_next_ones_turn()
    {
        await using var world = await PanoraWorld.StartAsync();
        var client = await world.ClientAsync();
        var order = await client.CreateAsync(Six);
        await RunAsync(world, client, TimeSpan.FromMinutes(6), tries => tries <= 3);
        var filled = await client.ReadAsync(order);
        ((string)filled["status"]!, (string)filled["fromTokenAmountSpent"]!).ShouldBe(("filled", "6"));
        Types(filled)
            .ShouldBe(
                ["created 0", "failed 1", "failed 1", "failed 1", "filled 1", "filled 2", "filled 3", "filled 4", "filled 5", "filled 6"]);
        At(filled["txDetails"]![4]!).ShouldBeLessThan(At(filled["txDetails"]![0]!) + Minute);
    }

    [Fact]
    public async Task M9_A_part_that_keeps_aborting_is_given_up_when_the_next_one_has_its_turn_and_the_rest_goes_on()
    {
        await using var world = await PanoraWorld.StartAsync();
        var client = await world.ClientAsync();
        var order = await client.CreateAsync(Six);
        await RunAsync(world, client, TimeSpan.FromMinutes(7), _ => true);
        var refunded = await client.ReadAsync(order);
        ((string)refunded["status"]!, (string)refunded["fromTokenAmountSpent"]!, (string)refunded["fromTokenAmountWithdrawn"]!,
            (string)refunded["fromTokenAmountBalance"]!).ShouldBe(("refunded", "5", "1", "0"));
        // Tried at once and after 5, 15 and 35 s: each pause is twice the one before, and the last reaches to the next one's turn.
        Types(refunded)
            .ShouldBe(["created 0", "failed 1", "failed 1", "failed 1", "failed 1", "filled 2", "filled 3", "filled 4", "filled 5",
                "filled 6", "cancelled 0"]);
        var began = At(refunded["txDetails"]![0]!);
        refunded["txDetails"]!.AsArray().Skip(5).Take(5).Select((filled, i) => At(filled!) - began - ((i + 1) * Minute))
            .ShouldAllBe(late => late >= TimeSpan.Zero && late < 3 * Step);
        (await world.LedgerAsync((string)order["panoraTxId"]!)).ShouldBe((6_000_000, 5_000_000, 0, 1_000_000));
    }

    [Fact]
    public async Task M9_A_part_that_was_late_already_has_a_whole_turn_all_the_same_and_the_last_one_has_one_too()
    {
        await using var world = await PanoraWorld.StartAsync();
        var client = await world.ClientAsync();
        var order = await client.CreateAsync(b => (b["numberOfOrders"], b["fromTokenAmount"]!["value"]) = (1, "1"));
        world.Time.Advance(TimeSpan.FromMinutes(10));
        await RunAsync(world, client, Minute, tries => tries <= 3);
        var filled = await client.ReadAsync(order);
        ((string)filled["status"]!).ShouldBe("filled");
        Types(filled).ShouldBe(["created 0", "failed 1", "failed 1", "failed 1", "filled 1"]);
    }

    private static void Six(JsonObject body) => (body["numberOfOrders"], body["fromTokenAmount"]!["value"]) = (6, "6");

    // The first part aborts as often as the test says: its account is emptied while its transaction is mined.
    private static async Task RunAsync(PanoraWorld world, PanoraClient client, TimeSpan time, Func<int, bool> aborts)
    {
        var tries = 0;
        for (var passed = TimeSpan.Zero; passed <= time; passed += Step)
        {
            await world.SendAsync();
            var isFirst = await world.ScalarAsync(
                "SELECT count(*) FROM attempts WHERE slice_number = 1 AND kind = 'swap' AND status IN ('prepared', 'sent')") == 1;
            if (isFirst && aborts(++tries)) await world.MineAbortAsync(client.Account);
            else await world.SettleAsync();
            world.Time.Advance(Step);
        }
    }

    private static List<string> Types(JsonNode order) => [.. order["txDetails"]!.AsArray().Select(d => $"{d!["type"]} {d["txNumber"]}")];

    private static DateTimeOffset At(JsonNode detail) =>
        DateTimeOffset.Parse((string)detail["time"]!, System.Globalization.CultureInfo.InvariantCulture);
}
