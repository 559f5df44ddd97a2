using System.Text.Json.Nodes;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;

namespace OrderService.Tests.Partitions;

/// <summary>Two nodes of a service of four partitions: they share them, either serves all, and whatever was due is swapped once.</summary>
public sealed class PartitionedNodesTests
{
    [Fact]
    public async Task Every_order_is_swapped_once_by_two_nodes_and_by_the_one_that_is_left()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var one = await PartitionedNode.StartAsync(database.ConnectionString);
        var other = await PartitionedNode.StartAsync(database.ConnectionString);
        try
        {
            await Until.Async(async () => (One: await WorkedAsync(one), Other: await WorkedAsync(other)),
                both => (both.One.Count, both.Other.Count) == (2, 2) && !both.One.Intersect(both.Other).Any());
            await SwapAsync(one, other, 16);
        }
        finally
        {
            await other.DisposeAsync();
        }
        await Until.Async(() => WorkedAsync(one), all => all.Count == 4);
        await SwapAsync(one, one, 8);
        (await PartitionedNode.CountAsync(database.ConnectionString, "SELECT count(*) FROM orders WHERE status = 'completed'")).Sum().ShouldBe(24);
        (await PartitionedNode.CountAsync(database.ConnectionString,
            "SELECT count(*) FROM (SELECT order_id FROM attempts WHERE status = 'confirmed' GROUP BY order_id HAVING count(*) > 1) AS twice"))
            .Sum().ShouldBe(0);
        (await PartitionedNode.CountAsync(database.ConnectionString, "SELECT count(DISTINCT solver) FROM attempts")).Max().ShouldBeLessThanOrEqualTo(1,
            "an account that pays belongs to one partition");
    }

    private static async Task SwapAsync(PartitionedNode placing, PartitionedNode reading, int count)
    {
        var placed = await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            var wallet = await placing.FundedAsync();
            var order = wallet.Order(Wallet.AtOnce);
            var (status, body) = await wallet.PostOrderAsync(order);
            status.ShouldBe(200, body.ToJsonString());
            return (string)order["uuid"]!;
        }));
        foreach (var uuid in placed) await reading.Demo.WaitAsync(uuid, "confirmed");
    }

    private static async Task<List<int>> WorkedAsync(PartitionedNode node) =>
        [.. (await node.PartitionsAsync()).Where(one => (bool)one!["isWorkedHere"]!).Select(one => (int)one!["number"]!)];
}
