using Npgsql;
using OrderService.Domain.Orders;
using OrderService.Tests.Ground;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// A TWAP on the real Clarity VM, whose service is killed -9 once at each step of an execution: no slice twice, and exact totals by the
/// VM's ledger.
/// </summary>
[Collection(ChainProcesses.Name)]
[Trait(TestScale.Trait, "tread")]
public sealed class DevnetCurveCrashTests(DevnetFixture fixture) : IClassFixture<DevnetFixture>
{
    private const int BlockMs = 250;
    private const int Seconds = 150;

    // Side by side: its seconds are real ones.
    [Fact]
    public async Task A_twap_of_twenty_slices_survives_a_kill_at_each_step_on_the_chain()
    {
        if (!TestScale.Full) return; // the same without a kill is in DevnetCurveTests
        var asked = CurveCrashTests.Asked(Seconds);
        var runs = new List<(StacksWorld World, Order Order, int Seed)>();
        try
        {
            for (var seed = 1; seed <= 5; seed++)
            {
                var world = await StacksWorld.StartAsync(fixture);
                runs.Add((world, await DevnetCurves.PlaceAsync(world, asked), seed));
            }
            await fixture.Devnet.AutoAsync(BlockMs);
            await Task.WhenAll(runs.Select(run => RunAsync(run.World, run.Order, asked, run.Seed)));
        }
        finally
        {
            await fixture.Devnet.AutoAsync(0);
            foreach (var run in runs) await run.World.DisposeAsync();
        }
    }

    // One slice after the other, so that no clock is part of it.
    [Fact]
    public async Task Slices_that_sell_STX_by_calls_survive_a_kill_at_each_step_on_the_chain()
    {
        var asked = CurveCrashTests.Asked(86_400) with { Pace = CurvePace.Uneven, SlicesMin = 8 };
        await using var world =
            await StacksWorld.StartAsync(fixture, settings: ("Stacks__OrderRouter", fixture.Devnet.Contract("order-router")));
        var order = await DevnetCurves.PlaceAsync(world, asked, isCalled: true);
        await fixture.Devnet.AutoAsync(BlockMs);
        try
        {
            await RunAsync(world, order, asked, seed: 7);
        }
        finally
        {
            await fixture.Devnet.AutoAsync(0);
        }
        (await world.ScalarAsync($"SELECT count(*) FROM (SELECT origin_nonce FROM attempts WHERE status IN ('confirmed', 'reverted') GROUP BY origin_nonce HAVING count(*) > 1) AS twice")).ShouldBe(0);
    }

    private static async Task RunAsync(StacksWorld world, Order order, CurveTerms asked, int seed)
    {
        var (connectionString, solver) = world.Place;
        (string, string)[] settings = [.. world.Devnet.Settings(1, DevnetLane.Confirmations, solver),
            ("Stacks__OrderRouter", world.Devnet.Contract("order-router")), .. DevnetLane.Pace];
        await using var source = NpgsqlDataSource.Create(connectionString);
        var kills = 0;
        foreach (var point in CurveCrashTests.Steps(new Random(seed)))
        {
            await using var service = await ServiceProcess.StartAsync(connectionString, point, settings);
            service.Arm();
            await Until.Async(async () => service.WasKilled || await CurveCrashTests.EndedAsync(source) ? 1 : 0, done => done == 1,
                Until.Limit);
            if (service.WasKilled) kills++;
        }
        await using var last = await ServiceProcess.StartAsync(connectionString, null, settings);
        await Until.Async(() => CurveCrashTests.EndedAsync(source), ended => ended, TimeSpan.FromMinutes(6));
        await Until.Async(() => Verdict.CountAsync(source, "SELECT count(*) FROM attempts WHERE NOT is_final"), left => left == 0);
        var (swaps, spent) = await DevnetCurves.SwappedAsync(world, order);
        kills.ShouldBeGreaterThan(0); // on a busy machine the order may end before all of them
        swaps.ShouldBeGreaterThan(0);
        await CurveCrashTests.JudgeAsync(source, order, asked, swaps, spent);
        Tally.Add("devnet curve", "a TWAP of 20 slices", 1, $"seed {seed}: {kills} kills, {swaps} swaps");
    }
}
