using OrderService.Tests.Ground;
using OrderService.Tests.Reliability;
using Shouldly;

namespace OrderService.Tests.StacksVenue;

/// <summary>The whole way once: HTTP, engine, a transaction built here, the real Clarity VM, and back.</summary>
[Collection(ChainProcesses.Name)]
public sealed class DevnetSmokeTests
{
    [Fact]
    public async Task An_order_is_swapped_on_the_chain_and_confirmed_with_what_the_chain_says_it_paid()
    {
        await using var devnet = await DevnetProcess.StartAsync(blockMs: 300);
        await using var database = await TestDatabase.CreateAsync();
        await using var service = await ServiceProcess.StartAsync(database.ConnectionString, null, [.. devnet.Settings()]);
        var order = devnet.Wallet().DueOrder();

        (await service.CreateAsync(order))!.Status.ShouldBe(200);
        var ended = await Until.Async(async () => (await service.ReadAsync(order.Uuid))!.Body!["data"]!,
            read => (string?)read["status"] == "confirmed");

        var swap = (await devnet.LedgerAsync()).Single(entry => (string?)entry["uuid"] == order.Uuid);
        ((string?)swap["status"], (string?)swap["txid"],
            (string?)swap["amountOut"]).ShouldBe(("success", (string?)ended["txid"], (string?)ended["amountOut"]));
    }
}
