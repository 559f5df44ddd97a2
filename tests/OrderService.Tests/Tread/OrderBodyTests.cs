using System.Text.Json.Nodes;

namespace OrderService.Tests.Tread;

/// <summary>Every refusal of a new order, with its exact body, its code, and the order in which the checks are made.</summary>
public sealed class OrderBodyTests(TreadFixture service) : IClassFixture<TreadFixture>, IAsyncLifetime
{
    private TreadClient _user = null!;

    public async Task InitializeAsync()
    {
        _user = await service.UserAsync();
        await _user.OpenAsync("main", cha: 1_000, susdt: 100);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public static TheoryData<string, string> Faults() => new()
    {
        { """{"engine_passiveness":1.01}""", "engine_passiveness must be between 0 and 1" },
        { """{"engine_passiveness":"x"}""", "engine_passiveness must be between 0 and 1" },
        { """{"engine_passiveness":"1e-2"}""", "engine_passiveness must be between 0 and 1" },
        { """{"schedule_discretion":0.0199}""", "schedule_discretion must be between 0.02 and 0.5" },
        { """{"alpha_tilt":-1.5}""", "alpha_tilt must be between -1 and 1" },
        { """{"pov_limit":0}""", "pov_limit must be greater than 0 and at most 1" },
        { """{"pov_target":1.1}""", "pov_target must be greater than 0 and at most 1" },
        { """{"duration":9}""", "Duration must be an integer between 10 and 2592000" },
        { """{"duration":60.5}""", "Duration must be an integer between 10 and 2592000" },
        { """{"duration":"soon"}""", "Duration must be an integer between 10 and 2592000" },
        { """{"base_asset_qty":-1}""", "base_asset_qty must be a positive number" },
        { """{"base_asset_qty":1e-7}""", "base_asset_qty has more than 6 decimals" },
        { """{"limit_price":"0"}""", "Limit price must be a positive number" },
        { """{"limit_price":-1}""", "Limit price must be a positive number" },
        { """{"limit_price":"1 - 2"}""", "Limit price must be a positive number" },
        { """{"limit_price":"abc +"}""", "Invalid limit_price: unknown name abc" },
        { """{"limit_price":"TIME"}""", "Invalid limit_price: unexpected TIME" },
        { """{"limit_price":true}""", "Invalid limit_price: must be a number" },
        { """{"strategy":"Limit"}""", "Limit price must be a positive number" },
        { """{"is_reverse_limit_price":"yes"}""", "is_reverse_limit_price must be a boolean" },
        { """{"start_datetime":"2099-01-01T00:00:00Z"}""", "Invalid start_datetime" },
        { """{"start_datetime":"tomorrow"}""", "Invalid start_datetime" },
        { """{"order_condition":"CHA-sUSDT@simulated"}""", "Invalid order condition: must be true or false" },
        { """{"order_condition":"FOO-sUSDT@simulated > 1"}""", "Invalid order condition: unknown pair FOO-sUSDT" },
        { """{"order_condition":"x > 1","order_condition_vars":{"x":"2 +"}}""", "Invalid order condition: unexpected end" },
        { """{"order_condition_expiry":"2020-01-01T00:00:00Z"}""", "Invalid order_condition_expiry" },
        { """{"stop_price":0}""", "Stop price must be a positive number" },
        { """{"strategy_params":{"frobnicate":true}}""", "Invalid strategy parameter: frobnicate" },
        { """{"strategy_params":{"ool_pause":"yes"}}""", "Invalid strategy parameter: ool_pause" },
        { """{"strategy_params":{"max_clip_size":99}}""", "max_clip_size must be at least 100" },
        { """{"super_strategy":"Moon"}""", "Invalid super_strategy: Moon" },
        { """{"order_slices":101}""", "order_slices must be an integer between 1 and 100" },
        { """{"max_otc":2}""", "max_otc must be between 0 and 1" },
        { """{"exposure_tolerance":0.01}""", "exposure_tolerance must be between 0.02 and 1" },
        { """{"target_asset":"quote"}""", "target_asset does not match the quantity field" },
        { """{"pos_side":"up"}""", "pos_side must be 'long' or 'short'" },
        { """{"updated_leverage":10}""", "Invalid leverage value for the specified venue" },
        { """{"custom_order_id":12}""", "custom_order_id must be at most 64 characters" },
        { """{"chase_decay":"x"}""", "Invalid chase_decay" },
        { """{"auto_order_metadata":[]}""", "Invalid auto_order_metadata" },
        { """{"accounts":"main"}""", "Accounts must be a list of account names" },
        { """{"strategy":"00000000-0000-4000-8000-000000000000"}""", "Invalid strategy: 00000000-0000-4000-8000-000000000000" },
        { """{"pair":"CHA"}""", "Invalid pair CHA" },
        { """{"pair":"ASDF-sUSDT"}""", "Invalid sell_token ASDF" },
        { """{"pair":"CHA-ASDF"}""", "Invalid buy_token ASDF" },
        { """{"pair":"ASDF-sUSDT","side":"buy"}""", "Invalid buy_token ASDF" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_field_that_does_not_hold_is_named(string with, string sentence)
    {
        var answer = await SendAsync(with);
        (answer.Status, (string?)answer.Json["errors"]![0], answer.Json["errors"]!.AsArray().Count).ShouldBe((400, sentence, 1),
            answer.Text);
        answer.Json.AsObject().Count.ShouldBe(1);
        answer.Code.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("""{"pair":"CHA:PERP-sUSDT"}""")]
    [InlineData("""{"market_type":"perp"}""")]
    [InlineData("""{"strategy_params":{"passive_only":true}}""")]
    [InlineData("""{"strategy_params":{"spot_leverage":true}}""")]
    [InlineData("""{"side":"buy","strategy_params":{"reduce_only":true}}""")]
    [InlineData("""{"pos_side":"short"}""")]
    [InlineData("""{"super_strategy":"Market Maker"}""")]
    [InlineData("""{"super_strategy":"Target Participation Rate"}""")]
    [InlineData("""{"exit_conditions":[{"stop":1}]}""")]
    [InlineData("""{"scale_order_count":3}""")]
    [InlineData("""{"pov_target":0.1,"strategy":"VWAP","strategy_params":{"ool_pause":true}}""")]
    public async Task What_only_another_kind_of_venue_has_is_refused(string with)
    {
        var answer = await SendAsync(with);
        (answer.Status, answer.Text,
            answer.Code).ShouldBe(
                (422, """{"errors":["Strategy parameters not compatible with selected trading pair"]}""", "incompatible"));
    }

    [Fact]
    public async Task All_faults_come_in_one_list_and_in_the_order_of_the_fields()
    {
        var answer = await SendAsync("""{"pair":"","side":"hold","duration":1,"notes":5,"alpha_tilt":9}""");
        answer.Text.ShouldBe(
            """{"errors":["Invalid order data","Pair is required","Side must be either 'Buy' or 'Sell'","Duration must be an integer between 10 and 2592000","alpha_tilt must be between -1 and 1","notes must be at most 1000 characters"]}""");
    }

    // Each earlier check wins over all later ones.
    [Fact]
    public async Task The_checks_are_made_in_their_order()
    {
        var body = _user.Waiting(b => (b["accounts"], b["pair"], b["duration"]) = (new JsonArray("nobody"), "ASDF-sUSDT", 1));
        (await _user.SendAsync(HttpMethod.Post, "/api/orders/", JsonValue.Create("text"), authorization: "Token nonsense")).Text.ShouldBe(
            """{"detail":"Invalid token."}""");
        (await _user.SendAsync(HttpMethod.Post, "/api/orders/", JsonValue.Create("text"),
            authorization: $"Token {TreadFixture.AdminKey}")).Text.ShouldBe("""{"errors":["Invalid order data"]}""");
        (await _user.SendAsync(HttpMethod.Post, "/api/orders/", body, authorization: $"Bearer {TreadFixture.AdminKey}")).Text.ShouldBe(
            """{"error":"Superusers on retail cannot place orders"}""");
        var weak = _user.With(await service.KeyAsync(_user.Wallet, "\"create\",\"accounts\""));
        (await weak.PostAsync("/api/orders/", new JsonObject())).Text.ShouldBe(
            """{"detail":"You do not have permission to perform this action."}""");
        (await _user.PostAsync("/api/orders/", new JsonObject())).Text.ShouldBe(
            """{"error":"Missing required fields: ['pair', 'accounts', 'side', 'duration', 'strategy']"}""");
        (await _user.PostAsync("/api/orders/", _user.Waiting(b => (b["duration"], b["sell_token_amount"]) = (1, 1)))).Text
            .ShouldBe("""{"errors":["Cannot have more than one of the qty fields: ['base_asset_qty', 'quote_asset_qty', 'sell_token_amount']"]}""");
        (await _user.PostAsync("/api/orders/", body)).Text.ShouldBe(
            """{"errors":["Duration must be an integer between 10 and 2592000"]}""");
        body["duration"] = 60;
        (await _user.PostAsync("/api/orders/", body)).Text.ShouldBe("""{"error":"Account display name 'nobody' not found for user"}""");
        body["accounts"] = new JsonArray($"{(await service.UserAsync()).Owner}/nobody");
        (await _user.PostAsync("/api/orders/", body)).Text.ShouldBe("""{"error":"Access denied to specified accounts"}""");
        (body["accounts"], body["market_type"]) = (new JsonArray("main"), "perp");
        (await _user.PostAsync("/api/orders/", body)).Text.ShouldBe("""{"errors":["Invalid sell_token ASDF"]}""");
        (body["pair"], body["base_asset_qty"]) = ("CHA-sUSDT", 5_000);
        (await _user.PostAsync("/api/orders/", body)).Text.ShouldBe(
            """{"errors":["Strategy parameters not compatible with selected trading pair"]}""");
        body.Remove("market_type");
        var poor = await _user.PostAsync("/api/orders/", body);
        (poor.Status, poor.Text,
            poor.Code).ShouldBe((422, """{"errors":["Insufficient balance for order execution"]}""", "insufficient_balance"));
        (await _user.GetAsync("/api/orders/")).Json["order_count"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Two_names_of_one_asset_are_no_pair_to_trade()
    {
        var answer = await SendAsync("""{"pair":"CHA-CHA-subnet"}""");
        (answer.Status, answer.Text).ShouldBe((403, """{"error":"Trading not allowed for this pair on the specified venue"}"""));
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_object_is_refused()
    {
        (await _user.PostAsync("/api/orders/", new JsonArray())).Text.ShouldBe("""{"errors":["Invalid order data"]}""");
        (await _user.PostAsync("/api/pause_order/", new JsonArray())).Text.ShouldBe("""{"error":"Invalid request body"}""");
        (await _user.PostAsync("/api/orders/", new JsonObject { ["notes"] = new string('x', 70_000) })).Status.ShouldBe(413);
    }

    // Money is read by its text, whatever spelling, and echoed exactly.
    [Fact]
    public async Task Decimals_are_exact_in_and_out()
    {
        var made = await _user.PlaceAsync(Body("""{"base_asset_qty":1.2000010e1,"engine_passiveness":"0.10","alpha_tilt":-0.30,"stop_price":"0.000001230","max_otc":0.5,"custom_order_id":"d-1"}"""));
        made["target_order_qty"]!.ToJsonString().ShouldBe("12.00001");
        ((string)made["sell_token_amount"]!, (string)made["engine_passiveness"]!, (string)made["alpha_tilt"]!, (string)made["stop_price"]!,
            (string)made["max_otc"]!).ShouldBe(("12.00001", "0.1", "-0.3", "0.00000123", "0.5"));
        var listed = (await _user.GetAsync("/api/orders?custom_order_ids=d-1")).Json["orders"]![0]!;
        listed["engine_passiveness"]!.ToJsonString().ShouldBe("0.1");
        var messages = (await _user.GetAsync($"/api/order_errors/?order_ids={made["id"]}")).Json[(string)made["id"]!]!.AsArray()
            .Select(m => (string)m!["message"]!).ToList();
        messages.ShouldContain("max_otc has no effect on this venue");
        messages[^1].ShouldBe("Order received; account main pays");
        (await _user.SendAsync(HttpMethod.Delete, $"/api/order/{made["id"]}")).Text.ShouldBe("\"Order canceled!\"");
    }

    [Fact]
    public async Task The_same_key_makes_one_order_and_the_stored_answer_is_a_201()
    {
        var body = _user.Waiting(b => b["custom_order_id"] = "once");
        TreadAnswer[] answers = [await OnceAsync(body), await OnceAsync(body)];
        answers.ShouldAllBe(a => a.Status == 201);
        answers[1].Text.ShouldBe(answers[0].Text);
        (await _user.GetAsync("/api/orders/?custom_order_ids=once")).Json["order_count"]!.GetValue<int>().ShouldBe(1);
        body["notes"] = "other";
        (await OnceAsync(body)).Status.ShouldBe(422);
        (await _user.SendAsync(HttpMethod.Delete, $"/api/order/{answers[0].Json["id"]}")).Status.ShouldBe(200);
    }

    private Task<TreadAnswer> OnceAsync(JsonObject body) =>
        _user.SendAsync(HttpMethod.Post, "/api/orders/", body, more: r => r.Headers.Add("Idempotency-Key", "k-1"));

    private Task<TreadAnswer> SendAsync(string with) => _user.PostAsync("/api/orders/", Body(with));

    private JsonObject Body(string with) => _user.Waiting(body =>
    {
        foreach (var (name, value) in JsonNode.Parse(with)!.AsObject().ToList()) body[name] = value?.DeepClone();
    });
}
