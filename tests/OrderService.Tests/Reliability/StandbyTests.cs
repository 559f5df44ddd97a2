using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Reliability;

/// <summary>
/// A store with a synchronous standby that stands still, and a primary that is then killed: whatever was answered with success is there
/// after the failover, also where the answer rests on what another request committed before.
/// </summary>
[Collection(Processes.Name)]
public sealed class StandbyTests
{
    private const int ClientsCount = 4;

    [LocalPostgresFact]
    public async Task No_success_is_lost_with_the_primary()
    {
        await using var pair = await StandbyPair.StartAsync();
        await using var service = await ServiceProcess.StartAsync(pair.ConnectionString, null, ("Store__AnswerWithin", "00:00:03"));
        await pair.WaitForStandbyAsync();
        var (cancelled, unknown) = (Wallet.ManualOrder(), Wallet.ManualOrder());
        await Until.Async(() => service.CreateAsync(cancelled), answer => answer is { Status: 200 });

        pair.Stop(isStopped: true);
        (await service.CreateAsync(unknown))!.Status.ShouldBe(503, service.Output);
        (await service.CancelAsync(cancelled.Uuid))!.Status.ShouldBe(503, service.Output);
        // The primary has both by now, and the standby neither: to say so again would be as wrong as it was the first time.
        // (It is there once the server has ended its wait, which it is told to after the answer.)
        await Until.Async(() => service.ReadAsync(unknown.Uuid), answer => answer is { Status: 200 });
        (await service.CreateAsync(unknown))!.Status.ShouldBe(503, service.Output);
        (await service.CancelAsync(cancelled.Uuid))!.Status.ShouldBe(503, service.Output);

        pair.Stop(isStopped: false);
        await Until.Async(() => service.CreateAsync(unknown), answer => answer is { Status: 200 });
        // by the first of the three
        await Until.Async(() => service.CancelAsync(cancelled.Uuid), answer => answer is { Code: "order_not_open" });

        var acknowledged = new System.Collections.Concurrent.ConcurrentBag<string>();
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, ClientsCount).Select(_ => CreateAsync(service, acknowledged, stop.Token)).ToArray();
        await Until.Async(() => Task.FromResult(acknowledged.Count), count => count > 100);
        pair.KillPrimary();
        await pair.PromoteAsync();
        var before = acknowledged.Count;
        await Until.Async(() => Task.FromResult(acknowledged.Count), count => count > before + 20);
        await stop.CancelAsync();
        await Task.WhenAll(clients);

        foreach (var uuid in acknowledged.Append(unknown.Uuid))
            (await ReadAsync(service, uuid)).Status.ShouldBe(200, $"{uuid} is lost\n{service.Output}");
        ((string?)(await ReadAsync(service, cancelled.Uuid)).Body!["data"]!["status"]).ShouldBe("cancelled");
        Tally.Add("failover", "standby stopped, primary killed, standby promoted", 1,
            $"{acknowledged.Count} creates acknowledged, {before} of them before, none lost");
    }

    [LocalPostgresFact]
    public async Task A_primary_that_answers_nothing_holds_up_nobody_once_another_takes_writes()
    {
        await using var pair = await StandbyPair.StartAsync();
        await using var service = await ServiceProcess.StartAsync(pair.ConnectionString, null, ("Store__AnswerWithin", "00:00:05"));
        await pair.WaitForStandbyAsync();
        await Until.Async(() => service.CreateAsync(Wallet.ManualOrder()), answer => answer is { Status: 200 });
        pair.StopPrimary();
        await pair.PromoteAsync();
        // One after the other: were each to wait for the first server, the limit would pass long before.
        var taken = 0;
        await Until.Async(
            async () => taken += await service.CreateAsync(Wallet.ManualOrder()) is { Status: 200 } ? 1 : 0, count => count >= 50);
    }

    [LocalPostgresFact]
    public async Task A_server_that_is_a_standby_has_no_word_on_what_others_have()
    {
        await using var pair = await StandbyPair.StartAsync();
        await using var standby = NpgsqlDataSource.Create(pair.StandbyConnectionString);
        var barrier = new StandbyBarrier(standby, Options.Create(new StoreOptions()), TimeProvider.System);
        await Should.ThrowAsync<TimeoutException>(() => barrier.PassAsync(CancellationToken.None));
        await pair.PromoteAsync();
        await barrier.PassAsync(CancellationToken.None);
    }

    // A machine that stood still for longer than a statement may take has lost nothing.
    private static async Task<Answer> ReadAsync(ServiceProcess service, string uuid) =>
        (await Until.Async(() => service.ReadAsync(uuid), answer => answer is { Status: not 503 }))!;

    private static async Task CreateAsync(
        ServiceProcess service, System.Collections.Concurrent.ConcurrentBag<string> acknowledged, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var order = Wallet.ManualOrder();
            if (await service.CreateAsync(order) is { Status: var status } answer)
            {
                new[] { 200, 503 }.ShouldContain(status, answer.ToString());
                if (status == 200) acknowledged.Add(order.Uuid);
            }
        }
    }
}
