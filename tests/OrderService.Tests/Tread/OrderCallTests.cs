using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Engine.Pricing;

namespace OrderService.Tests.Tread;

/// <summary>
/// The calls about orders: who may, what is said of other people's, what superusers do, bulk with failures, and what the server answers
/// itself.
/// </summary>
public sealed class OrderCallTests(TreadFixture service) : IClassFixture<TreadFixture>
{
    private const string Nobody = "11111111-1111-4111-8111-111111111111";

    private async Task<TreadClient> UserAsync()
    {
        var user = await service.UserAsync();
        await user.OpenAsync("main", cha: 1_000, susdt: 100);
        return user;
    }

    private static JsonObject About(JsonNode order, Action<JsonObject>? more = null)
    {
        var body = new JsonObject { ["order_id"] = (string)order["id"]! };
        more?.Invoke(body);
        return body;
    }

    [Theory]
    [InlineData("", "not_authenticated", """{"detail":"Authentication credentials were not provided."}""")]
    [InlineData("Basic abc", "not_authenticated", """{"detail":"Authentication credentials were not provided."}""")]
    [InlineData("Token", "token_missing", """{"detail":"Invalid token header. No credentials provided."}""")]
    [InlineData("token a b", "token_malformed", """{"detail":"Invalid token header. Token string should not contain spaces."}""")]
    [InlineData("BEARER nonsense", "invalid_token", """{"detail":"Invalid token."}""")]
    public async Task A_token_that_is_none_is_refused_by_each_route_in_its_words(string header, string code, string body)
    {
        var user = await service.UserAsync();
        foreach (var path in new[] { "/api/orders/", "/api/active_orders", $"/api/order/{Nobody}", "/api/order_errors/",
            "/api/strategies/" })
        {
            var answer = await user.SendAsync(HttpMethod.Get, path, authorization: header);
            (answer.Status, answer.Text, answer.Code).ShouldBe((401, body, code), path);
        }
        (await user.SendAsync(HttpMethod.Get, "/api/orders_with_stats/", authorization: header)).Text.ShouldBe(
            """{"error":"Unauthorized"}""");
        (await user.SendAsync(HttpMethod.Post, "/api/pause_all_orders/", authorization: header)).Text.ShouldBe(
            """{"error":"Unauthorized"}""");
        (await user.SendAsync(HttpMethod.Post, "/api/resume_all_orders", authorization: header)).Text.ShouldBe(
            """{"error":"Unauthorized"}""");
    }

    [Fact]
    public async Task Pairs_show_the_pictures_that_the_venue_s_list_has()
    {
        var (user, registry) = (await service.UserAsync(), service.Services.GetRequiredService<TokenRegistry>());
        (await PairAsync()).AsObject().Select(field => field.Key)
            .ShouldBe(["name", "base", "quote", "exchanges", "is_contract", "is_inverse", "market_type"]);
        registry.Load([.. registry.All.Select(token =>
            token with { Image = token.Symbol.StartsWith("CHA", StringComparison.Ordinal) ? "https://pictures.example/cha.png" : null })]);
        var pair = await PairAsync();
        ((string?)pair["base_image"], pair["quote_image"]).ShouldBe(("https://pictures.example/cha.png", null));

        async Task<JsonNode> PairAsync() =>
            JsonNode.Parse((await user.GetAsync("/api/get_token_pairs/")).Text)!["pairs"]!.AsArray()
                .Single(pair => (string?)pair!["name"] == "CHA-sUSDT")!;
    }

    [Fact]
    public async Task A_key_past_its_expiry_says_so_and_a_revoked_one_is_none()
    {
        var user = await service.UserAsync();
        await service.SqlAsync(
            $"UPDATE api_keys SET expires_at = now() - interval '1 minute' WHERE key_hash = encode(sha256('{user.Token}'), 'hex')");
        var expired = await user.GetAsync("/api/orders/");
        (expired.Status, expired.Text, expired.Code).ShouldBe((401, """{"detail":"Token has expired."}""", "token_expired"));
        await service.SqlAsync($"UPDATE api_keys SET expires_at = NULL, status = 'revoked', revoked_at = now() WHERE key_hash = encode(sha256('{user.Token}'), 'hex')");
        (await user.GetAsync("/api/orders/")).Text.ShouldBe("""{"detail":"Invalid token."}""");
    }

    [Fact]
    public async Task Another_users_order_is_a_401_in_the_words_of_each_route()
    {
        var (owner, other) = (await UserAsync(), await UserAsync());
        var order = await owner.PlaceAsync(owner.Waiting());
        var id = (string)order["id"]!;
        foreach (var path in new[] { $"/api/order/{id}", $"/api/order_summary/{id}" })
        {
            var answer = await other.GetAsync(path);
            (answer.Status, answer.Text, answer.Code).ShouldBe((401, "\"Unauthorized\"", "foreign_order"), path);
        }
        (await other.SendAsync(HttpMethod.Delete, $"/api/order/{id}")).Text.ShouldBe("\"Unauthorized\"");
        (await other.PostAsync("/api/pause_order/", About(order))).Text.ShouldBe("""{"error":"Unauthorized"}""");
        (await other.PostAsync("/api/resume_order/", About(order))).Text.ShouldBe("""{"error":"Unauthorized"}""");
        (await other.PostAsync("/api/amend_order/", About(order, b => b["changes"] = new JsonObject { ["duration"] = 900 }))).Text.ShouldBe(
            """{"error":"Unauthorized"}""");
        (await other.GetAsync($"/api/order_errors/?order_ids={id}")).Text.ShouldBe($$"""{"error":"Order {{id}} does not belong to you"}""");
        (await other.GetAsync("/api/orders/")).Json["order_count"]!.GetValue<int>().ShouldBe(0);
        (await owner.GetAsync($"/api/order/{id.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant()}")).Status.ShouldBe(200);
        (await owner.SendAsync(HttpMethod.Delete, $"/api/order/{id}")).Text.ShouldBe("\"Order canceled!\"");
        (await owner.SendAsync(HttpMethod.Delete, $"/api/order/{id}")).Text.ShouldBe("\"Order already canceled!\"");
    }

    [Fact]
    public async Task A_superuser_sees_pauses_resumes_and_cancels_everybodys_and_amends_nothing()
    {
        var user = await UserAsync();
        var order = await user.PlaceAsync(user.Resting());
        var admin = user.With(TreadFixture.AdminKey);
        (await admin.GetAsync($"/api/order/{order["id"]}")).Json["user"]!.GetValue<string>().ShouldBe(user.Owner);
        (await admin.GetAsync($"/api/orders/?account_names={user.Owner}/main")).Json["order_count"]!.GetValue<int>().ShouldBe(1);
        (await admin.PostAsync("/api/amend_order/", new JsonObject())).Text.ShouldBe(
            """{"error":"Superusers on retail cannot place orders"}""");
        (await admin.PostAsync("/api/pause_order/", About(order))).Status.ShouldBe(202);
        (await admin.PostAsync("/api/resume_order/", About(order))).Status.ShouldBe(202);
        (await admin.SendAsync(HttpMethod.Delete, $"/api/order/{order["id"]}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Each_change_needs_its_permission()
    {
        var user = await UserAsync();
        var order = await user.PlaceAsync(user.Resting());
        var reader = user.With(await service.KeyAsync(user.Wallet, "\"execute\""));
        (await reader.GetAsync($"/api/order/{order["id"]}")).Status.ShouldBe(200);
        TreadAnswer[] answers =
        [
            await reader.PostAsync("/api/pause_order/", About(order)), await reader.PostAsync("/api/resume_order/", About(order)),
            await reader.PostAsync("/api/amend_order/", About(order)),
            await reader.SendAsync(HttpMethod.Delete, $"/api/order/{order["id"]}"),
            await reader.SendAsync(HttpMethod.Post, "/api/cancel_all_orders/"),
            await reader.SendAsync(HttpMethod.Post, "/api/pause_all_orders/"),
        ];
        foreach (var answer in answers)
        {
            (answer.Status, answer.Text,
                answer.Code).ShouldBe((403, """{"detail":"You do not have permission to perform this action."}""", "permission_denied"));
        }
        (await user.SendAsync(HttpMethod.Delete, $"/api/order/{order["id"]}")).Status.ShouldBe(200);
    }

    // The contract's order of checks: token, JSON, superuser, permission, and then the fields.
    [Fact]
    public async Task Of_a_new_order_what_is_no_JSON_is_said_before_a_permission_and_a_permission_before_the_fields()
    {
        var user = await service.UserAsync();
        var (reader, admin) = (user.With(await service.KeyAsync(user.Wallet, "\"execute\"")), user.With(TreadFixture.AdminKey));
        const string NoOrder = """{"errors":["Invalid order data"]}""";
        (await user.SendAsync(HttpMethod.Post, "/api/orders/", new JsonArray(), authorization: "")).Status.ShouldBe(401);
        (await reader.PostAsync("/api/orders/", new JsonArray())).Text.ShouldBe(NoOrder);
        (await admin.PostAsync("/api/orders/", new JsonArray())).Text.ShouldBe(NoOrder);
        (await admin.PostAsync("/api/orders/", new JsonObject())).Text.ShouldBe("""{"error":"Superusers on retail cannot place orders"}""");
        (await reader.PostAsync("/api/orders/", new JsonObject())).Text.ShouldBe(
            """{"detail":"You do not have permission to perform this action."}""");
        (await user.PostAsync("/api/orders/", new JsonObject())).Text.ShouldBe(
            """{"error":"Missing required fields: ['pair', 'accounts', 'side', 'duration', 'strategy']"}""");
    }

    [Fact]
    public async Task Pause_resume_and_amend_say_what_is_wrong()
    {
        var user = await UserAsync();
        var order = await user.PlaceAsync(user.Resting());
        (await user.PostAsync("/api/resume_order/", About(order))).Text.ShouldBe("""{"error":"Order is not paused."}""");
        (await user.PostAsync("/api/pause_order/", About(order, b => b["resume_condition"] = "CHA-sUSDT@simulated"))).Text.ShouldBe(
            """{"error":"Invalid resume condition: must be true or false"}""");
        (await user.PostAsync("/api/pause_order/",
            About(order, b => b["resume_condition"] = "CHA-sUSDT@simulated <= 0.0001"))).Status.ShouldBe(202);
        ((string?)(await user.GetAsync($"/api/order/{order["id"]}")).Json["resume_condition_normal"]).ShouldBe(
            "CHA-sUSDT@simulated <= 0.0001");
        (await user.PostAsync("/api/pause_order/", About(order))).Text.ShouldBe("""{"error":"Order is not running."}""");
        (await user.PostAsync("/api/resume_order/", new JsonObject { ["order_id"] = Nobody })).Text.ShouldBe(
            """{"error":"Order not found."}""");
        (await user.PostAsync("/api/pause_order/", new JsonObject { ["order_id"] = "x" })).Text.ShouldBe(
            """{"error":"Invalid order ID format"}""");
        async Task<string> AmendAsync(string changes) =>
            (await user.PostAsync("/api/amend_order/", About(order, b => b["changes"] = JsonNode.Parse(changes)))).Text;
        (await AmendAsync("{}")).ShouldBe("""{"error":"Missing required field(s): changes"}""");
        (await AmendAsync("""{"price":1}""")).ShouldBe("""{"error":"Invalid field: price"}""");
        (await AmendAsync("""{"duration":"soon"}""")).ShouldBe("""{"error":"duration must be an integer"}""");
        (await AmendAsync("""{"base_asset_qty":0}""")).ShouldBe("""{"error":"base_asset_qty must be a positive number"}""");
        (await AmendAsync("""{"pov_target":2}""")).ShouldBe("""{"error":"pov_target must be between 0 and 1"}""");
        (await AmendAsync("""{"base_asset_qty":1,"quote_asset_qty":1}""")).ShouldBe(
            """{"error":"Cannot update both base_asset_qty and quote_asset_qty"}""");
        (await AmendAsync("""{"quote_asset_qty":1}""")).ShouldBe("""{"error":"Cannot change the target token of an order"}""");
        (await AmendAsync("""{"limit_price":"abc +"}""")).ShouldBe("""{"error":"Invalid limit_price: unknown name abc"}""");
        (await AmendAsync("""{"limit_price":-2}""")).ShouldBe("""{"error":"Limit price must be a positive number"}""");
        (await AmendAsync("""{"pov_target":0.1}""")).ShouldBe("""{"error":"Cannot amend pov_target of this order"}""");
        (await AmendAsync("""{"max_clip_size":99}""")).ShouldBe("""{"error":"max_clip_size must be at least 100"}""");
        (await AmendAsync("""{"base_asset_qty":100000000}""")).ShouldBe("""{"error":"Insufficient balance for order execution"}""");
        var before = await UpdatedAsync(user, order);
        (await AmendAsync("""{"base_asset_qty":30,"limit_price":"min(CHA-sUSDT@simulated,0.001)"}""")).ShouldBe(
            """{"message":"Successfully amended order."}""");
        (await UpdatedAsync(user, order)).ShouldBeGreaterThan(before);
        var amended = (await user.GetAsync($"/api/order/{order["id"]}")).Json;
        (amended["target_order_qty"]!.ToJsonString(), (string?)amended["limit_price"]).ShouldBe(("30", "min(CHA-sUSDT@simulated, 0.001)"));
        (await user.SendAsync(HttpMethod.Delete, $"/api/order/{order["id"]}")).Status.ShouldBe(200);
        (await AmendAsync("""{"duration":900}""")).ShouldBe("""{"error":"Order is in a state that cannot be amended"}""");
    }

    private static async Task<DateTimeOffset> UpdatedAsync(TreadClient user, JsonNode order) =>
        DateTimeOffset.Parse((string)(await user.GetAsync($"/api/order/{order["id"]}")).Json["updated_at"]!,
            System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_bulk_cancel_tells_how_many_and_what_failed()
    {
        var user = await UserAsync();
        var order = await user.PlaceAsync(user.Waiting());
        var paused = await user.PlaceAsync(user.Resting());
        (await user.PostAsync("/api/pause_order/", About(paused))).Status.ShouldBe(202);
        (await user.SendAsync(HttpMethod.Post, "/api/pause_all_orders/")).Text.ShouldBe("""{"message":"No active orders to pause."}""");
        var answer = await user.PostAsync("/api/cancel_all_orders/", new JsonObject { ["account_names"] = "main, bad_account" });
        (answer.Status,
            answer.Text).ShouldBe((422,
                """{"error":"Canceled 1 orders with 0 failures: [] Failed to fetch accounts: ['Account not found: bad_account']"}"""));
        ((string?)(await user.GetAsync($"/api/order/{order["id"]}")).Json["status"]).ShouldBe("CANCELED");
        ((string?)(await user.GetAsync($"/api/order/{paused["id"]}")).Json["status"]).ShouldBe("PAUSED");
        (await user.PostAsync("/api/cancel_all_orders/", new JsonObject { ["account_names"] = "bad" })).Text.ShouldBe(
            """{"message":"No active orders to cancel. Failed to fetch accounts: ['Account not found: bad']"}""");
        (await user.SendAsync(HttpMethod.Post, "/api/cancel_all_orders/?exclude_paused=0")).Text.ShouldBe(
            """{"message":"Successfully canceled all orders."}""");
        (await user.SendAsync(HttpMethod.Post, "/api/cancel_all_orders/?exclude_paused=maybe")).Text.ShouldBe(
            """{"error":"Invalid exclude_paused"}""");
        (await user.SendAsync(HttpMethod.Post, "/api/resume_all_orders/")).Text.ShouldBe("""{"message":"No paused orders to resume."}""");
        ((string?)(await user.GetAsync($"/api/order/{paused["id"]}")).Json["status"]).ShouldBe("CANCELED");
    }

    [Theory]
    [InlineData("/api/orders/?page=0", """{"error":"Invalid page"}""")]
    [InlineData("/api/orders/?page_size=1001", """{"error":"page_size cannot be greater than 1000"}""")]
    [InlineData("/api/orders/?page_size=x", """{"error":"Invalid page_size"}""")]
    [InlineData("/api/orders/?statuses=ACTIVE,DONE", """{"error":"Invalid status: DONE"}""")]
    [InlineData("/api/orders/?before=nope", """{"message":"Invalid after date format"}""")]
    [InlineData("/api/orders/?account_names=x", """{"error":"Account display name 'x' not found for user"}""")]
    [InlineData("/api/active_orders/?only_active=perhaps", """{"error":"Invalid only_active"}""")]
    [InlineData("/api/order_errors/?order_ids=123", """{"error":"Invalid order ID format"}""")]
    [InlineData("/api/order_errors/?order_ids=11111111-1111-4111-8111-111111111111",
        """{"error":"Order 11111111-1111-4111-8111-111111111111 not found"}""")]
    [InlineData("/api/order/", "\"No order ID given!\"")]
    [InlineData("/api/order/xyz", "\"Invalid order ID format\"")]
    [InlineData("/api/set_leverage/", """{"detail":"Not found."}""")]
    public async Task Bad_queries_and_unknown_paths_are_answered_in_their_words(string path, string body)
    {
        var user = await service.UserAsync();
        (await user.GetAsync(path)).Text.ShouldBe(body);
    }

    [Fact]
    public async Task Without_ids_the_orders_are_those_to_which_something_happened_last()
    {
        var user = await UserAsync();
        var (first, second) = (await user.PlaceAsync(user.Resting()), await user.PlaceAsync(user.Resting()));
        (await user.PostAsync("/api/pause_order/", About(first))).Status.ShouldBe(202);
        var told = (await user.GetAsync("/api/order_errors/")).Json.AsObject();
        told.Select(o => o.Key).ShouldBe([(string)first["id"]!, (string)second["id"]!]);
        told[(string)first["id"]!]!.AsArray().Select(m => (string)m!["message"]!).First().ShouldBe("Order paused");
        (await user.SendAsync(HttpMethod.Post, "/api/cancel_all_orders/?exclude_paused=false")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_wrong_method_is_a_405_that_names_it()
    {
        var user = await service.UserAsync();
        var answer = await user.SendAsync(HttpMethod.Put, "/api/orders/", new JsonObject());
        (answer.Status, answer.Text, answer.Code).ShouldBe((405, """{"detail":"Method \"PUT\" not allowed."}""", "method_not_allowed"));
    }

    [Fact]
    public async Task Dates_filter_by_creation_in_any_spelling()
    {
        var user = await UserAsync();
        var order = await user.PlaceAsync(user.Waiting());
        var at = DateTimeOffset.Parse((string)order["created_at"]!, System.Globalization.CultureInfo.InvariantCulture);
        async Task<int> CountAsync(string query) => (await user.GetAsync($"/api/orders/?{query}")).Json["order_count"]!.GetValue<int>();
        (await CountAsync($"after={at.AddSeconds(-2).ToUnixTimeMilliseconds()}")).ShouldBe(1);
        (await CountAsync($"after={at.AddSeconds(2):yyyy-MM-ddTHH:mm:ss}")).ShouldBe(0);
        (await CountAsync($"before={Uri.EscapeDataString($"{at.AddHours(2).AddSeconds(2):yyyy-MM-ddTHH:mm:ss}+02:00")}")).ShouldBe(1);
        (await CountAsync($"after={(string)order["created_at"]!}")).ShouldBe(0); // exclusive
        (await CountAsync("statuses=scheduled")).ShouldBe(1);
        (await CountAsync("statuses=FAILED,SUBMITTED")).ShouldBe(0);
        (await user.SendAsync(HttpMethod.Delete, $"/api/order/{order["id"]}")).Status.ShouldBe(200);
    }
}
