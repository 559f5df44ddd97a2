using System.Text.Json.Nodes;
using OrderService.Tests.Ground;

namespace OrderService.Tests.SwapCoffee;

/// <summary>The operator's routes. In one class, one after the other: the first of them ends everybody's orders.</summary>
public sealed class OperatorRouteTests(StrategiesFixture service) : IClassFixture<StrategiesFixture>
{
    private const string Never = "1000000000000";

    [Theory]
    [InlineData("DELETE", "cancel/all")]
    [InlineData("DELETE", "cancel/by-id/1")]
    [InlineData("DELETE", "cancel/by-wallet/ST000000000000000000002AMW42H")]
    [InlineData("DELETE", "cancel/by-tokens/native/native")]
    [InlineData("POST", "wallet/payout")]
    public async Task Every_route_asks_for_an_admin_key(string method, string path)
    {
        foreach (var key in (string?[])[null, "", "wrong", $"ck_live_{new string('0', 64)}", StrategiesFixture.AdminKey[..^1]])
        {
            var answer = await service.NewClient().AskAsync(new HttpMethod(method), $"/v1/strategies/{path}", null, request =>
            {
                if (key is not null) request.Headers.TryAddWithoutValidation("X-Api-Key", key);
            });
            (answer.Status, answer.Error).ShouldBe((401, "This route is the operator's: send an admin key as X-Api-Key"));
        }
    }

    [Fact]
    public async Task All_orders_are_ended_or_those_of_one_kind()
    {
        var (one, other) = (service.NewClient(), service.NewClient());
        await one.OpenAsync();
        await other.OpenAsync();
        var (limit, dca) = (await one.CreatedAsync(one.Limit(Never)), await other.CreatedAsync(other.Dca(1, Waits)));
        await DoneAsync(HttpMethod.Delete, "cancel/all?type=vca");
        ((string?)(await one.OrderAsync(limit))["status"]).ShouldBe("active");
        await DoneAsync(HttpMethod.Delete, "cancel/all?type=limit");
        ((string?)(await one.OrderAsync(limit))["status"],
            (string?)(await other.OrderAsync(dca))["status"]).ShouldBe(("cancelled_by_system", "active"));
        await DoneAsync(HttpMethod.Delete, "cancel/all");
        ((string?)(await other.OrderAsync(dca))["status"]).ShouldBe("cancelled_by_system");
        (await AskAsync(HttpMethod.Delete, "cancel/all?type=swap")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task One_order_is_ended_by_its_id()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var id = await client.CreatedAsync(client.Limit(Never));
        await DoneAsync(HttpMethod.Delete, $"cancel/by-id/{id}");
        var order = await client.OrderAsync(id);
        ((string?)order["status"], order["close_timestamp"] is null).ShouldBe(("cancelled_by_system", false));
        (await AskAsync(HttpMethod.Delete, $"cancel/by-id/{id}")).Status.ShouldBe(409);
        (await AskAsync(HttpMethod.Delete, "cancel/by-id/2147483647")).Status.ShouldBe(404);
        (await AskAsync(HttpMethod.Delete, "cancel/by-id/x")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task The_orders_of_one_wallet_are_ended()
    {
        var (one, other) = (service.NewClient(), service.NewClient());
        var wallet = await one.OpenAsync();
        await other.OpenAsync();
        var ids = (await one.CreatedAsync(one.Limit(Never)), await one.CreatedAsync(one.Dca(1, Waits)),
            await other.CreatedAsync(other.Limit(Never)));
        await DoneAsync(HttpMethod.Delete, $"cancel/by-wallet/{wallet}?type=dca");
        ((string?)(await one.OrderAsync(ids.Item1))["status"],
            (string?)(await one.OrderAsync(ids.Item2))["status"]).ShouldBe(("active", "cancelled_by_system"));
        await DoneAsync(HttpMethod.Delete, $"cancel/by-wallet/{wallet}");
        ((string?)(await one.OrderAsync(ids.Item1))["status"],
            (string?)(await other.OrderAsync(ids.Item3))["status"]).ShouldBe(("cancelled_by_system", "active"));
        (await AskAsync(HttpMethod.Delete, "cancel/by-wallet/EQAAAA")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task The_orders_of_a_pair_are_ended_either_way_round()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var target = client.SellToken.Replace("-subnet-v1", "", StringComparison.Ordinal);
        var (native, token) = (await client.CreatedAsync(client.Limit(Never)),
            await client.CreatedAsync(client.Limit(Never, 1, b => b["token_to"]!["address"] = target)));
        await DoneAsync(HttpMethod.Delete, $"cancel/by-tokens/{target}/{client.SellToken}");
        ((string?)(await client.OrderAsync(native))["status"],
            (string?)(await client.OrderAsync(token))["status"]).ShouldBe(("active", "cancelled_by_system"));
        await DoneAsync(HttpMethod.Delete, $"cancel/by-tokens/{client.SellToken}/native?type=limit");
        ((string?)(await client.OrderAsync(native))["status"]).ShouldBe("cancelled_by_system");
        (await AskAsync(HttpMethod.Delete, "cancel/by-tokens/x/native")).Status.ShouldBe(400);
        (await AskAsync(HttpMethod.Delete, "cancel/by-tokens/native/x")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_payout_pays_the_owner_and_leaves_what_orders_have_set_aside()
    {
        var client = service.NewClient();
        var wallet = await client.OpenAsync(amount: "1500001");
        await client.CreatedAsync(client.Limit(Never));
        await DoneAsync(HttpMethod.Post, "wallet/payout", Payout(wallet, client.SellToken, "400000"));
        await Until.Async(() => BalanceAsync(client, client.Address), balance => balance == "400000");
        (await BalanceAsync(client, client.Address), await BalanceAsync(client, wallet)).ShouldBe(("400000", "1100001"));
        const string TooMuch = "Not enough balance: 100001 is needed, 100000 is available, 1 is missing";
        // Until the payout is settled, it counts as under way.
        var refused = await Until.Async(() => AskAsync(HttpMethod.Post, "wallet/payout", Payout(wallet, client.SellToken, "100001")),
            answer => answer.Error == TooMuch);
        (refused.Status, refused.Error).ShouldBe((400, TooMuch));
        (await AskAsync(HttpMethod.Post, "wallet/payout", Payout(client.Address, client.SellToken, "1"))).Status.ShouldBe(404);
        (await AskAsync(HttpMethod.Post, "wallet/payout", Payout(wallet, "native", "1"))).Error.ShouldBe(
            "Not enough balance: 1 is needed, 0 is available, 1 is missing");
        (await AskAsync(HttpMethod.Post, "wallet/payout", Payout("x", "native", "1"))).Status.ShouldBe(400);
        (await AskAsync(HttpMethod.Post, "wallet/payout", Payout(wallet, "x", "1"))).Error.ShouldBe(
            "entries.token must be native or a contract id");
        (await AskAsync(HttpMethod.Post, "wallet/payout", Payout(wallet, client.SellToken, "0"))).Error.ShouldStartWith(
            "entries.amount must be a positive");
        (await AskAsync(HttpMethod.Post, "wallet/payout",
            new JsonObject { ["address"] = wallet, ["entries"] = new JsonArray() })).Error.ShouldStartWith("entries must be a list");
    }

    [Fact]
    public async Task The_same_payout_under_one_key_is_paid_once()
    {
        var client = service.NewClient();
        var wallet = await client.OpenAsync(amount: "1000");
        for (var i = 0; i < 2; i++)
            (await AskAsync(HttpMethod.Post, "wallet/payout", Payout(wallet, client.SellToken, "600"), "payout-1")).Status.ShouldBe(200);
        await Until.Async(() => BalanceAsync(client, client.Address), balance => balance == "600");
    }

    private static void Waits(JsonObject body) => body["settings"]!["price_range_from"] = 1000;

    private static JsonObject Payout(string address, string token, string amount) =>
        new() { ["address"] = address, ["entries"] = new JsonArray(new JsonObject { ["token"] = token, ["amount"] = amount }) };

    private Task<Answer> AskAsync(HttpMethod method, string path, JsonNode? body = null, string? idempotencyKey = null) =>
        service.NewClient().AskAsync(method, $"/v1/strategies/{path}", body, request =>
        {
            request.Headers.Add("X-Api-Key", StrategiesFixture.AdminKey);
            if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        });

    private async Task DoneAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        var answer = await AskAsync(method, path, body);
        answer.Status.ShouldBe(200, answer.Body?.ToJsonString());
        answer.Body.ShouldBeNull();
    }

    private static async Task<string> BalanceAsync(StrategyClient client, string address)
    {
        var account = (await client.AskAsync(HttpMethod.Get, $"/simulator/accounts/{address}")).Body!;
        return (string?)account["balances"]!.AsArray().SingleOrDefault(b => (string?)b!["token"] == client.SellToken)?["amount"] ?? "0";
    }
}
