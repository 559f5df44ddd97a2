using System.Text;
using System.Text.Json.Nodes;

namespace OrderService.Tests.Tread;

/// <summary>
/// What the vendor's Python client sends, as HTTP, with this venue's names: its header, its paths, its bodies without the fields that are
/// not set, and numbers as Python writes them. It reads any answer below 400 as JSON and raises for all others.
/// </summary>
public sealed class VendorClientTests(TreadFixture service) : IClassFixture<TreadFixture>
{
    private TreadClient _user = null!;

    [Fact]
    public async Task Its_calls_get_answers_that_it_can_read()
    {
        _user = await service.UserAsync();
        await _user.OpenAsync("mock", cha: 10_000, susdt: 1_000);
        var placed = await SendAsync("POST", "/api/orders/",
            """{"accounts": ["mock"], "pair": "CHA-sUSDT", "side": "buy", "duration": 900, "strategy": "TWAP", "base_asset_qty": 473.9736, "engine_passiveness": 0.01, "notes": "venue_FP/1.799999999999998/0.01/0.08"}""");
        var id = (string)placed["id"]!;
        (placed["target_order_qty"]!.ToJsonString(), (string?)placed["buy_token"], (string?)placed["strategy"], (string?)placed["notes"])
            .ShouldBe(("473.9736", "CHA", "6fe4ba3e-c578-45bd-824c-c523bf3c56de", "venue_FP/1.799999999999998/0.01/0.08"));
        foreach (var (body, amount) in new[]
        {
            ("""{"accounts": ["mock"], "pair": "CHA-sUSDT", "side": "buy", "duration": 300, "strategy": "TWAP", "sell_token_amount": 50.0}""", "50"),
            ("""{"accounts": ["mock"], "pair": "CHA-sUSDT", "side": "sell", "duration": 300, "strategy": "TWAP", "quote_asset_qty": "1.50", "pov_limit": null}""", null),
            ("""{"accounts": ["mock"], "pair": "CHA-sUSDT", "side": "sell", "duration": 300, "strategy": "VWAP", "base_asset_qty": 10.0, "schedule_discretion": 0.08, "alpha_tilt": -1e-05, "strategy_params": {"reduce_only": true}, "updated_leverage": 1}""", "10"),
        })
        {
            var order = await SendAsync("POST", "/api/orders/", body);
            if (amount is not null) ((string?)order["sell_token_amount"]).ShouldBe(amount);
            (await SendAsync("DELETE", $"/api/order/{order["id"]}", null)).ToJsonString().ShouldBe("\"Order canceled!\"");
        }
        (await SendAsync("GET", "/api/orders/", null))["orders"]!.AsArray().Count.ShouldBe(4);
        (await SendAsync("GET",
            "/api/orders/?status=ACTIVE%2CCOMPLETE&before=2024-10-15T00%3A00%3A00Z&after=2024-10-10T00%3A00%3A00Z&page=1&page_size=10",
            null))["order_count"]!.GetValue<int>().ShouldBe(0);
        ((string?)(await SendAsync("GET", $"/api/order/{id}", null))["id"]).ShouldBe(id);
        ((string?)(await SendAsync("POST", "/api/amend_order/",
            $$$"""{"order_id": "{{{id}}}", "changes": {"base_asset_qty": 500, "duration": 3600}}"""))["message"]).ShouldBe(
                "Successfully amended order.");
        (await SendAsync("GET", $"/api/order/{id}", null))["target_order_qty"]!.ToJsonString().ShouldBe("500");
        (await SendAsync("POST", "/api/order_messages/", $$"""{"order_ids": ["{{id}}"]}"""))[id]!.AsArray().Count.ShouldBeGreaterThan(1);
        ((string?)(await SendAsync("GET", "/api/orders_with_stats/?page=1&page_size=10",
            null))["orders"]![0]!["stats"]!["order_id"]).ShouldNotBeNull();
        (await SendAsync("DELETE", $"/api/order/{id}", null)).ToJsonString().ShouldBe("\"Order canceled!\"");
    }

    // A perpetual is what its first sample asks for: it raises, and logs a body that is JSON all the same.
    [Fact]
    public async Task What_it_cannot_have_here_raises_with_a_body_that_says_so()
    {
        _user = await service.UserAsync();
        await _user.OpenAsync("mock", cha: 100, susdt: 100);
        foreach (var (path, body, status) in new[]
        {
            ("/api/orders/",
                """{"accounts": ["mock"], "pair": "CHA:PERP-sUSDT", "side": "buy", "duration": 900, "strategy": "TWAP", "base_asset_qty": 4.0}""", 422),
            ("/api/multi_orders/", """{"accounts": ["mock"], "duration": 200, "strategy": "TWAP", "child_orders": []}""", 404),
        })
        {
            var answer = await AskAsync("POST", path, body);
            (answer.Status, answer.Json is JsonObject { Count: 1 }).ShouldBe((status, true), answer.Text);
        }
    }

    private async Task<JsonNode> SendAsync(string method, string path, string? body)
    {
        var answer = await AskAsync(method, path, body);
        answer.Status.ShouldBeLessThan(400, $"{method} {path}: {answer.Text}");
        return answer.Json;
    }

    private Task<TreadAnswer> AskAsync(string method, string path, string? body) =>
        _user.SendAsync(HttpMethod.Parse(method), path, more: request =>
        {
            request.Headers.TryAddWithoutValidation("Accept", "*/*");
            request.Headers.TryAddWithoutValidation("User-Agent", "python-requests/2.32.3");
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        });
}
