using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderService.Engine.Persistence;
using OrderService.Hosting;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;

namespace OrderService.Tests.Telemetry;

/// <summary>A store that answers reads and takes no writes is no place to send requests to.</summary>
public sealed class StoreReadinessTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task S18_A_store_that_refuses_creates_for_want_of_room_makes_the_node_unready_until_it_takes_one()
    {
        await ExecuteAsync("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$; CREATE TRIGGER full_disk BEFORE INSERT ON orders EXECUTE FUNCTION refuse()");
        (await service.Wallet.PostOrderAsync(service.Wallet.Order())).Status.ShouldBe(503);
        var (status, body) = await Until.Async(ReadyAsync, answer => (string?)answer.Body["checks"]!["store"]!["status"] == "failing");
        (status,
            (string?)body["checks"]!["store"]!["why"]).ShouldBe(
                (503, "the disk of the database is full: make room, and it goes on by itself"), body.ToJsonString());
        await ExecuteAsync("DROP TRIGGER full_disk ON orders; DROP FUNCTION refuse()");
        (await service.Wallet.PostOrderAsync(service.Wallet.Order())).Status.ShouldBe(200);
        await Until.Async(ReadyAsync, answer => (string?)answer.Body["checks"]!["store"]!["status"] == "ok");
    }

    [Fact]
    public async Task S18_A_store_that_takes_no_writes_for_now_is_an_outage_and_no_fault()
    {
        await ExecuteAsync("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'cannot execute INSERT in a read-only transaction' USING ERRCODE = '25006'; END $$; CREATE TRIGGER standby BEFORE INSERT ON orders EXECUTE FUNCTION refuse()");
        var (status, body) = await service.Wallet.PostOrderAsync(service.Wallet.Order());
        (status, (string?)body["code"]).ShouldBe((503, "unavailable"));
        await ExecuteAsync("DROP TRIGGER standby ON orders; DROP FUNCTION refuse()");
        (await service.Wallet.PostOrderAsync(service.Wallet.Order())).Status.ShouldBe(200);
        await Until.Async(ReadyAsync, answer => (string?)answer.Body["checks"]!["store"]!["status"] == "ok");
    }

    [Fact]
    public async Task S18_A_store_that_was_made_read_only_says_so_without_any_order()
    {
        await using var database = await TestDatabase.CreateAsync();
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        await using (var owner = NpgsqlDataSource.Create(database.ConnectionString))
        {
            (await new StoreWrites(owner).Check.Check(default)).IsReady.ShouldBeTrue();
            await using var command = owner.CreateCommand($"ALTER DATABASE {name} SET default_transaction_read_only = on");
            await command.ExecuteNonQueryAsync();
        }
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var result = await new StoreWrites(source).Check.Check(default);
        result.IsReady.ShouldBeFalse();
        result.Why.ShouldNotBeNull().ShouldStartWith("the database is read only");
    }

    [Theory]
    [InlineData(5L << 30, true, 0)]
    [InlineData(900L << 20, true, 1)]
    [InlineData(63L << 20, false, 0)]
    public async Task S18_A_disk_that_is_running_full_is_told_in_time(long free, bool isReady, int warnings)
    {
        var result = await new DiskCheck("/data", _ => free).Check.Check(default);
        (result.IsReady, result.Warnings.Count).ShouldBe((isReady, warnings));
        if (!isReady) result.Why.ShouldBe("63 MiB are left on the disk of /data: make room, or move DATA_DIR");
    }

    private async Task<(int Status, JsonNode Body)> ReadyAsync()
    {
        using var answer = await service.Operator.GetAsync("/health/ready");
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = service.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
