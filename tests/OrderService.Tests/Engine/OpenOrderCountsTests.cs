using Npgsql;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>How many orders a wallet may have open: a limit against floods that is counted now and then.</summary>
public sealed class OpenOrderCountsTests : IAsyncLifetime
{
    private static readonly TimeSpan TrustIsOver = TimeSpan.FromSeconds(11);

    private TestDatabase _database = null!;
    private EngineWorld _world = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _world = await EngineWorld.StartAsync(_database.ConnectionString, settings: ("Orders:OpenMaxPerOwner", "2"));
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_wallet_with_as_many_open_orders_as_it_may_have_opens_another_when_one_has_ended()
    {
        var first = await _world.CreateAsync(_world.Terms(SliceTrigger.Manual));
        await _world.CreateAsync(_world.Terms(SliceTrigger.Manual));
        await ShouldBeRefusedAsync();
        await CancelAsync(first);

        _world.Time.Advance(TrustIsOver);
        await _world.CreateAsync(_world.Terms(SliceTrigger.Manual));
        await ShouldBeRefusedAsync();
    }

    [Fact]
    public async Task A_count_that_failed_is_made_by_who_comes_next()
    {
        var first = await _world.CreateAsync(_world.Terms(SliceTrigger.Manual));
        await _world.CreateAsync(_world.Terms(SliceTrigger.Manual));
        await CancelAsync(first);
        _world.Time.Advance(TrustIsOver);
        await Should.ThrowAsync<OperationCanceledException>(
            async () => await _world.Get<OpenOrderCounts>().HasRoomAsync(_world.Owner, new CancellationToken(canceled: true)));

        await _world.CreateAsync(_world.Terms(SliceTrigger.Manual));
        await ShouldBeRefusedAsync();
    }

    [Fact]
    public async Task Who_comes_while_another_counts_anew_trusts_the_old_count()
    {
        await _world.CreateAsync(_world.Terms(SliceTrigger.Manual));
        _world.Time.Advance(TrustIsOver);
        await using var connection = await _world.Get<NpgsqlDataSource>().OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var held = new NpgsqlCommand("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE", connection)) await held.ExecuteNonQueryAsync();

        var counts = _world.Get<OpenOrderCounts>();
        var counting = counts.HasRoomAsync(_world.Owner, CancellationToken.None).AsTask();
        (await counts.HasRoomAsync(_world.Owner, CancellationToken.None)).ShouldBeTrue();
        (await counts.HasRoomAsync(_world.Owner, CancellationToken.None)).ShouldBeFalse();
        counting.IsCompleted.ShouldBeFalse();

        await transaction.RollbackAsync();
        (await counting).ShouldBeTrue();
    }

    private async Task ShouldBeRefusedAsync()
    {
        (await _world.TryCreateAsync(_world.Terms(SliceTrigger.Manual))).IsRejected(out var error, out _).ShouldBeTrue();
        error!.Code.ShouldBe("open_orders_limit");
    }

    private async Task CancelAsync(Order order) =>
        (await _world.Get<CancelOrder>().HandleAsync(order.Terms.Uuid, new Caller(_world.Owner, null, null), CancellationToken.None))
            .Value.Status.ShouldBe(OrderStatus.Cancelled);
}
