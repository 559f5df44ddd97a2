using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace OrderService.Tests.Http;

/// <summary>The native order routes as a client uses them: one test per route and per refusal.</summary>
public sealed class OrderRouteTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private Wallet Wallet => service.Wallet;

    [Fact]
    public async Task A_signed_order_goes_from_open_to_confirmed_and_is_swapped_once()
    {
        var (status, created) = await Wallet.PostOrderAsync(Wallet.Order(Wallet.AtOnce));
        (status, (string?)created["status"], (string?)created["data"]!["status"]).ShouldBe((200, "success", "open"));
        created.ToJsonString().ShouldNotContain("signature");
        var order = await Wallet.WaitAsync((string)created["data"]!["uuid"]!, "confirmed");
        ((string?)order["txid"])!.Length.ShouldBe(64);
        order["confirmedAt"].ShouldNotBeNull();
        order["amountOut"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_price_order_waits_and_fires_when_the_price_is_pinned_beyond_its_target()
    {
        var (body, twin) = (Wallet.Order(AtPrice), Wallet.Order(Wallet.AtOnce));
        (await Wallet.PostOrderAsync(body)).Status.ShouldBe(200);
        (await Wallet.PostOrderAsync(twin)).Status.ShouldBe(200);
        await Wallet.WaitAsync((string)twin["uuid"]!, "confirmed"); // so the engine had its turn
        ((string?)(await Wallet.GetAsync($"/api/v1/orders/{body["uuid"]}")).Body["data"]!["status"]).ShouldBe("open");
        await PinAsync("\"6.25\"");
        var order = await Wallet.WaitAsync((string)body["uuid"]!, "confirmed");
        await PinAsync("null");
        order.ToJsonString().ShouldContain("6.25");
    }

    [Fact]
    public async Task Unknown_fields_and_metadata_come_back_as_they_were_and_server_fields_are_not_taken_from_a_client()
    {
        var body = Wallet.Order(b =>
        {
            b["metadata"] = JsonNode.Parse("""{"note":"é \u0000 ✓","n":9007199254740993}""");
            b["strategyId"] = "dca-1";
            b["status"] = "confirmed";
            b["txid"] = "beef";
        });
        var order = (await Wallet.PostOrderAsync(body)).Body["data"]!;
        order["metadata"]!["n"]!.ToJsonString().ShouldBe("9007199254740993");
        ((string?)order["strategyId"], (string?)order["status"], order["txid"]).ShouldBe(("dca-1", "open", null));
        var read = (await Wallet.GetAsync($"/api/v1/orders/{body["uuid"]}")).Body["data"]!;
        read["metadata"]!.ToJsonString().ShouldBe(order["metadata"]!.ToJsonString());
    }

    [Fact]
    public async Task The_same_body_again_is_the_same_order_and_other_terms_are_409_naming_the_field()
    {
        var body = Wallet.Order();
        var first = (await Wallet.PostOrderAsync(body)).Body["data"]!;
        var again = await Wallet.PostOrderAsync(body);
        (again.Status, (string?)again.Body["data"]!["createdAt"]).ShouldBe((200, (string?)first["createdAt"]));
        body["recipient"] = Wallet.Stranger().Address;
        var other = await Wallet.PostOrderAsync(body);
        (other.Status, (string?)other.Body["code"], (string?)other.Body["details"]!["field"]).ShouldBe((409, "order_exists", "recipient"));
    }

    [Fact]
    public async Task A_signature_for_the_other_network_or_router_says_so()
    {
        var network = Wallet.Order(b => b["signature"] = Wallet.SignIntent(b, chainId: 1));
        ((string?)(await Wallet.PostOrderAsync(network)).Body["code"]).ShouldBe("wrong_network");
        var router =
            Wallet.Order(b => b["signature"] = Wallet.SignIntent(b, router: "SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS.x-multihop-rc9"));
        var (_, refused) = await Wallet.PostOrderAsync(router);
        ((string?)refused["code"], (string?)refused["details"]!["expected"]).ShouldBe(("wrong_router", Wallet.Router.ToString()));
        var stranger = Wallet.Order(b => b["signature"] = Wallet.Stranger().SignIntent(b));
        ((string?)(await Wallet.PostOrderAsync(stranger)).Body["code"]).ShouldBe("invalid_signature");
    }

    [Theory]
    [InlineData("inputToken", "STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.no-such-token", "unknown_token")]
    [InlineData("outputToken", "STZK07TR5B9SJ3WMC3VGPNHZBPRNSVR7WBMBNYZ8.no-such-token", "unknown_token")]
    [InlineData("recipient", "abc", "invalid_principal")]
    [InlineData("signature", "zz", "invalid_signature_format")]
    [InlineData("validTo", "2020-01-01T00:00:00Z", "valid_to_in_past")]
    [InlineData("amountIn", "-1", "invalid_field")]
    [InlineData("slippageBps", 10001, "invalid_field")]
    public async Task Each_refusal_of_a_field_names_it(string field, object value, string code)
    {
        var (status, body) = await Wallet.PostOrderAsync(Change(Wallet.Order(), field, JsonValue.Create(value)));
        (status, (string?)body["code"], (string?)body["details"]!["field"]).ShouldBe((400, code, field));
        ((string?)body["error"])!.ShouldContain(field);
    }

    [Fact]
    public async Task Cancel_by_bare_uuid_is_definitive_and_never_good_for_execute()
    {
        var body = Wallet.Order();
        var uuid = (string)body["uuid"]!;
        await Wallet.PostOrderAsync(body);
        var cancel = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/orders/{uuid}/cancel");
        cancel.Headers.Add("x-signature", Wallet.Sign(uuid));
        cancel.Headers.Add("x-public-key", Wallet.PublicKey);
        var (status, answer) = await Wallet.SendAsync(cancel);
        (status, (string?)answer["data"]!["status"]).ShouldBe((200, "cancelled"));
        answer["data"]!["cancelledAt"].ShouldNotBeNull();
        var (again, refused) = await Wallet.AskAsync(HttpMethod.Patch, uuid, "cancel");
        (again, (string?)refused["code"]).ShouldBe((400, "order_not_open"));
    }

    [Fact]
    public async Task A_bare_uuid_shown_for_a_refused_cancel_does_not_execute_afterwards()
    {
        var body = Wallet.Order();
        var uuid = (string)body["uuid"]!;
        await Wallet.PostOrderAsync(body);
        await Wallet.AskAsync(HttpMethod.Patch, uuid, "pause");
        var signature = Wallet.Sign(uuid);
        (await BareAsync(HttpMethod.Patch, uuid, "cancel", signature)).Status.ShouldBe(200);
        (await BareAsync(HttpMethod.Post, uuid, "execute", signature)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Execute_by_a_timed_message_answers_the_txid_and_the_message_works_once()
    {
        // Whatever a pin of another test has left of the pools, or moves between the quote and the block.
        var body = Wallet.Order(b => (b["maxDeviationBps"], b["slippageBps"]) = (10_000, 9_900));
        var uuid = (string)body["uuid"]!;
        await Wallet.PostOrderAsync(body);
        var message = $$"""{"action":"execute_order","uuid":"{{uuid}}","timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}}""";
        var (status, answer) = await ExecuteAsync(uuid, message);
        (status, ((string?)answer["txid"])?.Length).ShouldBe((200, 64), answer.ToJsonString());
        (await ExecuteAsync(uuid, message)).Status.ShouldBeOneOf(400, 401, 409);
        ((string?)(await Wallet.WaitAsync(uuid, "confirmed"))["txid"]).ShouldBe((string?)answer["txid"]);
    }

    [Fact]
    public async Task Proofs_that_do_not_hold_are_401_and_say_why()
    {
        var body = Wallet.Order();
        var uuid = (string)body["uuid"]!;
        await Wallet.PostOrderAsync(body);
        (await Wallet.SendAsync(new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/orders/{uuid}/cancel"))).Status.ShouldBe(401);
        (await Wallet.Stranger().AskAsync(HttpMethod.Patch, uuid, "cancel")).Status.ShouldBe(401);
        var old = await Wallet.AskAsync(HttpMethod.Patch, uuid, "cancel", at: DateTimeOffset.UtcNow.AddMinutes(-6));
        (old.Status, (string?)old.Body["code"]).ShouldBe((401, "expired_timestamp"));
        (await Wallet.AskAsync(HttpMethod.Patch, uuid, "cancel", action: "execute_order")).Status.ShouldBe(401);
        (await Wallet.AskAsync(HttpMethod.Patch, Guid.NewGuid().ToString(), "cancel")).Status.ShouldBe(404);
        ((string?)(await Wallet.GetAsync($"/api/v1/orders/{uuid}")).Body["data"]!["status"]).ShouldBe("open");
    }

    [Fact]
    public async Task A_paused_order_is_open_and_paused_and_goes_on_when_it_is_resumed()
    {
        // Its twin, which is not paused, shows that the engine had its turn while the price was there. It is below the one of today, as a
        // price that another test pinned above it may still be the believed one.
        var (body, twin) = (Wallet.Order(AtLowPrice), Wallet.Order(AtLowPrice));
        var uuid = (string)body["uuid"]!;
        await Wallet.PostOrderAsync(body);
        await Wallet.PostOrderAsync(twin);
        var (status, paused) = await Wallet.AskAsync(HttpMethod.Patch, uuid, "pause");
        (status, (string?)paused["data"]!["status"], (bool?)paused["data"]!["paused"]).ShouldBe((200, "open", true));
        await PinAsync("\"0.4\"");
        await Wallet.WaitAsync((string)twin["uuid"]!, "confirmed");
        ((string?)(await Wallet.GetAsync($"/api/v1/orders/{uuid}")).Body["data"]!["status"]).ShouldBe("open");
        (await Wallet.AskAsync(HttpMethod.Patch, uuid, "resume")).Status.ShouldBe(200);
        await Wallet.WaitAsync(uuid, "confirmed");
        await PinAsync("null");
    }

    [Fact]
    public async Task Lists_belong_to_their_owner_and_go_by_page_or_by_cursor()
    {
        for (var i = 0; i < 7; i++) (await Wallet.PostOrderAsync(Wallet.Order())).Status.ShouldBe(200);
        (await Wallet.GetAsync($"/api/v1/orders?owner={Wallet.Address}")).Status.ShouldBe(401);
        (await ListAsync(Wallet.Stranger(), $"?owner={Wallet.Address}")).Status.ShouldBeOneOf(401, 403);
        var (status, page) = await ListAsync(Wallet, $"?owner={Wallet.Address}&page=1&limit=3");
        (status, page["data"]!.AsArray().Count, (int?)page["pagination"]!["limit"]).ShouldBe((200, 3, 3));
        page.ToJsonString().ShouldNotContain("\"signature\"");
        var seen = new HashSet<string>();
        var cursor = "";
        do
        {
            var (_, part) = await ListAsync(Wallet, $"?owner={Wallet.Address}&limit=3&cursor={cursor}");
            foreach (var order in part["data"]!.AsArray()) seen.Add((string)order!["uuid"]!).ShouldBeTrue();
            cursor = (string?)part["nextCursor"];
        }
        while (cursor is not null);
        seen.Count.ShouldBeGreaterThanOrEqualTo(7);
        ((string?)(await ListAsync(Wallet, $"?owner={Wallet.Address}&page=500&limit=50")).Body["code"]).ShouldBe("use_cursor");
        (await ListAsync(Wallet, "?page=0")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task An_expired_order_reads_as_cancelled_with_its_reason()
    {
        var body = Wallet.Order(b => b["validTo"] = "2100-01-01T00:00:00Z");
        (await Wallet.PostOrderAsync(body)).Status.ShouldBe(200);
        await WindowEnd.PassAsync(service.Services, (string)body["uuid"]!);
        var order = await Wallet.WaitAsync((string)body["uuid"]!, "cancelled");
        ((string?)order["cancelReason"], order["cancelledAt"] is null).ShouldBe(("expired", false));
    }

    private static void AtPrice(JsonObject body) => At(body, "5", "gt");

    private static void AtLowPrice(JsonObject body) => At(body, "0.5", "lt");

    private static void At(JsonObject body, string usd, string direction) =>
        (body["conditionToken"], body["targetPrice"], body["direction"], body["baseAsset"]) = (".stx", usd, direction, "USD");

    private async Task PinAsync(string usd)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/simulator/prices")
        {
            Content = new StringContent($$"""{"token":".stx","usd":{{usd}}}""", System.Text.Encoding.UTF8, "application/json"),
        };
        (await Wallet.SendAsync(request)).Status.ShouldBe(200);
    }

    private Task<(int Status, JsonNode Body)> BareAsync(HttpMethod method, string uuid, string verb, string signature)
    {
        var request = new HttpRequestMessage(method, $"/api/v1/orders/{uuid}/{verb}");
        request.Headers.Add("x-signature", signature);
        return Wallet.SendAsync(request);
    }

    private Task<(int Status, JsonNode Body)> ExecuteAsync(string uuid, string message)
    {
        var body = new JsonObject { ["message"] = message, ["signature"] = Wallet.Sign(message), ["walletAddress"] = Wallet.Address };
        return Wallet.SendAsync(new HttpRequestMessage(HttpMethod.Post,
            $"/api/v1/orders/{uuid}/execute")
            {
                Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
            });
    }

    private static Task<(int Status, JsonNode Body)> ListAsync(Wallet wallet, string query) =>
        wallet.GetAsync($"/api/v1/orders{query}", request =>
        {
            var message = $$"""{"action":"list_orders","owner":"{{wallet.Address}}","timestamp":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}}""";
            request.Headers.Add("x-message", message);
            request.Headers.Add("x-signature", wallet.Sign(message));
        });

    private static JsonObject Change(JsonObject body, string field, JsonNode? value)
    {
        body[field] = value;
        return body;
    }
}
