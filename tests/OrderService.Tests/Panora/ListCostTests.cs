using System.Diagnostics;
using System.Text.Json.Nodes;
using Npgsql;

namespace OrderService.Tests.Panora;

/// <summary>What a page costs an owner with a thousand orders of twelve parts.</summary>
public sealed class ListCostTests(PanoraWorld world, Xunit.Abstractions.ITestOutputHelper output) : IClassFixture<PanoraWorld>
{
    private const int Orders = 1_000;

    // Far above what it takes, and held against the quickest of fifty, since other tests run beside this one; what it took is in the
    // output.
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_page_with_details_of_an_owner_with_a_thousand_orders_is_read_at_once()
    {
        var client = await world.ClientAsync();
        var order = await client.CreateAsync();
        await world.BeatAsync(12, TimeSpan.FromMinutes(1));
        await CopyAsync(((string)order["panoraTxId"]!)[2..34]);
        var times = new List<double>();
        for (var i = 0; i < 60; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get,
                $"/dca/v1/getOrders?{client.Query("completed", limit: 100, page: 1 + i % 10)}&txDetails=true");
            request.Headers.Add("x-api-key", client.Key);
            var watch = Stopwatch.StartNew();
            using var answer = await world.Http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            if (i >= 10) times.Add(watch.Elapsed.TotalMilliseconds);
            var page = JsonNode.Parse(text)!;
            ((int)page["totalPages"]!, page["orders"]!.AsArray().Count).ShouldBe((10, 100));
            page["orders"]!.AsArray().Sum(o => o!["txDetails"]!.AsArray().Count).ShouldBe(1_300);
            page["orders"]!.AsArray().ShouldAllBe(o => (string)o!["txDetails"]![12]!["toTokenAmountUSD"]! != "0");
        }
        times.Sort();
        output.WriteLine($"least {times[0]:0.0} ms, median {times[times.Count / 2]:0.0} ms, p99 {times[^1]:0.0} ms of {times.Count}");
        times[0].ShouldBeLessThan(Most.TotalMilliseconds);
    }

    // The same order again and again, under other ids and at other times, each second of which has a price.
    private async Task CopyAsync(string id)
    {
        foreach (var (table, key) in ((string, string)[])[("orders", "id"), ("slices", "order_id"), ("order_events", "order_id")])
        {
            var columns = new List<string>();
            await using (var names = world.Get<NpgsqlDataSource>()
                .CreateCommand($"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' AND table_schema = 'public' AND is_generated = 'NEVER' AND is_identity = 'NO' ORDER BY ordinal_position"))
            await using (var reader = await names.ExecuteReaderAsync())
            {
                while (await reader.ReadAsync()) columns.Add(reader.GetString(0));
            }
            var values = columns.Select(c => c == key
                ? "overlay(md5(n::text) placing '0000' from 1)::uuid"
                : c switch { "intent_uuid" =>
                    "gen_random_uuid()::text", "uuid" =>
                        "gen_random_uuid()::text", "public_id" =>
                            "left(public_id, length(public_id) - 6) || lpad(n::text, 6, '0')", "at" or "created_at" =>
                                $"{c} + n * interval '7 seconds'", _ => c });
            await world.ScalarAsync($"WITH made AS (INSERT INTO {table} ({string.Join(',', columns)}) SELECT {string.Join(',', values)} FROM {table}, generate_series(2, {Orders}) AS n WHERE {key} = '{id}' ORDER BY {(table == "order_events" ? "n, id" : "n")} RETURNING 1) SELECT count(*) FROM made");
        }
        var start = world.Time.GetUtcNow().AddHours(-1);
        await world.ScalarAsync($"""
            WITH made AS (
                INSERT INTO price_points (token, at, usd) SELECT token, timestamptz '{start:O}' + s * interval '1 second', 800000000000000000
                FROM (SELECT DISTINCT token FROM price_points) AS t, generate_series(0, 14400) AS s ON CONFLICT DO NOTHING RETURNING 1)
            SELECT count(*) FROM made
            """);
        await world.ScalarAsync("SELECT count(*) FROM price_points");
    }
}
