using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrderService.Tests.Ground;

namespace OrderService.Tests.SwapCoffee;

/// <summary>The wallet's routes as a client uses them: one test per route and per refusal.</summary>
public sealed class StrategyRouteTests(StrategiesFixture service) : IClassFixture<StrategiesFixture>
{
    private static readonly string[] OrderFields =
    [
        "id", "type", "wallet", "status", "creation_timestamp", "token_from", "token_to", "initial_input_amount", "current_input_amount",
        "current_output_amount", "settings", "max_suborders",
        "suborders_executed", "max_invocations", "invocations_executed", "slippage", "max_path_length", "active_transactions",
    ];

    [Fact]
    public async Task A_wallet_is_404_until_it_is_created_and_then_always_the_same()
    {
        var client = service.NewClient();
        var none = await client.SendAsync(HttpMethod.Get, "wallet");
        (none.Status, none.Error).ShouldBe((404, "No strategies wallet yet: create it first"));
        var created = (await client.SendAsync(HttpMethod.Post, "wallet")).Body!.AsObject();
        created.Select(m => m.Key).ShouldBe(["payload_cell", "address", "value", "state_init"]);
        ((string?)created["value"]).ShouldBe("0");
        var payload = JsonNode.Parse(Convert.FromBase64String((string)created["payload_cell"]!))!;
        ((string?)payload["kind"], (string?)payload["wallet"]).ShouldBe(("create_wallet", (string?)created["address"]));
        ((string)payload["format"]!).ShouldContain("not a TON cell");
        ((string?)(await client.SendAsync(HttpMethod.Get, "wallet")).Body).ShouldBe((string?)created["address"]);
        var again = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.SendAsync(HttpMethod.Post, "wallet")));
        again.Select(a => (string?)a.Body!["address"]).Distinct().ShouldBe([(string?)created["address"]]);
    }

    [Fact]
    public async Task Two_who_create_a_wallet_at_once_get_the_same_one()
    {
        var client = service.NewClient();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.SendAsync(HttpMethod.Post, "wallet")));
        answers.ShouldAllBe(a => a.Status == 200);
        answers.Select(a => (string?)a.Body!["address"]).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task How_long_a_route_may_be_is_told_as_it_was_when_the_order_was_made()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var id = await client.CreatedAsync(client.Limit("999999999999999999", more: b => b["referral_name"] = "me"));
        ((int)(await client.OrderAsync(id))["max_path_length"]!).ShouldBe(4);
        await using (var command = service.Services.GetRequiredService<Npgsql.NpgsqlDataSource>()
            .CreateCommand(
                $"UPDATE orders SET client_fields = replace(client_fields::text, ':4', ':3')::json WHERE owner = '{client.Address}'"))
        {
            (await command.ExecuteNonQueryAsync()).ShouldBe(1);
        }
        ((int)(await client.OrderAsync(id))["max_path_length"]!).ShouldBe(3);
    }

    [Fact]
    public async Task There_is_nothing_to_confirm_where_orders_are_active_at_once()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var answer = await client.SendAsync(HttpMethod.Post, "order/confirm",
            new JsonObject { ["payload_cell"] = (string)(await client.CreateAsync(client.Dca())).Body!["payload_cell"]! });
        (answer.Status, answer.Error).ShouldBe((400, "There is nothing to confirm: orders are active at once"));
    }

    [Fact]
    public async Task An_order_is_changed_and_the_same_call_again_changes_nothing()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var (id, other) = (await client.CreatedAsync(client.Limit("999999999999999999", 2)),
            await client.CreatedAsync(client.Limit("999999999999999999", 2)));
        var change = new JsonObject { ["input_amount"] = "2000002", ["slippage"] = JsonNode.Parse("0.02") };
        var answer = await client.SendAsync(HttpMethod.Patch, $"order?id={id}", change, r => r.Headers.Add("Idempotency-Key", "amend-1"));
        (answer.Status, answer.OrderId).ShouldBe((200, id), answer.Body?.ToJsonString());
        ((string?)JsonNode.Parse(Convert.FromBase64String((string)answer.Body!["payload_cell"]!))!["kind"]).ShouldBe("amend_order");
        var again = await client.SendAsync(HttpMethod.Patch, $"order?id={id}", change, r => r.Headers.Add("Idempotency-Key", "amend-1"));
        (again.Status, again.Body!.ToJsonString()).ShouldBe((200, answer.Body.ToJsonString()));
        (await client.SendAsync(HttpMethod.Patch, $"order?id={other}", change,
            r => r.Headers.Add("Idempotency-Key", "amend-1"))).Status.ShouldBe(422);
        var order = await client.OrderAsync(id);
        ((string?)order["initial_input_amount"], order["slippage"]!.ToJsonString(),
            (string?)(await client.OrderAsync(other))["initial_input_amount"]).ShouldBe(("2000002", "0.02", "1000001"));
    }

    [Theory]
    [InlineData("{}", 400, "Nothing to change: give input_amount, max_suborders, max_invocations, slippage or settings")]
    [InlineData("""{"token_to":{"blockchain":"stacks","address":"native"}}""", 400,
        "token_to cannot be changed: cancel the order and create another")]
    [InlineData("""{"slippage":0}""", 400, "slippage must be above 0 and at most 1: 0.01 is 1 %")]
    [InlineData("""{"settings":{"delay":60}}""", 400, "settings of a limit has min_output_amount only")]
    [InlineData("""{"input_amount":"1"}""", 400,
        "input_amount must leave something for each part that was not swapped and is not in flight")]
    public async Task A_change_that_cannot_be_is_refused(string body, int status, string sentence)
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var id = await client.CreatedAsync(client.Limit("999999999999999999", 2));
        var answer = await client.SendAsync(HttpMethod.Patch, $"order?id={id}", JsonNode.Parse(body));
        (answer.Status, answer.Error).ShouldBe((status, sentence));
    }

    [Fact]
    public async Task A_change_of_another_wallets_order_is_404_and_of_one_that_ended_409()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var id = await client.CreatedAsync(client.Limit("999999999999999999", 2));
        var change = new JsonObject { ["slippage"] = JsonNode.Parse("0.02") };
        (await client.Stranger().SendAsync(HttpMethod.Patch, $"order?id={id}", change)).Status.ShouldBe(404);
        (await client.SendAsync(HttpMethod.Delete, $"order?id={id}")).Status.ShouldBe(200);
        var ended = await client.SendAsync(HttpMethod.Patch, $"order?id={id}", change);
        (ended.Status, ended.Error).ShouldBe((409, "The order is not active: it is cancelled_by_user"));
    }

    [Fact]
    public async Task A_wallet_that_proves_itself_is_eligible() => ((bool?)(await EligibleAsync(service.NewClient())).Body).ShouldBe(true);

    [Fact]
    public async Task Eligible_is_what_a_route_leads_from_and_to()
    {
        var client = service.NewClient();
        var from = Texts(await client.AskAsync(HttpMethod.Get, "/v1/strategies/eligibility/from-tokens?type=limit"));
        from.Count.ShouldBe(10);
        from.ShouldContain(client.SellToken);
        from.ShouldContain("native");
        from.ShouldContain(client.SellToken.Replace("-subnet-v1", "", StringComparison.Ordinal));
        var to = Texts(await client.AskAsync(HttpMethod.Get,
            $"/v1/strategies/eligibility/to-tokens/{Uri.EscapeDataString(client.SellToken)}?type=dca"));
        to.ShouldContain("native");
        to.ShouldNotContain(client.SellToken);
        foreach (var path in (string[])["from-tokens?type=vca", $"to-tokens/{client.SellToken}?type=vca",
            "to-tokens/ST000000000000000000002AMW42H.nothing?type=dca"])
        {
            Texts(await client.AskAsync(HttpMethod.Get, $"/v1/strategies/eligibility/{path}")).ShouldBeEmpty(path);
        }
    }

    [Theory]
    [InlineData("from-tokens", "type is required")]
    [InlineData("from-tokens?type=swap", "type must be limit, dca or vca")]
    [InlineData("to-tokens/native", "type is required")]
    [InlineData("to-tokens/EQAAAA?type=dca", "address must be native or a contract id")]
    public async Task Questions_about_tokens_that_cannot_be_meant_are_400(string path, string sentence)
    {
        var answer = await service.NewClient().AskAsync(HttpMethod.Get, $"/v1/strategies/eligibility/{path}");
        (answer.Status, answer.Error.StartsWith(sentence, StringComparison.Ordinal)).ShouldBe((400, true), answer.Error);
    }

    [Fact]
    public async Task A_limit_is_swapped_part_by_part_at_its_minimum_or_better()
    {
        var client = service.NewClient();
        var wallet = await client.OpenAsync();
        var began = service.Services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds();
        var created = await client.CreateAsync(client.Limit("100", suborders: 3));
        created.Status.ShouldBe(200, created.Body?.ToJsonString());
        created.Body!.AsObject().Select(m => m.Key).ShouldBe(["payload_cell", "address", "value"]);
        var payload = JsonNode.Parse(Convert.FromBase64String((string)created.Body!["payload_cell"]!))!;
        ((string?)payload["kind"], payload["order_id"]!.ToString(),
            (string?)created.Body["address"]).ShouldBe(("create_order", created.OrderId, wallet));
        var order = await client.WaitAsync(created.OrderId!, "executed");
        order.AsObject().Select(m => m.Key).ShouldBe([.. OrderFields, "close_timestamp"]);
        ((string?)order["type"], (string?)order["wallet"], order["id"]!.ToString()).ShouldBe(("limit", wallet, created.OrderId));
        ((int?)order["suborders_executed"], (int?)order["invocations_executed"], (int?)order["active_transactions"]).ShouldBe((3, 3, 0));
        ((string?)order["initial_input_amount"], (string?)order["current_input_amount"]).ShouldBe(("1000001", "0"));
        long.Parse((string)order["current_output_amount"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(100);
        order["settings"]!.ToJsonString().ShouldBe("""{"min_output_amount":"100"}""");
        order["token_from"]!.ToJsonString()
            .ShouldBe($$$"""{"address":{"blockchain":"stacks","address":"{{{client.SellToken}}}"},"metadata":{"name":"Charisma (subnet)","symbol":"CHA-subnet","decimals":6,"listed":true}}""");
        order["token_to"]!["address"]!.ToJsonString().ShouldBe("""{"blockchain":"stacks","address":"native"}""");
        order["slippage"]!.ToJsonString().ShouldBe("0.01");
        ((int?)order["max_path_length"], (int?)order["max_suborders"], (int?)order["max_invocations"]).ShouldBe((4, 3, 6));
        var now = service.Services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds();
        ((long)order["creation_timestamp"]!).ShouldBeInRange(began - 1, now); // engine time may be set back by less than a second
        ((long)order["close_timestamp"]!).ShouldBeInRange((long)order["creation_timestamp"]!, now);
    }

    [Fact]
    public async Task A_limit_that_the_market_does_not_reach_waits_without_an_invocation_and_is_cancelled()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var id = await client.CreatedAsync(client.Limit("1000000000000"));
        await Task.Delay(1_500);
        var order = await client.OrderAsync(id);
        ((string?)order["status"], (int?)order["invocations_executed"], order["close_timestamp"]).ShouldBe(("active", 0, null));
        var cancelled = await client.SendAsync(HttpMethod.Delete, $"order?id={id}");
        (cancelled.Status, cancelled.OrderId).ShouldBe((200, id));
        ((string?)JsonNode.Parse(Convert.FromBase64String((string)cancelled.Body!["payload_cell"]!))!["kind"]).ShouldBe("cancel_order");
        order = await client.OrderAsync(id);
        ((string?)order["status"], order["close_timestamp"] is null,
            (string?)order["current_input_amount"]).ShouldBe(("cancelled_by_user", false, "1000001"));
        var again = await client.SendAsync(HttpMethod.Delete, $"order?id={id}");
        (again.Status, again.Error).ShouldBe((409, "The order is not active: it is cancelled_by_user"));
    }

    [Fact]
    public async Task A_dca_runs_its_first_part_at_once_and_shows_its_delay_in_both_units()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var id = await client.CreatedAsync(client.Dca(2,
            b => (b["settings"]!["price_range_from"], b["settings"]!["price_range_to"]) = (JsonNode.Parse("0.0000001"),
                JsonNode.Parse("1e3"))));
        var order = await Until.Async(() => client.OrderAsync(id), read => (int)read["suborders_executed"]! > 0);
        ((int?)order["suborders_executed"], (string?)order["current_input_amount"],
            (string?)order["status"]).ShouldBe((1, "500001", "active"));
        order["settings"]!.ToJsonString()
            .ShouldBe("""{"delay":60,"delay_millis":60000,"price_range_from":0.0000001,"price_range_to":1000}""");
    }

    [Fact]
    public async Task A_dca_outside_its_price_range_waits_without_an_invocation()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var id = await client.CreatedAsync(client.Dca(2, b => b["settings"]!["price_range_from"] = 1000));
        await Task.Delay(1_500);
        var order = await client.OrderAsync(id);
        ((string?)order["status"], (int?)order["invocations_executed"],
            (string?)order["current_input_amount"]).ShouldBe(("active", 0, "1000001"));
    }

    [Fact]
    public async Task Amounts_beyond_64_bits_come_back_as_they_were()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var source = (Npgsql.NpgsqlDataSource)service.Services.GetService(typeof(Npgsql.NpgsqlDataSource))!;
        await using var rich = source.CreateCommand(
            $"UPDATE simulator.accounts SET balance = 340282366920938463463374607431768211455 WHERE address = '{client.Wallet}'");
        await rich.ExecuteNonQueryAsync();
        var id = await client.CreatedAsync(
            client.Limit("340282366920938463463374607431768211455", 1, b => b["input_amount"] = "340282366920938463463374607431768211455"));
        var order = await client.OrderAsync(id);
        ((string?)order["initial_input_amount"],
            (string?)order["settings"]!["min_output_amount"]).ShouldBe(
                ("340282366920938463463374607431768211455", "340282366920938463463374607431768211455"));
        (await client.SendAsync(HttpMethod.Delete, $"order?id={id}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_order_needs_a_wallet_first_and_enough_in_it()
    {
        var client = service.NewClient();
        var without = await client.CreateAsync(client.Dca());
        (without.Status, without.Error).ShouldBe((404, "No strategies wallet yet: create it first"));
        await client.OpenAsync(amount: "1000000");
        var poor = await client.CreateAsync(client.Dca());
        (poor.Status, poor.Error).ShouldBe((400, "Not enough balance: 1000001 is needed, 1000000 is available, 1 is missing"));
    }

    [Fact]
    public async Task What_cannot_be_made_is_400_and_names_its_field()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        await RefusedAsync(client, client.Dca(1, b => b["token_from"]!["address"] = "native"), "token_to must differ from token_from");
        await RefusedAsync(client,
            client.Dca(1, b => (b["token_from"]!["address"], b["token_to"]!["address"]) = ("native", client.SellToken)),
            "Not enough balance: 1000001 is needed, 0 is available");
        await RefusedAsync(client, client.Dca(1, b => b["token_from"]!["address"] = ".stx"),
            "token_from.address must be native or a contract id");
        await RefusedAsync(client, client.Dca(1, b => b["token_to"]!["address"] = "ST000000000000000000002AMW42H.nothing"),
            "token_to is not a token this service knows");
        await RefusedAsync(client, client.Dca(1, b => b["token_from"]!["blockchain"] = "ton"), "token_from.blockchain must be stacks");
        await RefusedAsync(client, client.Dca(1, b => b["type"] = "vca"), "vca orders are not supported");
        await RefusedAsync(client, client.Dca(1, b => b["settings"]!["delay"] = 59), "settings.delay must be");
        await RefusedAsync(client, client.Dca(200, b => (b["input_amount"], b["max_invocations"]) = ("199", 255)),
            "input_amount is too small for so many parts");
        await RefusedAsync(client, client.Limit("0"), "settings.min_output_amount must be");
        (await client.SendAsync(HttpMethod.Get, "orders?include_finished=true")).Body!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Orders_belong_to_their_owner()
    {
        var (client, stranger) = (service.NewClient(), service.NewClient());
        await client.OpenAsync();
        var id = await client.CreatedAsync(client.Limit("1000000000000"));
        (await stranger.SendAsync(HttpMethod.Get, $"order?id={id}")).Status.ShouldBe(404);
        (await stranger.SendAsync(HttpMethod.Delete, $"order?id={id}")).Status.ShouldBe(404);
        (await stranger.SendAsync(HttpMethod.Get, "orders?include_finished=true")).Body!.AsArray().ShouldBeEmpty();
        ((string?)(await client.OrderAsync(id))["status"]).ShouldBe("active");
    }

    [Theory]
    [InlineData("", "id is required")]
    [InlineData("?id=", "id is required")]
    [InlineData("?id=abc", "id must be a whole number of 32 bits")]
    [InlineData("?id=2147483648", "id must be a whole number of 32 bits")]
    public async Task An_order_is_asked_for_by_a_number(string query, string sentence)
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Delete])
        {
            var answer = await service.NewClient().SendAsync(method, $"order{query}");
            (answer.Status, answer.Error).ShouldBe((400, sentence));
        }
    }

    [Fact]
    public async Task A_list_is_newest_first_in_pages_of_open_orders_unless_all_are_asked_for()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await client.CreatedAsync(i % 2 == 0
                ? client.Limit("1000000000000") : client.Dca(1, b => b["settings"]!["price_range_from"] = 1000)));
        }
        await client.SendAsync(HttpMethod.Delete, $"order?id={ids[4]}");
        ids.Reverse();
        (await IdsAsync(client, "")).ShouldBe(ids[1..]);
        (await IdsAsync(client, "?include_finished=false")).ShouldBe(ids[1..]);
        (await IdsAsync(client, "?include_finished=False")).ShouldBe(ids[1..]);
        (await IdsAsync(client, "?include_finished=True")).ShouldBe(ids, "W18");
        (await IdsAsync(client, "?include_finished=1&size=%2010")).ShouldBe(ids);
        (await IdsAsync(client, "?include_finished=true")).ShouldBe(ids);
        (await IdsAsync(client, "?include_finished=true&size=2")).ShouldBe(ids[..2]);
        (await IdsAsync(client, $"?include_finished=true&size=2&before_id={ids[1]}")).ShouldBe(ids[2..4]);
        (await IdsAsync(client, $"?before_id={ids[4]}")).ShouldBeEmpty();
        (await IdsAsync(client, "?type=limit&include_finished=true")).ShouldBe([ids[0], ids[2], ids[4]]);
        (await IdsAsync(client, "?type=dca")).ShouldBe([ids[1], ids[3]]);
        (await IdsAsync(client, "?type=vca")).ShouldBeEmpty();
        (await IdsAsync(client, "?size=100")).Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("size=0")]
    [InlineData("size=101")]
    [InlineData("size=ten")]
    [InlineData("before_id=x")]
    [InlineData("before_id=2147483648")]
    [InlineData("include_finished=yes")]
    [InlineData("type=swap")]
    public async Task A_list_that_cannot_be_meant_is_400(string query)
    {
        var answer = await service.NewClient().SendAsync(HttpMethod.Get, $"orders?{query}");
        (answer.Status, answer.Error.StartsWith(query.Split('=')[0], StringComparison.Ordinal)).ShouldBe((400, true), answer.Error);
    }

    [Theory]
    [InlineData("GET", "wallet")]
    [InlineData("POST", "wallet")]
    [InlineData("POST", "order")]
    [InlineData("GET", "order?id=1")]
    [InlineData("DELETE", "order?id=1")]
    [InlineData("GET", "orders")]
    [InlineData("GET", null)]
    public async Task Every_route_of_a_wallet_asks_for_its_proof(string method, string? rest)
    {
        var client = service.NewClient();
        var path = rest is null ? $"/v1/strategies/eligibility/user/{client.Address}" : $"/v1/strategies/{client.Address}/{rest}";
        foreach (var header in (string?[])[null, "{", service.NewClient().Header()])
        {
            var answer = await client.AskAsync(new HttpMethod(method), path, method == "POST" ? new JsonObject() : null, request =>
            {
                if (header is not null) request.Headers.Add("x-verify", header);
            });
            (answer.Status, answer.Error.StartsWith("x-verify ", StringComparison.Ordinal)).ShouldBe((401, true), answer.Error);
            answer.Body!.AsObject().Count.ShouldBe(1);
        }
        var nobody = await client.AskAsync(new HttpMethod(method), path.Replace(client.Address, "EQAAAA", StringComparison.Ordinal), null,
            request => request.Headers.Add("x-verify", client.Header()));
        (nobody.Status, nobody.Error).ShouldBe((400, "address must be a Stacks address"));
    }

    [Fact]
    public async Task The_same_call_under_one_key_makes_one_order()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        var body = client.Limit("1000000000000");
        var first = await client.CreateAsync(body, request => request.Headers.Add("Idempotency-Key", "one"));
        var again = await client.CreateAsync(body, request => request.Headers.Add("Idempotency-Key", "one"));
        (first.Status, again.Status, again.Body!.ToJsonString()).ShouldBe((200, 200, first.Body!.ToJsonString()));
        (await IdsAsync(client, "")).ShouldBe([first.OrderId!]);
        var other = await client.CreateAsync(client.Limit("1000000000001"), request => request.Headers.Add("Idempotency-Key", "one"));
        (other.Status, other.Body!.AsObject().Select(m => m.Key).Single()).ShouldBe((422, "error"));
    }

    [Theory]
    [InlineData("GET", "/v1/strategies/nowhere/at/all", 404)]
    [InlineData("PUT", "/v1/strategies/cancel/all", 405)]
    public async Task What_no_route_answered_has_the_same_shape(string method, string path, int status)
    {
        var answer = await service.NewClient().AskAsync(new HttpMethod(method), path);
        answer.Status.ShouldBe(status);
        answer.Body!.AsObject().Select(m => m.Key).ShouldBe(["error"]);
    }

    [Fact]
    public async Task A_body_that_is_too_large_of_another_type_or_no_JSON_is_refused_in_the_same_shape()
    {
        var client = service.NewClient();
        await client.OpenAsync();
        (await RawAsync(client, new string(' ', 17_000), "application/json")).ShouldBe(413);
        (await RawAsync(client, "a=b", "application/x-www-form-urlencoded")).ShouldBe(415);
        (await RawAsync(client, "{", "application/json")).ShouldBe(400);
    }

    private static Task<Answer> EligibleAsync(StrategyClient client) =>
        client.AskAsync(HttpMethod.Get, $"/v1/strategies/eligibility/user/{client.Address}", null,
            request => request.Headers.Add("x-verify", client.Header()));

    private static async Task RefusedAsync(StrategyClient client, JsonObject body, string sentence)
    {
        var answer = await client.CreateAsync(body);
        (answer.Status, answer.Error.StartsWith(sentence, StringComparison.Ordinal)).ShouldBe((400, true), answer.Body!.ToJsonString());
    }

    private async Task<int> RawAsync(StrategyClient client, string body, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/strategies/{client.Address}/order")
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
        request.Headers.Add("x-verify", client.Header());
        using var response = await service.Client.SendAsync(request);
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject().Select(m => m.Key).ShouldBe(["error"]);
        return (int)response.StatusCode;
    }

    private static async Task<List<string>> IdsAsync(StrategyClient client, string query)
    {
        var answer = await client.SendAsync(HttpMethod.Get, $"orders{query}");
        answer.Status.ShouldBe(200, answer.Body?.ToJsonString());
        return [.. answer.Body!.AsArray().Select(o => o!["id"]!.ToString())];
    }

    private static List<string> Texts(Answer answer)
    {
        answer.Status.ShouldBe(200, answer.Body?.ToJsonString());
        return [.. answer.Body!.AsArray().Select(t => (string)t!)];
    }
}
