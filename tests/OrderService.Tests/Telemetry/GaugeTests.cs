using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Execution;
using OrderService.Engine.Telemetry;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Telemetry;

/// <summary>How things stand, as metrics tell it, and what a worker's fault sets right.</summary>
public sealed class GaugeTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task O8_Open_orders_what_is_due_prices_and_the_build_are_gauges()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var registry = world.Get<MetricsRegistry>();
        var (first, _) = (await world.CreateAsync(world.Terms()), await world.CreateAsync(world.Terms(SliceTrigger.Manual)));
        world.SetPrice(world.Buy, Price.Parse("2"));
        world.Time.Advance(TimeSpan.FromSeconds(5));
        await world.Get<GaugeWorker>().PassAsync(default);
        var lines = registry.Expose().Split('\n');
        lines.ShouldContain("orderservice_orders_open{dialect=\"charisma\"} 2");
        lines.ShouldContain($"orderservice_prices_age_seconds{{token=\"{world.Buy}\"}} 5");
        lines.ShouldContain(line => line.StartsWith("orderservice_build{version=\"", StringComparison.Ordinal));
        var due = lines.Single(line => line.StartsWith("orderservice_slices_oldest_due_seconds ", StringComparison.Ordinal));
        double.Parse(due.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(5);
        for (var beat = 0; beat < 3; beat++) await world.BeatAsync();
        (await world.ReadAsync(first)).Order.Status.ShouldBe(OrderStatus.Completed);
        await world.Get<GaugeWorker>().PassAsync(default);
        lines = registry.Expose().Split('\n');
        lines.ShouldContain("orderservice_orders_open{dialect=\"charisma\"} 1");
        lines.ShouldContain("orderservice_slices_oldest_due_seconds 0");
    }

    [Fact]
    public async Task S15_A_worker_that_meets_a_stale_session_has_the_pool_closed()
    {
        await using var world = await EngineWorld.StartAsync(database.ConnectionString);
        var before = await SessionsAsync(world);
        world.Get<EngineTelemetry>()
            .WorkerFailed(WorkerNames.Tick,
                new InvalidOperationException("wrapped", new PostgresException("does not exist", "ERROR", "ERROR", "26000")));
        (await SessionsAsync(world)).Intersect(before).ShouldBeEmpty();
    }

    private static async Task<List<int>> SessionsAsync(EngineWorld world)
    {
        var connections = new List<NpgsqlConnection>();
        for (var i = 0; i < 5; i++) connections.Add(await world.Get<NpgsqlDataSource>().OpenConnectionAsync());
        var sessions = connections.ConvertAll(connection => connection.ProcessID);
        foreach (var connection in connections) await connection.DisposeAsync();
        return sessions;
    }
}
