using Npgsql;
using OrderService.Domain;
using OrderService.Engine.Orders;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Engine;

/// <summary>Searches read a bounded part of the store, and few at a time.</summary>
public sealed class SearchTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task S7_A_search_reads_an_owners_newest_orders_and_without_an_owner_only_what_an_index_leads_to()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var oldest = await world.CreateAsync(world.Terms());
        await world.ScalarAsync(
            $"""
            WITH more AS (
                INSERT INTO orders SELECT (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'uuid', gen_random_uuid()::text, 'created_at', o.created_at + n * interval '1 second'))).*
                FROM orders o, generate_series(1, 10050) n WHERE o.id = '{oldest.Id}' RETURNING 1)
            SELECT count(*) FROM more
            """);
        var newest = await world.CreateAsync(world.Terms() with { });
        await world.ScalarAsync($"WITH later AS (UPDATE orders SET created_at = created_at + interval '1 day' WHERE id = '{newest.Id}' RETURNING 1) SELECT count(*) FROM later");
        await world.ScalarAsync("ANALYZE orders, slices"); // as autovacuum does sooner or later of so many rows
        var (old, fresh) = (oldest.Terms.Uuid.ToString(), newest.Terms.Uuid.ToString());

        (await FoundAsync(world, new OrderQuery { Owner = world.Owner, Search = fresh[4..20].ToUpperInvariant() })).ShouldBe([newest.Id]);
        (await FoundAsync(world, new OrderQuery { Owner = world.Owner, Search = old })).ShouldBeEmpty(); // beyond the newest 10,000
        (await FoundAsync(world,
            new OrderQuery { Owner = world.Owner,
                Search = new string('%', 170) + new string('_', 170) + new string('\\', 170) })).ShouldBeEmpty();

        (await FoundAsync(world, new OrderQuery { Search = old })).ShouldBe([oldest.Id]);
        (await FoundAsync(world, new OrderQuery { Search = old[..18].ToUpperInvariant() })).ShouldBe([oldest.Id]);
        (await FoundAsync(world, new OrderQuery { Search = old[4..] })).ShouldBeEmpty(); // no beginning of a uuid
        (await FoundAsync(world, new OrderQuery { Search = world.Owner.ToString(), Limit = 3 })).Count.ShouldBe(3);
        foreach (var none in (string[])["", "%", "abc", "zzzz", old + "0", new string('f', 510)])
            (await FoundAsync(world, new OrderQuery { Search = none })).ShouldBeEmpty(none);
    }

    [Fact]
    public async Task S7_Two_searches_of_an_owner_run_at_once_and_six_of_all()
    {
        var gate = new SearchGate();
        var held = new TaskCompletionSource();
        Task<Result<int>> Begin(string owner) => gate.RunAsync<int>(owner, async () =>
        {
            await held.Task;
            return 1;
        });
        var running = new List<Task<Result<int>>>();
        foreach (var owner in (string[])["a", "a", "b", "b", "c", "c"]) running.Add(Begin(owner));
        foreach (var owner in (string[])["a", "d"])
            (await Begin(owner)).Error.ShouldBeOfType<OrderError.TooMany>().Code.ShouldBe("too_many_requests");
        held.SetResult();
        foreach (var search in running) (await search).Value.ShouldBe(1);
        (await Begin("a")).Value.ShouldBe(1);
        await Should.ThrowAsync<TimeoutException>(() => gate.RunAsync<int>("a", () => throw new TimeoutException()));
        for (var i = 0; i < 10; i++) (await Begin("a")).Value.ShouldBe(1); // what failed left its place
    }

    // The second that a search may take can pass on a busy machine without any fault of its own: it is asked again then.
    private static async Task<List<Guid>> FoundAsync(EngineWorld world, OrderQuery query)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return [.. (await world.Get<ListOrders>().HandleAsync(query, default)).Value.Orders.Select(view => view.Order.Id)];
            }
            catch (NpgsqlException fault) when (fault.InnerException is TimeoutException && tries < 30)
            {
            }
        }
    }
}
