using OrderService.Tests.Reliability;

namespace OrderService.Tests.StacksVenue;

/// <summary>
/// kill -9 of the service at every step of an execution while the chain goes wrong in every way it can; then a new process, while it still
/// does; then the ledger of the real VM is asked. One devnet serves all runs. Runs under the same fault go side by side, each with an
/// account of its own.
/// </summary>
[Collection(ChainProcesses.Name)]
[Trait(TestScale.Trait, "devnet")]
public sealed class DevnetCrashMatrixTests(DevnetCrashMatrixTests.Chain chain) : IClassFixture<DevnetCrashMatrixTests.Chain>
{
    private const int BlockMs = 250;
    private const int PassesPerBlock = 6; // of settlement, which makes one each tenth of a second and believes a status for three

    // A few cells of each of some faults, or all of them, twice.
    public static TheoryData<string, int, string> Batches()
    {
        var batches = new TheoryData<string, int, string>();
        KillPoint[] all = [.. KillPoint.Steps.SelectMany(step => KillPoint.Edges.Select(edge => new KillPoint(step, edge, 1)))];
        if (!TestScale.Full)
        {
            batches.Add("drop", 1, "execute.claim:stop execute.commit:stop execute.send:start");
            batches.Add("reject FeeTooLow", 1, "execute.quote:start execute.send:stop execute.settle:start");
            batches.Add("reorg", 1, "execute.commit:start execute.settle:stop execute.send:stop");
            batches.Add("away", 1, "execute.claim:start execute.quote:stop execute.commit:stop");
            return batches;
        }
        string[] halves = [.. all.Chunk(5).Select(half => string.Join(' ', half.Select(point => $"{point.Step}:{point.Edge}")))];
        var every = from seed in new[] { 1, 2 } from fault in DevnetFault.All from half in halves select (fault.Name, seed, half);
        foreach (var (fault, seed, half) in TestScale.Shared(every)) batches.Add(fault, seed, half);
        return batches;
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public async Task A_killed_service_swaps_every_acknowledged_order_once_whatever_the_chain_does(string fault, int seed, string points)
    {
        var (began, wrong) = (System.Diagnostics.Stopwatch.StartNew(), DevnetFault.All.Single(f => f.Name == fault));
        var random = new Random((seed * 7919) + points.Aggregate(fault.Length, (hash, letter) => unchecked((hash * 31) + letter)));
        var lanes = await Task.WhenAll(points.Split(' ').Select((point, number) => point.Split(':') is [var step, var edge]
            ? DevnetLane.CreateAsync(chain.Devnet, number, new KillPoint(step, edge, 1 + random.Next(3)), random.Next())
            : throw new FormatException(point)));
        try
        {
            var failures = await RunAsync(lanes, wrong, random, await chain.Devnet.HeightAsync());
            Tally.Add("devnet crash matrix", $"{fault}, {points}", lanes.Length,
                $"{lanes.Sum(lane => lane.OrdersCount)} orders, seed {seed}, {began.Elapsed.TotalSeconds:F0} s, {failures.Truth}");
            failures.Found.ShouldBeEmpty();
        }
        finally
        {
            foreach (var lane in lanes) await lane.DisposeAsync();
        }
    }

    private async Task<(List<string> Found, string Truth)> RunAsync(DevnetLane[] lanes, DevnetFault fault, Random random, long from)
    {
        var devnet = chain.Devnet;
        await AllAsync(lanes, lane => lane.StartToCrashAsync());
        var crash = AllAsync(lanes, lane => lane.CrashAsync());
        await fault.Begin(devnet, random);
        await crash;
        // In the long counts half of the batches crash again while they recover.
        if (TestScale.Full && random.Next(2) == 0)
        {
            await AllAsync(lanes, lane => lane.StartToCrashAsync());
            await AllAsync(lanes, lane => lane.CrashAsync());
        }
        await AllAsync(lanes, lane => lane.StartToStayAsync());
        if (fault.Blinds) await Task.WhenAll(AllAsync(lanes, lane => lane.GoOnAsync()), EndSoonAsync());
        await using var watch = new TruthWatch(devnet, lanes.Select(lane => lane.Database), from);
        await using var blocks = await PacedBlocks.StartAsync(devnet, BlockMs, PassesPerBlock, [.. lanes.Select(lane => lane.Service)],
            ["settlement"], () => watch.Looks);
        if (!fault.Blinds) await Task.WhenAll(AllAsync(lanes, lane => lane.GoOnAsync()), EndSoonAsync(), AgainAsync(fault, random));
        var found = (await Task.WhenAll(lanes.Select(lane => lane.JudgeAsync(mayFail: fault.Name == "reject FeeTooLow")))).SelectMany(
            some => some).ToList();
        found.AddRange(watch.Untrue(2));
        return (found, $"true within {watch.Longest} blocks");
    }

    private async Task EndSoonAsync()
    {
        await Task.Delay(1_500);
        await DevnetFault.EndAsync(chain.Devnet);
    }

    // The start of a process took longer than the blocks that make anything final, so this reorg is not deeper than the first.
    private Task AgainAsync(DevnetFault fault, Random random) =>
        fault.Name == "reorg" ? fault.Begin(chain.Devnet, random) : Task.CompletedTask;

    private static Task AllAsync(DevnetLane[] lanes, Func<DevnetLane, Task> step) => Task.WhenAll(lanes.Select(step));

    /// <summary>The devnet of all runs.</summary>
    public sealed class Chain : IAsyncLifetime
    {
        internal DevnetProcess Devnet { get; private set; } = null!;

        public async Task InitializeAsync() => Devnet = await DevnetProcess.StartAsync(BlockMs);

        public async Task DisposeAsync() => await Devnet.DisposeAsync();
    }
}
