using Npgsql;
using OrderService.Engine.Partitions;
using OrderService.Engine.Workers;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Partitions;

/// <summary>Nodes share the partitions by rows in each: evenly, each partition for one, and a dead one's are the others'.</summary>
public sealed class PartitionShareTests : IAsyncLifetime
{
    private const int Count = 4;

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));
    private readonly List<NpgsqlDataSource> _stores = [];
    private TestDatabase? _database;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        for (var number = 0; number < Count; number++)
        {
            _stores.Add(NpgsqlDataSource.Create(await NeighbourStore.CreateAsync(_database.ConnectionString, $"part_{number}")));
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        await _database!.DisposeAsync();
    }

    [Fact]
    public async Task One_node_works_on_all_of_them()
    {
        var only = Node();
        await LookAsync(only);
        Mine(only).ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public async Task Two_nodes_have_two_each_and_no_partition_is_both_s()
    {
        var (one, other) = (Node(), Node());
        await LookAsync(one);
        await LookAsync(other);
        Mine(other).ShouldBeEmpty("the first has not let go of any");
        await LookAsync(one);
        await LookAsync(other);
        (Mine(one).Count, Mine(other).Count).ShouldBe((2, 2));
        Mine(one).Union(Mine(other)).Order().ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public async Task A_dead_node_s_partitions_are_the_other_s_when_its_rows_have_ended()
    {
        var (one, killed) = (Node(), Node());
        for (var looks = 0; looks < 2; looks++) foreach (var node in (PartitionShare[][])[one, killed]) await LookAsync(node);
        Mine(killed).Count.ShouldBe(2);
        await LookAsync(one); // the other is silent from here on
        Mine(one).Count.ShouldBe(2);
        _time.Advance(WorkLeases.Length);
        await LookAsync(one);
        Mine(one).ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public async Task A_node_that_stops_leaves_its_partitions_at_once()
    {
        var (one, leaving) = (Node(), Node());
        for (var looks = 0; looks < 2; looks++) foreach (var node in (PartitionShare[][])[one, leaving]) await LookAsync(node);
        foreach (var share in leaving) await share.LeaveAsync(CancellationToken.None);
        Mine(leaving).ShouldBeEmpty();
        await LookAsync(one);
        Mine(one).ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public async Task A_node_that_cannot_look_works_on_none()
    {
        var node = Node();
        await LookAsync(node);
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        foreach (var share in node) await Should.ThrowAsync<OperationCanceledException>(() => share.LookAsync(gone.Token));
        Mine(node).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_store_that_is_not_divided_is_everybody_s_without_a_row()
    {
        var leases = new WorkLeases(_stores[0], _time, new NodeName());
        new PartitionShare(PartitionPlace.Whole, leases, _stores[0], _time).IsMine.ShouldBeTrue();
        await using var count = _stores[0].CreateCommand("SELECT count(*) FROM work_leases");
        (await count.ExecuteScalarAsync()).ShouldBe(0L);
    }

    private static List<int> Mine(PartitionShare[] node) => [.. node.Where(share => share.IsMine).Select(share => share.Place.Number)];

    private async Task LookAsync(PartitionShare[] node)
    {
        _time.Advance(TimeSpan.FromSeconds(0.7));
        foreach (var share in node) await share.LookAsync(CancellationToken.None);
    }

    private PartitionShare[] Node()
    {
        var name = new NodeName();
        return [.. _stores.Select((store, number) =>
            new PartitionShare(new PartitionPlace(number, Count), new WorkLeases(store, _time, name), store, _time))];
    }
}
