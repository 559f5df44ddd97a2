using Npgsql;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Reliability;

/// <summary>
/// A process that stands still in the middle of an execution (SIGSTOP), whose claims another process takes over, and that then goes on as
/// if nothing had been.
/// </summary>
[Collection(Processes.Name)]
[Trait(TestScale.Trait, "load")]
public sealed class StoppedProcessTests
{
    private static readonly int RoundsCount = TestScale.Full ? 20 : 1;
    private static readonly TimeSpan TakeOverLimit = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("execute.claim", "stop")]
    [InlineData("execute.quote", "start")]
    [InlineData("execute.commit", "start")]
    [InlineData("execute.commit", "stop")]
    public async Task What_was_taken_over_is_swapped_once_and_what_was_cancelled_never(string step, string edge)
    {
        var cancelled = 0;
        for (var round = 1; round <= RoundsCount; round++) cancelled += await RunAsync(new KillPoint(step, edge, 1, KillPoint.Stop));
        Tally.Add("SIGSTOP and SIGCONT", $"{step}:{edge}", RoundsCount,
            $"6 orders each, {cancelled} cancelled while the holder stood still");
    }

    private static async Task<int> RunAsync(KillPoint point)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var sleeper = await ServiceProcess.StartAsync(database.ConnectionString, point, ("Execution__Workers", "1"));
        // Due all at once, and only when their creates are answered, so that the process stands still with some of them in its hands.
        var orders = Enumerable.Range(0, 6).Select(_ => Wallet.DueOrder(DateTimeOffset.UtcNow.AddHours(1))).ToArray();
        foreach (var order in orders) (await sleeper.CreateAsync(order))!.Status.ShouldBe(200);
        sleeper.Arm();
        await Verdict.CountAsync(source,
            "WITH due AS (UPDATE slices SET not_before = now(), wake_at = now() RETURNING 1) SELECT count(*) FROM due");
        await sleeper.WaitUntilStoppedAsync(TakeOverLimit);

        await using var other = await ServiceProcess.StartAsync(database.ConnectionString);
        var cancels = await Task.WhenAll(orders[..3].Select(o => other.CancelAsync(o.Uuid)));
        (await Verdict.AwaitEndAsync(source, TakeOverLimit)).ShouldBeTrue($"the other process did not take over\n{other.Output}");
        var swapsBefore = await Verdict.CountAsync(source, "SELECT count(*) FROM simulator.swaps");
        sleeper.Continue();
        await AwaitTicksAsync(sleeper);

        (await Verdict.FindAsync(source)).ShouldBeEmpty();
        var granted = orders[..3].Where((_, i) => cancels[i]?.Status == 200).Select(o => o.Uuid).ToArray();
        cancels.ShouldAllBe(c => c != null && (c.Status == 200 || c.Status == 409 || c.Code == "order_not_open"));
        (await Verdict.ReadAsync(source, "SELECT uuid FROM orders WHERE status = 'cancelled'")).ShouldBe(granted, ignoreOrder: true);
        (await Verdict.ReadAsync(source, "SELECT uuid FROM simulator.swaps")).ShouldBe(orders.Select(o => o.Uuid).Except(granted),
            ignoreOrder: true);
        (await Verdict.CountAsync(source, "SELECT count(*) FROM simulator.swaps")).ShouldBe(swapsBefore);
        return granted.Length;
    }

    // It serves again and has had its heartbeat several times over.
    private static async Task AwaitTicksAsync(ServiceProcess sleeper)
    {
        var before = await sleeper.PassesAsync("tick");
        await Until.Async(() => sleeper.PassesAsync("tick"), passes => passes >= before + 5);
        sleeper.HasExited.ShouldBeFalse(sleeper.Output);
    }
}
