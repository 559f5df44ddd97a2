using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrderService.Tests.Http;

namespace OrderService.Tests.Persistence;

/// <summary>Pooled connections whose sessions have other statements prepared than their client believes.</summary>
public sealed class StaleSessionTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Theory]
    [InlineData("DEALLOCATE ALL")]
    [InlineData("DO $$ BEGIN FOR i IN 0..99 LOOP EXECUTE 'PREPARE _auto' || i || ' AS SELECT 1'; END LOOP; END $$")]
    public async Task S15_A_connection_out_of_step_with_its_session_heals_by_itself_and_no_answer_is_500(string spoil)
    {
        var body = service.Wallet.Order();
        (await service.Wallet.PostOrderAsync(body)).Status.ShouldBe(200);
        var path = $"/api/v1/orders/{body["uuid"]}";
        for (var i = 0; i < 30; i++) (await ReadAsync(path)).ShouldBe(200);
        await SpoilAsync(spoil);
        var statuses = new List<int>(); // a connection prepares what it is asked for the third time, and all of them take turns
        for (var i = 0; i < 250; i++) statuses.Add(await ReadAsync(path));
        statuses.ShouldAllBe(answer => answer == 200 || answer == 503, string.Join(' ', statuses));
        statuses[^20..].ShouldAllBe(answer => answer == 200, string.Join(' ', statuses));
    }

    private async Task<int> ReadAsync(string path)
    {
        using var answer = await service.Client.GetAsync(path);
        return (int)answer.StatusCode;
    }

    // All that are pooled, and some more. What is prepared there without the client's knowledge is so on connections that have prepared
    // nothing yet.
    private async Task SpoilAsync(string sql)
    {
        var source = service.Services.GetRequiredService<NpgsqlDataSource>();
        if (sql.Contains("PREPARE ", StringComparison.Ordinal)) source.Clear();
        var connections = new List<NpgsqlConnection>();
        for (var i = 0; i < 40; i++) connections.Add(await source.OpenConnectionAsync());
        foreach (var connection in connections)
        {
            await using (var command = new NpgsqlCommand(sql, connection)) await command.ExecuteNonQueryAsync();
            await connection.DisposeAsync();
        }
    }
}
