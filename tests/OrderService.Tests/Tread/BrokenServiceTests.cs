using System.Text.Json.Nodes;
using Npgsql;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Tread;

/// <summary>What each route says where the store cannot be reached, and where it meets a bug: every one has the original's words.</summary>
public sealed class BrokenServiceTests(TreadFixture service) : IClassFixture<TreadFixture>
{
    private const string Later = """{"errors":["An unexpected error occurred. Please try again later."]}""";
    private const string Store = """{"error":"Database connection failed"}""";
    private const string Wrong = """{"error":"Something went wrong"}""";
    private const string Detail = """{"message":"Something went wrong"}""";
    private const string Resume = """{"error":"Internal server error"}""";

    [Fact]
    public async Task A_store_that_cannot_be_reached_is_a_500_in_the_words_of_each_route()
    {
        var user = await UserAsync();
        var id = (string)(await user.PlaceAsync(user.Waiting()))["id"]!;
        var name = new NpgsqlConnectionStringBuilder(service.ConnectionString).Database;
        await AdminAsync($"ALTER DATABASE \"{name}\" WITH ALLOW_CONNECTIONS false",
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        try
        {
            foreach (var (method, path, body, words) in Calls(id, Store, bug: false))
            {
                var answer = await user.SendAsync(new HttpMethod(method), path, body);
                (answer.Status, answer.Text, answer.Code).ShouldBe((500, words, "unavailable"), $"{method} {path}");
            }
        }
        finally
        {
            await AdminAsync($"ALTER DATABASE \"{name}\" WITH ALLOW_CONNECTIONS true");
        }
        await Until.Async(() => user.GetAsync($"/api/order/{id}"), answer => answer.Status == 200);
        (await user.SendAsync(HttpMethod.Delete, $"/api/order/{id}")).Status.ShouldBe(200);
    }

    // What the service itself stored and cannot read stands for every bug.
    [Fact]
    public async Task A_bug_is_a_500_in_the_words_of_each_route_and_tells_nothing_else()
    {
        var user = await UserAsync();
        var id = (string)(await user.PlaceAsync(user.Waiting(b => b["custom_order_id"] = "broken")))["id"]!;
        await service.SqlAsync($"UPDATE orders SET client_fields = '{{\"Pair\":1}}' WHERE id = '{id}'");
        foreach (var (method, path, body, words) in Calls(id, Wrong, bug: true)
            .Where(c => (c.Method, c.Path) is not ("POST", "/api/orders/")))
        {
            var answer = await user.SendAsync(new HttpMethod(method), path, body);
            (answer.Status, answer.Text, answer.Code).ShouldBe((500, words, "internal_error"), $"{method} {path}");
        }
    }

    private static IEnumerable<(string Method, string Path, JsonNode? Body, string Words)> Calls(string id, string usual, bool bug)
    {
        JsonObject About() => new() { ["order_id"] = id };
        var amend = About();
        amend["changes"] = new JsonObject { ["duration"] = 7_200 };
        yield return ("GET", "/api/orders/", null, Later);
        yield return ("GET", "/api/active_orders/", null, Later);
        yield return ("GET", "/api/orders/?custom_order_ids=broken", null, usual);
        yield return ("POST", "/api/orders/", new JsonObject(), usual);
        yield return ("GET", $"/api/order_summary/{id}", null, usual);
        yield return ("GET", $"/api/order/{id}", null, Detail);
        yield return ("DELETE", $"/api/order/{id}", null, usual);
        yield return ("POST", "/api/pause_order/", About(), usual);
        yield return ("POST", "/api/resume_order/", About(), Resume);
        yield return ("POST", "/api/amend_order/", amend, Later);
        yield return ("GET", "/api/orders_with_stats/", null, Wrong);
        yield return ("GET", $"/api/order_errors/?order_ids={id}", null, Wrong);
        yield return ("POST", "/api/cancel_all_orders/", null, Wrong);
        if (bug) yield break; // there is nothing of the broken order to pause or resume
        yield return ("POST", "/api/pause_all_orders/", null, Wrong);
        yield return ("POST", "/api/resume_all_orders/", null, Wrong);
    }

    private async Task<TreadClient> UserAsync()
    {
        var user = await service.UserAsync();
        await user.OpenAsync("main", cha: 1_000, susdt: 100);
        return user;
    }

    private async Task AdminAsync(params string[] statements)
    {
        await using var source =
            NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(service.ConnectionString) { Database = "postgres", Pooling = false });
        foreach (var statement in statements)
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
    }
}
