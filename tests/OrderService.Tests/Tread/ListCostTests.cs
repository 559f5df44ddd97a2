using System.Diagnostics;
using Npgsql;

namespace OrderService.Tests.Tread;

/// <summary>
/// What a page of a hundred orders with their statistics and fills costs, each of twelve fills, as Panora's page of a hundred has twelve
/// parts each.
/// </summary>
public sealed class ListCostTests(TreadFixture service, Xunit.Abstractions.ITestOutputHelper output) : IClassFixture<TreadFixture>
{
    private const int Orders = 1_000;
    private const int Fills = 12;

    // Far above what it takes, and held against the quickest of fifty, since other tests run beside this one; what it took is in the
    // output.
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_page_with_statistics_and_fills_of_a_user_with_a_thousand_orders_is_read_at_once()
    {
        var user = await service.UserAsync();
        await user.OpenAsync("main", cha: 1_000);
        var placed =
            await user.PlaceAsync(user.Waiting(b => (b["strategy"], b["order_condition"], b["order_slices"]) = ("Iceberg", null, Fills)));
        var done = await user.WaitAsync((string)placed["id"]!, "COMPLETE");
        done["fills"]!.AsArray().Count.ShouldBe(Fills);
        foreach (var (table, key) in ((string, string)[])[("orders", "id"), ("curves", "order_id"), ("slices", "order_id"),
            ("outgoing_transactions", "order_id")])
        {
            await CopyAsync(table, key, (string)placed["id"]!);
        }
        await service.SqlAsync("ANALYZE");
        var times = new List<double>();
        for (var i = 0; i < 60; i++)
        {
            var watch = Stopwatch.StartNew();
            var answer = await user.GetAsync($"/api/orders_with_stats/?page_size=100&page={1 + i % 10}");
            if (i >= 10) times.Add(watch.Elapsed.TotalMilliseconds);
            var page = answer.Json;
            ((int)page["num_pages"]!, (int)page["order_count"]!, page["orders"]!.AsArray().Count).ShouldBe((10, Orders, 100));
            page["orders"]!.AsArray()
                .ShouldAllBe(o => o!["fills"]!.AsArray().Count == Fills && (string?)o["stats"]!["interval_volume"] != null);
        }
        times.Sort();
        output.WriteLine($"least {times[0]:0.0} ms, median {times[times.Count / 2]:0.0} ms, p99 {times[^1]:0.0} ms of {times.Count}");
        times[0].ShouldBeLessThan(Most.TotalMilliseconds);
    }

    // The same order again and again, under other ids and at other times.
    private async Task CopyAsync(string table, string key, string id)
    {
        var columns = new List<string>();
        await using (var names = service.Get<NpgsqlDataSource>()
            .CreateCommand($"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' AND table_schema = 'public' AND is_generated = 'NEVER' AND is_identity = 'NO'"))
        await using (var reader = await names.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) columns.Add(reader.GetString(0));
        }
        var values = columns.Select(c => c == key ? "md5('copy ' || n)::uuid" : c switch
        {
            "uuid" or "intent_uuid" => "gen_random_uuid()::text",
            "tx_id" => "md5(tx_id || n) || md5(n || tx_id)",
            "nonce" => "nonce + 1000000 * n",
            "created_at" => "created_at + n * interval '7 seconds'",
            _ => c,
        });
        await service.SqlAsync($"INSERT INTO {table} ({string.Join(',', columns)}) SELECT {string.Join(',', values)} FROM {table}, generate_series(2, {Orders}) AS n WHERE {key} = '{id}'");
    }
}
