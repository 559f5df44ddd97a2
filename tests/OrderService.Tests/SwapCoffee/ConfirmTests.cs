using System.Text;
using System.Text.Json.Nodes;

namespace OrderService.Tests.SwapCoffee;

/// <summary>The service in mode Confirm.</summary>
public sealed class ConfirmFixture : StrategiesFixture
{
    protected override string[] Settings => ["--SwapCoffee:Activation=Confirm"];
}

/// <summary>Orders that are active only once their payload was sent back.</summary>
public sealed class ConfirmTests(ConfirmFixture service) : IClassFixture<ConfirmFixture>
{
    [Fact]
    public async Task An_order_is_nothing_until_it_is_confirmed_and_one_order_however_often_it_is()
    {
        var client = service.NewClient();
        var wallet = await client.OpenAsync("1000001");
        // Outside of its price range, so that it stands still: no part of it is in flight when it is cancelled.
        var created =
            await client.CreateAsync(client.Dca(2, b => (b["referral_name"], b["settings"]!["price_range_from"]) = ("Zoë", 1000)));
        (created.Status, created.OrderId, (string?)created.Body!["address"],
            (string?)created.Body["value"]).ShouldBe((200, null, wallet, "0"));
        ((string)PayloadOf(created)["format"]!).ShouldContain("not a TON cell");
        (await ListAsync(client)).ShouldBeEmpty();
        // What is not confirmed sets nothing aside: another order may take the same units.
        (await client.CreateAsync(client.Dca())).Status.ShouldBe(200);

        var confirmed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ConfirmAsync(client, CellOf(created))));
        confirmed.ShouldAllBe(a => a.Status == 200);
        var id = confirmed.Select(a => a.OrderId!).Distinct().ShouldHaveSingleItem();
        ((string?)PayloadOf(confirmed[0])["uuid"]).ShouldBe((string?)PayloadOf(created)["uuid"]);
        (await ListAsync(client)).ShouldHaveSingleItem();
        var order = await client.OrderAsync(id);
        ((string?)order["status"], (string?)order["initial_input_amount"], (int?)order["max_suborders"],
            (int?)order["settings"]!["delay"]).ShouldBe(("active", "1000001", 2, 60));
        (await client.SendAsync(HttpMethod.Delete, $"order?id={id}")).Status.ShouldBe(200);
        (await ConfirmAsync(client, CellOf(created))).OrderId.ShouldBe(id, "a closed order stays closed");
        ((string?)(await client.OrderAsync(id))["status"]).ShouldBe("cancelled_by_user");
    }

    [Fact]
    public async Task A_confirmed_limit_is_swapped()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var confirmed = await ConfirmAsync(client, CellOf(await client.CreateAsync(client.Limit("100", 2))));
        var order = await client.WaitAsync(confirmed.OrderId!, "executed");
        ((int?)order["suborders_executed"], (string?)order["current_input_amount"]).ShouldBe((2, "0"));
    }

    [Fact]
    public async Task What_could_not_be_stored_is_refused_when_it_is_created_and_what_the_wallet_lacks_when_it_is_confirmed()
    {
        var client = service.NewClient();
        var none = await client.CreateAsync(client.Dca());
        (none.Status, none.Error).ShouldBe((404, "No strategies wallet yet: create it first"));
        await client.OpenAsync("1");
        (await client.CreateAsync(client.Dca(1, b => b["slippage"] = 0))).Status.ShouldBe(400);
        var poor = await ConfirmAsync(client, CellOf(await client.CreateAsync(client.Dca())));
        (poor.Status, poor.OrderId, poor.Error.Contains("missing", StringComparison.OrdinalIgnoreCase)).ShouldBe((400, null, true),
            poor.Error);
        (await ListAsync(client)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_payload_that_is_none_of_ours_is_400_and_says_so()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var cell = CellOf(await client.CreateAsync(client.Dca()));
        const string notOurs = "payload_cell must be the payload_cell that creating the order answered";
        var wallet = CellOf(await client.SendAsync(HttpMethod.Post, "wallet"));
        foreach (var wrong in (string[])["", "no base64", cell[..^8], wallet, Convert.ToBase64String([0xff, 0xfe, 0x7b]), Base64("[]"),
            Base64("{}"), Changed(cell, p => p["uuid"] = "7"), Changed(cell, p => p["order"] = 1)])
        {
            var answer = await ConfirmAsync(client, wrong);
            (answer.Status, answer.Error).ShouldBe((400, notOurs), wrong);
        }
        var missing = await client.SendAsync(HttpMethod.Post, "order/confirm", new JsonObject());
        (missing.Status, missing.Error).ShouldBe((400, "payload_cell is required"));
        var changed = await ConfirmAsync(client, Changed(cell, p => p["order"]!["slippage"] = 0));
        (changed.Status, changed.Error.StartsWith("order.slippage must be above 0", StringComparison.Ordinal)).ShouldBe((400, true),
            changed.Error);
        (await ListAsync(client)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_uuid_of_an_order_is_no_other_orders_and_no_other_wallets()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var cell = CellOf(await client.CreateAsync(client.Dca()));
        (await ConfirmAsync(client, cell)).Status.ShouldBe(200);
        (await ConfirmAsync(client, Changed(cell, p => p["order"]!["input_amount"] = "1000002"))).Status.ShouldBe(409);
        var stranger = client.Stranger();
        await stranger.OpenAsync();
        (await ConfirmAsync(stranger, cell)).Status.ShouldBe(409);
        (await client.AskAsync(HttpMethod.Post, $"/v1/strategies/{client.Address}/order/confirm",
            new JsonObject { ["payload_cell"] = cell })).Status.ShouldBe(401);
    }

    private static Task<Answer> ConfirmAsync(StrategyClient client, string cell) =>
        client.SendAsync(HttpMethod.Post, "order/confirm", new JsonObject { ["payload_cell"] = cell });

    private static async Task<JsonArray> ListAsync(StrategyClient client) =>
        (await client.SendAsync(HttpMethod.Get, "orders?include_finished=true")).Body!.AsArray();

    private static string CellOf(Answer answer) => (string)answer.Body!["payload_cell"]!;

    private static JsonNode PayloadOf(Answer answer) => PayloadOf(CellOf(answer));

    private static JsonNode PayloadOf(string cell) => JsonNode.Parse(Convert.FromBase64String(cell))!;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Changed(string cell, Action<JsonNode> change)
    {
        var payload = PayloadOf(cell);
        change(payload);
        return Base64(payload.ToJsonString());
    }
}
