using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// A TWAP on the real Clarity VM, on a clock of the test's: slice after slice along its curve, each with a uuid of its own, to the last
/// unit.
/// </summary>
[Collection(HandMinedDevnet.Name)]
public sealed class DevnetCurveTests(DevnetFixture fixture)
{
    [Fact]
    public async Task A_twap_swaps_its_slices_along_the_curve_to_the_last_unit()
    {
        await using var world = await StacksWorld.StartAsync(fixture);
        var asked = CurveCrashTests.Asked(400);
        var order = await DevnetCurves.PlaceAsync(world, asked);
        var plan = asked.PlanOf(order.Curve!.Curve);
        for (var beat = 0; beat < 60 && await world.ScalarAsync("SELECT count(*) FROM orders WHERE ended_at IS NULL") > 0; beat++)
        {
            await world.BeatAsync();
            var done = new TokenAmount((UInt128)(await DevnetCurves.SwappedAsync(world, order)).Spent);
            done.ShouldBeLessThanOrEqualTo(CurveCrashTests.MostAt(plan, order.Curve.Time.At(world.Time.GetUtcNow())));
        }
        var (swaps, spent) = await DevnetCurves.SwappedAsync(world, order);
        spent.ShouldBe((long)(ulong)asked.Target.Units);
        swaps.ShouldBeInRange(18, 20); // a beat of ten seconds may take what two slices would have been
        await CurveCrashTests.JudgeAsync(world.Get<Npgsql.NpgsqlDataSource>(), order, asked, swaps, spent);
        (await world.ScalarAsync("SELECT count(*) FROM orders WHERE status = 'completed' AND reason IS NULL")).ShouldBe(1);
    }
}
