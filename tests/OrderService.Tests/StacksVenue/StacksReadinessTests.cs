using System.Text.Json;
using System.Text.Json.Nodes;
using OrderService.Engine.Telemetry;
using OrderService.Venues.Stacks;

namespace OrderService.Tests.StacksVenue;

/// <summary>What an operator sees of the chain, and when a node of the service says that it cannot work.</summary>
[Collection(HandMinedDevnet.Name)]
public sealed class StacksReadinessTests(DevnetFixture fixture)
{
    [Fact]
    public async Task The_node_its_tip_and_every_account_are_shown()
    {
        await using var world = await StacksWorld.StartAsync(fixture, solvers: 2);
        for (var i = 0; i < 3; i++) // each send by itself, since what is sent together stands with one account
        {
            await world.CreateAsync();
            await world.SendAsync();
        }
        world.Time.Advance(TimeSpan.FromSeconds(30));
        await world.KeepNoncesAsync();

        var (isReady, why, detail) = await AskAsync(world);
        (isReady, why).ShouldBe((true, null));
        ((long)detail["node"]!["tipHeight"]!).ShouldBe(await world.Devnet.HeightAsync());
        ((long)detail["node"]!["answeredSecondsAgo"]!).ShouldBe(0);
        var solvers = (JsonArray)detail["solvers"]!;
        solvers.Select(s => (string)s!["solver"]!).ShouldBe(world.Router.Solvers.Select(s => s.ToString()));
        solvers.Sum(s => (int)s!["inFlight"]!).ShouldBe(3);
        solvers.ShouldAllBe(
            s => (int)s!["nonceGaps"]! == 0 && (long)s["oldestUnsettledSeconds"]! == 30 && (string?)s["balance"] == "1000000000000");
        solvers.Select(s => long.Parse((string)s!["transactionsLeft"]!, System.Globalization.CultureInfo.InvariantCulture))
            .ShouldAllBe(left => left > 100_000_000);
    }

    [Fact]
    public async Task O9_All_that_was_sent_is_counted_withdrawals_and_nonce_fills_too()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        await world.KeepNoncesAsync();
        await world.CreateAsync();
        await world.SendAsync();
        var at = world.Time.GetUtcNow().AddSeconds(-40.5).UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        var account = Guid.NewGuid();
        await world.ScalarAsync($"INSERT INTO accounts (id, owner, name, address, created_at) VALUES ('{account}', '{world.Owner}', 'one', '{world.Owner}', now()) RETURNING 0");
        await world.ScalarAsync($"INSERT INTO withdrawals (id, account_id, token, amount, recipient, intent_uuid, status, tries, tx_id, created_at, is_final) VALUES ('{account}', '{account}', 't', 1, '{world.Owner}', '{account}', 'sent', 1, 'w', now(), false) RETURNING 0");
        await world.ScalarAsync($"INSERT INTO outgoing_transactions (purpose, status, withdrawal_id, tx_id, raw, solver, nonce, fee, sends_count, prepared_at, last_sent_at, is_final) SELECT 'withdrawal', 'sent', '{account}', 'w', '', address, 1, 1, 1, now(), now(), false FROM solvers RETURNING 0");
        await world.ScalarAsync($"INSERT INTO outgoing_transactions (purpose, status, solver, nonce, tx_id, raw, fee, sends_count, prepared_at, last_sent_at, is_final) SELECT 'fill', 'sent', address, 2, 'f', '', 1, 1, '{at}', now(), false FROM solvers RETURNING 0");
        var solver = (await AskAsync(world)).Detail["solvers"]!.AsArray().Single()!;
        ((int)solver["inFlight"]!, (long)solver["oldestUnsettledSeconds"]!).ShouldBe((3, 40L));
    }

    [Fact]
    public async Task Before_the_first_answer_after_a_long_silence_and_on_an_old_tip_it_is_not_ready()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        await world.KeepNoncesAsync();
        (await AskAsync(world)).IsReady.ShouldBeTrue();
        world.Time.Advance(TimeSpan.FromSeconds(61));
        var (isReady, why, _) = await AskAsync(world);
        (isReady, why).ShouldBe((false, "the node does not answer"));
        for (var i = 0; i < 62; i++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(1));
            await world.KeepNoncesAsync();
        }
        (await AskAsync(world)).Why.ShouldBe("the chain's tip is old");
        await world.Devnet.MineAsync();
        await world.KeepNoncesAsync();
        (await AskAsync(world)).IsReady.ShouldBeTrue();
    }

    private static async Task<(bool IsReady, string? Why, JsonNode Detail)> AskAsync(StacksWorld world)
    {
        var result = await world.Get<StacksReadiness>().Check.Check(CancellationToken.None);
        return (result.IsReady, result.Why, JsonSerializer.SerializeToNode(result.Detail)!);
    }
}
