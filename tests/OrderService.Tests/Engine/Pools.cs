using System.Globalization;
using OrderService.Engine.Pricing;
using OrderService.Venues.Simulated;

namespace OrderService.Tests.Engine;

/// <summary>The pools of the simulated venue, moved by hand.</summary>
internal static class Pools
{
    /// <summary>
    /// Every pool as at the start, with so many times the CHA: a trade of somebody's who wants it cheap, or dear where it is less.
    /// </summary>
    public static async Task MoveAsync(EngineWorld world, int times, int by = 1)
    {
        var cha = world.Get<PriceBoard>().PricedAs(world.Sell).ToString();
        foreach (var (id, reserves) in world.Get<SimulatedWorld>().FirstReserves)
        {
            await world.ScalarAsync(string.Create(CultureInfo.InvariantCulture,
                $"""
                WITH moved AS (UPDATE simulator.pools SET
                    reserve_a = trunc({reserves.A} * (CASE WHEN token_a = '{cha}' THEN {times}::numeric / {by} ELSE 1 END)),
                    reserve_b = trunc({reserves.B} * (CASE WHEN token_b = '{cha}' THEN {times}::numeric / {by} ELSE 1 END)) WHERE id = '{id}')
                SELECT 0
                """));
        }
        world.Get<SimulatedReserves>().Invalidate();
    }
}
