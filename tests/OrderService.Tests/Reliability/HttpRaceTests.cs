using System.Collections.Concurrent;
using Npgsql;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Reliability;

/// <summary>
/// 64 cancels and executes of one order at once over HTTP, each with a message of its own, while one or two services tick every 50 ms.
/// </summary>
[Collection(Processes.Name)]
[Trait(TestScale.Trait, "races")]
public sealed class HttpRaceTests
{
    private const int CallsCount = 64;
    private static readonly int RoundsCount = TestScale.Full ? 1_000 : 20;

    private readonly RaceTally _tally = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_cancel_that_was_answered_200_is_never_followed_by_a_swap_and_nothing_is_swapped_twice(int servicesCount)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var services = await Task.WhenAll(Enumerable.Range(0, servicesCount).Select(_ =>
            ServiceProcess.StartAsync(database.ConnectionString, null, ("Pricing__PollInterval", "00:00:00.05"),
                ("Execution__BatchMax", "64"))));
        foreach (var service in services) await service.PricesAsync();
        var failures = new List<string>();
        for (var seed = 1; seed <= RoundsCount; seed++) failures.AddRange(await RunAsync(services, source, seed));
        (await Verdict.AwaitEndAsync(source, Until.Limit)).ShouldBeTrue();
        failures.AddRange(await Verdict.FindAsync(source));
        foreach (var service in services) await service.DisposeAsync();
        failures.ShouldBeEmpty();
        Tally.Add("races, HTTP", $"{servicesCount} processes", RoundsCount, _tally.ToString());
        _tally.Cancelled.ShouldBeGreaterThan(0);
        _tally.Swapped.ShouldBeGreaterThan(0);
    }

    private async Task<List<string>> RunAsync(ServiceProcess[] services, NpgsqlDataSource source, int seed)
    {
        var random = new Random(seed);
        var order = Wallet.DueOrder(DateTimeOffset.UtcNow.AddMilliseconds(random.Next(150)));
        (await services[0].CreateAsync(order))!.Status.ShouldBe(200);
        var (cancels, executes) = (new ConcurrentQueue<Answer>(), new ConcurrentQueue<Answer>());
        var cancelsCount = random.Next(1, 8);
        await Task.WhenAll(Enumerable.Range(0, CallsCount).Select(async i =>
        {
            var (service, delay) = (services[random.Next(services.Length)], random.Next(100));
            await Task.Delay(delay);
            if (i < cancelsCount) cancels.Enqueue((await service.CancelAsync(order.Uuid))!);
            else executes.Enqueue((await service.ExecuteAsync(order.Uuid))!);
        }));
        var ended = $"SELECT count(*) FROM orders WHERE uuid = '{order.Uuid}' AND ended_at IS NOT NULL";
        await Until.Async(() => Verdict.CountAsync(source, ended), count => count > 0);
        var swaps = await Verdict.CountAsync(source, $"SELECT count(*) FROM simulator.swaps WHERE uuid = '{order.Uuid}'");
        return [.. Judge(cancels, executes, swaps).Select(failure => $"round {seed}: {failure}")];
    }

    private List<string> Judge(IReadOnlyCollection<Answer> cancels, IReadOnlyCollection<Answer> executes, long swaps)
    {
        var (granted, txIds) = (cancels.Count(c => c.Status == 200), executes.Where(e => e.Status == 200).Select(e => e.TxId).ToList());
        var failures = new List<string>();
        if (granted > 0 && swaps > 0) failures.Add($"{granted} cancels were granted and {swaps} swaps followed");
        if (granted == 0 && swaps != 1) failures.Add($"{swaps} swaps without a granted cancel");
        if (granted > 1) failures.Add($"{granted} cancels were granted");
        if (txIds.Distinct().Count() > 1) failures.Add($"executes were answered with {string.Join(", ", txIds.Distinct())}");
        if (txIds.Count > 0 && granted > 0) failures.Add("a cancel and an execute were both granted");
        failures.AddRange(cancels.Concat(executes).Where(a => a.Status is not (200 or 400 or 409)).Select(a => $"an answer was {a}")
            .Take(3));
        if (granted > 0) _tally.Cancelled++;
        if (swaps > 0) _tally.Swapped++;
        if (txIds.Count > 0) _tally.Executed++;
        return failures;
    }
}
