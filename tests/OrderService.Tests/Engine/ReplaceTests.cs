using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>Replacing an order while it is under way, and while the store fails.</summary>
public sealed class ReplaceTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private EngineWorld _world = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _world = await EngineWorld.StartAsync(_database.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Where_a_swap_may_still_confirm_neither_is_done_and_its_transaction_is_told()
    {
        var order = await _world.CreateAsync(_world.Terms());
        await _world.SweepAsync();
        await _world.ExecuteAsync();
        var terms = _world.Terms(SliceTrigger.Manual);
        var refused = (await ReplaceAsync(order, terms)).Error.ShouldBeOfType<OrderError.InFlight>();
        refused.TxId.ShouldBe((await _world.ReadAsync(order)).Order.Slices[0].TxId);
        refused.TxId.ShouldNotBeNull();
        ((await _world.ReadAsync(order)).Order.Status, await CountAsync()).ShouldBe((OrderStatus.Open, 1));

        await _world.MineAsync();
        (await ReplaceAsync(order, terms)).Error.ShouldBeOfType<OrderError.NotOpen>();
        ((await _world.ReadAsync(order)).Order.Status, await CountAsync()).ShouldBe((OrderStatus.Completed, 1));
    }

    [Fact]
    public async Task A_store_that_fails_at_the_second_half_takes_the_first_back()
    {
        var order = await _world.CreateAsync(_world.Terms(SliceTrigger.Manual));
        await ExecuteAsync("CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$; CREATE TRIGGER dies BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION die()");
        var terms = _world.Terms(SliceTrigger.Manual);
        await Should.ThrowAsync<Exception>(() => ReplaceAsync(order, terms));
        ((await _world.ReadAsync(order)).Order.Status, await CountAsync()).ShouldBe((OrderStatus.Open, 1));
        await ExecuteAsync("DROP TRIGGER dies ON orders");
        (await ReplaceAsync(order, terms)).Value.New.Terms.ShouldBe(terms);
        (await _world.ReadAsync(order)).Order.Status.ShouldBe(OrderStatus.Cancelled);
    }

    [Fact]
    public async Task Of_two_that_would_take_its_place_at_once_one_does()
    {
        var order = await _world.CreateAsync(_world.Terms(SliceTrigger.Manual));
        var tried = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReplaceAsync(order, _world.Terms(SliceTrigger.Manual))));
        tried.Count(one => one.Error is null).ShouldBe(1);
        tried.Where(one => one.Error is not null).ShouldAllBe(one => one.Error is OrderError.NotOpen);
        (await CountAsync()).ShouldBe(2);
    }

    private Task<Result<ReplacedOrder>> ReplaceAsync(Order order, OrderTerms terms) =>
        _world.Get<ReplaceOrder>()
            .HandleAsync(order.Terms.Uuid, NewOrder.Signed(terms, _world.Sign(terms), null, "charisma", null),
                new Caller(_world.Owner, Message: null, Key: null), default);

    private Task<long> CountAsync() => _world.ScalarAsync("SELECT count(*) FROM orders");

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _world.Get<Npgsql.NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
