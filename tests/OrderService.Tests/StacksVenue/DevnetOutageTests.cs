using System.Text.Json.Nodes;
using Npgsql;
using OrderService.Tests.Ground;
using OrderService.Tests.Reliability;

namespace OrderService.Tests.StacksVenue;

/// <summary>A node that fails in part: what it still answers is used.</summary>
[Collection(ChainProcesses.Name)]
public sealed class DevnetOutageTests
{
    [Fact]
    public async Task Answers_are_used_where_half_of_the_requests_fail()
    {
        await using var devnet = await DevnetProcess.StartAsync(blockMs: 300);
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var service = await ServiceProcess.StartAsync(database.ConnectionString, null,
            [.. devnet.Settings(confirmations: 2), ("Stacks__StatusMaxAge", "00:00:00")]);
        await devnet.AutoAsync(0);
        for (var i = 0; i < 20; i++) (await service.CreateAsync(devnet.Wallet().DueOrder()))!.Status.ShouldBe(200);
        await Until.Async(() => Verdict.CountAsync(source, "SELECT count(*) FROM attempts WHERE status = 'sent'"), sent => sent == 20);

        await devnet.FaultsAsync(new JsonObject { ["match"] = "tx", ["kind"] = "error", ["probability"] = 0.5 });
        await devnet.AutoAsync(300);

        (await Verdict.AwaitEndAsync(source, Until.Limit)).ShouldBeTrue(service.Output);
        (await DevnetVerdict.FindAsync(source, devnet, 0, TimeSpan.FromMinutes(1))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_send_that_hangs_does_not_hold_up_settlement()
    {
        await using var devnet = await DevnetProcess.StartAsync(blockMs: 0);
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var service = await ServiceProcess.StartAsync(database.ConnectionString, null,
            [.. devnet.Settings(solvers: 2), ("Stacks__RequestTimeout", "00:01:00"), ("Execution__SendTimeout", "00:01:00")]);
        (await service.CreateAsync(devnet.Wallet().DueOrder()))!.Status.ShouldBe(200);
        await Until.Async(() => Verdict.CountAsync(source, "SELECT count(*) FROM attempts WHERE status = 'sent'"), sent => sent == 1);
        // The second is dropped at its first send, and the node hangs when it is sent again.
        await devnet.FaultsAsync(new JsonObject { ["match"] = "broadcast", ["kind"] = "drop", ["count"] = 1 },
            new JsonObject { ["match"] = "broadcast", ["kind"] = "timeout" });
        (await service.CreateAsync(devnet.Wallet().DueOrder()))!.Status.ShouldBe(200);
        await Until.Async(() => devnet.HitsAsync(), hits => hits[1] > 0);

        await devnet.MineAsync();

        // The send hangs for a minute, as long as a request may be set to.
        await Until.Async(() => Verdict.CountAsync(source, "SELECT count(*) FROM orders WHERE status = 'completed'"),
            completed => completed == 2, TimeSpan.FromSeconds(50));
    }
}
