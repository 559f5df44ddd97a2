using OrderService.Tests.Reliability;

namespace OrderService.Tests.Simulation;

/// <summary>
/// The same seeds with calls of an account for most of their orders: several stand in its queue and a payer's at once, while the node
/// loses, refuses and forgets them, and each swaps once.
/// </summary>
[Trait(TestScale.Trait, "sim")]
public sealed class CallSimulationTests
{
    private static readonly int SeedsCount = TestScale.Full ? 10_000 : 40;

    [Fact]
    public async Task No_order_of_steps_swaps_a_call_twice_or_leaves_one_waiting_for_ever()
    {
        var run = await SeedRun.RunAsync(SeedsCount, PlayMix.Calls);
        run.Count.ShouldBe(TestScale.Seeds(SeedsCount).Length);
        run.Called.ShouldBeGreaterThan(run.Count);
        Tally.Add("simulation", "seeds of two engines with calls of accounts", run.Count,
            $"{run.Sends} sends, {run.Called} swaps by calls");
    }
}
