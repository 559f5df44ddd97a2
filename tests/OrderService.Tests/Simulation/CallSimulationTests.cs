using System.Collections.Concurrent;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.Simulation;

/// <summary>
/// The same seeds with calls of an account for most of their orders: several stand in its queue and a payer's at once, while the node
/// loses, refuses and forgets them, and each swaps once.
/// </summary>
[Trait(TestScale.Trait, "sim")]
public sealed class CallSimulationTests
{
    private const int Steps = 60;
    private const int SideBySide = 2;
    private static readonly int SeedsCount = TestScale.Full ? 10_000 : 40;

    [Fact]
    public async Task No_order_of_steps_swaps_a_call_twice_or_leaves_one_waiting_for_ever()
    {
        var (sends, called) = (0, 0);
        var seeds = new ConcurrentQueue<int>(TestScale.Seeds(SeedsCount));
        var count = seeds.Count;
        await Task.WhenAll(Enumerable.Range(0, SideBySide).Select(async _ =>
        {
            await using var store = await SimulationStore.CreateAsync();
            while (seeds.TryDequeue(out var seed))
            {
                var story = await store.RunAsync(seed, Steps, PlayMix.Calls);
                if (story.Crimes.Count > 0)
                {
                    (await store.RunAsync(seed, Steps, PlayMix.Calls)).Trace.ShouldBe(story.Trace,
                        $"the seed does not repeat itself: {story}");
                }
                story.Crimes.ShouldBeEmpty(story.ToString());
                Interlocked.Add(ref sends, story.Sends);
                Interlocked.Add(ref called, story.Called);
            }
        }));
        called.ShouldBeGreaterThan(count);
        Tally.Add("simulation", "seeds of two engines with calls of accounts", count, $"{sends} sends, {called} swaps by calls");
    }
}
