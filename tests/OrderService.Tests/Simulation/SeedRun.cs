namespace OrderService.Tests.Simulation;

/// <summary>
/// Seeds one after the other, a few side by side, each over the empty store: none may tell of what must never have happened.
/// </summary>
internal sealed class SeedRun
{
    /// <summary>How many steps each of them has.</summary>
    public const int Steps = 60;

    // A seed takes one step at a time, and waits in each for the store.
    private const int SideBySide = 3;

    private int _count;
    private int _sends;
    private int _swaps;
    private int _called;

    /// <summary>How many seeds ran.</summary>
    public int Count => _count;

    /// <summary>What they sent.</summary>
    public int Sends => _sends;

    /// <summary>What was swapped.</summary>
    public int Swaps => _swaps;

    /// <summary>Swaps that accounts called for.</summary>
    public int Called => _called;

    /// <summary>Runs seeds until there is no next one.</summary>
    public static async Task<SeedRun> RunAsync(Func<int?> next, PlayMix mix)
    {
        var run = new SeedRun();
        await Task.WhenAll(Enumerable.Range(0, SideBySide).Select(_ => run.RunSomeAsync(next, mix)));
        return run;
    }

    /// <summary>Runs the seeds of the share.</summary>
    public static Task<SeedRun> RunAsync(int seedsCount, PlayMix mix)
    {
        var (seeds, last) = (TestScale.Seeds(seedsCount), -1);
        return RunAsync(() => Interlocked.Increment(ref last) is var at && at < seeds.Length ? seeds[at] : null, mix);
    }

    private async Task RunSomeAsync(Func<int?> next, PlayMix mix)
    {
        await using var store = await SimulationStore.CreateAsync();
        while (next() is { } seed)
        {
            var story = await store.RunAsync(seed, Steps, mix);
            if (story.Crimes.Count > 0)
                (await store.RunAsync(seed, Steps, mix)).Trace.ShouldBe(story.Trace, $"the seed does not repeat itself: {story}");
            story.Crimes.ShouldBeEmpty(story.ToString());
            Interlocked.Increment(ref _count);
            Interlocked.Add(ref _sends, story.Sends);
            Interlocked.Add(ref _swaps, story.Swaps);
            Interlocked.Add(ref _called, story.Called);
        }
    }
}
