using OrderService.Tests.Reliability;

namespace OrderService.Tests.Simulation;

/// <summary>
/// The same seeds with groups for most of their orders: two legs that cancel each other are never both in flight or swapped, and none waits
/// for ever.
/// </summary>
[Trait(TestScale.Trait, "sim")]
public sealed class GroupSimulationTests
{
    private const int SeedsMax = 200;
    private static readonly int SeedsCount = TestScale.Full ? 10_000 : SeedsMax;
    private static readonly int OfAccounts = TestScale.Full ? 10_000 : 60;

    [Fact]
    public Task No_order_of_steps_swaps_two_legs_or_leaves_one_asleep() =>
    RunAsync(PlayMix.Groups, SeedsCount, "seeds of two engines with groups");

    [Fact]
    public Task No_order_of_steps_sends_a_leg_of_an_account_for_which_nothing_is_set_aside() =>
    RunAsync(PlayMix.AccountGroups, OfAccounts, "seeds of two engines with groups of accounts");

    private static async Task RunAsync(PlayMix mix, int count, string what)
    {
        var run = await SeedRun.RunAsync(count, mix);
        run.Count.ShouldBe(TestScale.Seeds(count).Length);
        run.Swaps.ShouldBeGreaterThan(run.Count);
        Tally.Add("simulation", what, run.Count, $"{run.Sends} sends, {run.Swaps} swaps");
    }

    [Fact]
    public async Task An_engine_that_does_not_look_at_the_slot_is_found()
    {
        var mutation = SqlMutation.Of("the slot");
        await using var store = await SimulationStore.CreateAsync(mutation);
        foreach (var seed in SimulationTests.Seeds(likely: 91))
        {
            var story = await store.RunAsync(seed, SeedRun.Steps, PlayMix.Groups);
            if (story.Crimes.Count == 0) continue;
            story.Crimes.ShouldContain(crime => crime.Contains(mutation.Crime, StringComparison.Ordinal), story.ToString());
            mutation.Count.ShouldBeGreaterThan(0);
            Tally.Add("simulation", "without the slot", 1, $"found by seed {seed}: {story.Crimes[0]}");
            return;
        }
        throw new InvalidOperationException($"{SeedsMax} seeds did not find that the slot is not looked at");
    }
}
