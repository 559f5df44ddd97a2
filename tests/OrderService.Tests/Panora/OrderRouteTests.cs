using System.Globalization;
using System.Text.Json.Nodes;

namespace OrderService.Tests.Panora;

/// <summary>Each route of both products, and what each refuses.</summary>
public sealed class OrderRouteTests(PanoraWorld world) : IClassFixture<PanoraWorld>
{
    private const string NoToken = "ST000000000000000000002AMW42H.no-token";

    [Fact]
    public async Task A_created_order_is_answered_whole()
    {
        var client = await world.ClientAsync();
        var order = (await client.CreateAsync(b =>
            (b["delay"], b["slippagePercentage"],
                b["maxRateToTokenPerFromToken"]) = (new JsonObject { ["value"] = "1", ["timePeriod"] = "day" }, "0.5",
                    "Infinity"))).AsObject();
        order.Select(m => m.Key).ShouldBe(
        [
            "panoraTxId", "chainId", "toWalletAddress", "fromToken", "toToken", "feeToken", "fromTokenAmountTotal", "fromTokenAmountSpent",
            "fromTokenAmountBalance", "fromTokenAmountWithdrawn",
            "toTokenAmountWithdrawn", "numberOfOrdersTotal", "numberOfOrdersRemaining", "numberOfOrdersCompleted",
            "fromTokenAmountPerOrder", "interval", "createdAtTime", "nextOrderTime",
            "estimatedCompletionTime", "avgPriceFromTokenPerToToken", "avgPriceToTokenPerFromToken", "maxRateToTokenPerFromToken", "status",
            "platformId", "slippagePercentage", "delay",
        ]);
        order["fromToken"]!.ToJsonString()
            .ShouldBe($$"""{"address":"{{world.Sell.Id}}","name":"{{world.Sell.Name}}","symbol":"sUSDT-subnet","decimals":6}""");
        order["interval"]!.ToJsonString().ShouldBe("""{"value":"1","timePeriod":"minute"}""");
        ((long)order["chainId"]!, (string)order["toWalletAddress"]!, (string)order["slippagePercentage"]!,
            (string)order["toTokenAmountWithdrawn"]!).ShouldBe((2147483648, client.Wallet, "0.5", "0"));
        ((string)order["platformId"]!).ShouldMatch("^[0-9a-f]{32}$");
        ((string)order["panoraTxId"]!).ShouldMatch("^0x[0-9a-f]{64}$");
        (await world.ScalarAsync($"SELECT slippage_bps FROM orders WHERE id = '{((string)order["panoraTxId"]!)[2..34]}'")).ShouldBe(50);
    }

    [Theory]
    [InlineData("total", "10", "3", "10", "3.333333", 3_333_334)]
    [InlineData("total", "0.000003", "3", "0.000003", "0.000001", 1)]
    [InlineData("perorder", "2.5", "4", "10", "2.5", 2_500_000)]
    [InlineData("total", "7", "1", "7", "7", 7_000_000)]
    public async Task An_amount_is_split_exactly_with_the_dust_in_the_last_part(
        string type, string value, string parts, string total, string each, int last)
    {
        var client = await world.ClientAsync();
        var order = await client.CreateAsync(
            b => (b["fromTokenAmount"], b["numberOfOrders"]) = (new JsonObject { ["value"] = value, ["type"] = type }, parts));
        ((string)order["fromTokenAmountTotal"]!, (string)order["fromTokenAmountPerOrder"]!,
            (int)order["numberOfOrdersTotal"]!).ShouldBe((total, each, int.Parse(parts, CultureInfo.InvariantCulture)));
        (await world.ScalarAsync($"SELECT amount_in - div(amount_in, parts) * (parts - 1) FROM orders WHERE id = '{((string)order["panoraTxId"]!)[2..34]}'")).ShouldBe(last);
        await client.CancelAsync(order);
    }

    public static TheoryData<string, string?, string, string> WrongFields() => new()
    {
        { "chainId", null, "chainId", "missing_field" },
        { "chainId", "\"1\"", "chainId", "wrong_network" },
        { "chainId", "true", "chainId", "invalid_field" },
        { "toWalletAddress", null, "toWalletAddress", "missing_field" },
        { "toWalletAddress", "\"0xa\"", "toWalletAddress", "not_a_stacks_address" },
        { "toWalletAddress", "\"0x000000000000000000000000000000000000000000000000000000000000000a\"", "toWalletAddress",
            "not_a_stacks_address" },
            { "toWalletAddress", "\"SP3FBR2AGK5H9QBDH3EEN6DF8EK8JY7RX8QJ5SVTE\"", "toWalletAddress", "wrong_network" },
        { "toWalletAddress", "\"nobody\"", "toWalletAddress", "invalid_principal" },
        { "fromTokenAddress", "\"0x1::aptos_coin::AptosCoin\"", "fromTokenAddress", "not_a_stacks_address" },
        { "fromTokenAddress", $"\"{NoToken}\"", "fromTokenAddress", "unknown_token" },
        { "toTokenAddress", "\"USD\"", "toTokenAddress", "invalid_principal" },
        { "toTokenAddress", "\"same\"", "toTokenAddress", "same_token" },
        { "fromTokenAmount", null, "fromTokenAmount.type", "missing_field" },
        { "fromTokenAmount", """{"type":"total"}""", "fromTokenAmount.value", "missing_field" },
        { "fromTokenAmount", """{"value":"1","type":"each"}""", "fromTokenAmount.type", "invalid_field" },
        { "fromTokenAmount", """{"value":"0","type":"total"}""", "fromTokenAmount.value", "invalid_field" },
        { "fromTokenAmount", """{"value":"-1","type":"total"}""", "fromTokenAmount.value", "invalid_field" },
        { "fromTokenAmount", """{"value":["1"],"type":"total"}""", "fromTokenAmount.value", "invalid_field" },
        { "fromTokenAmount", """{"value":"1.0000001","type":"total"}""", "fromTokenAmount.value", "too_many_decimals" },
        { "fromTokenAmount", """{"value":"999999999999999999999999999999999999","type":"total"}""", "fromTokenAmount.value",
            "amount_out_of_range" },
            { "fromTokenAmount", """{"value":"99999999999999999999999999999999","type":"perorder"}""", "fromTokenAmount.value",
                "amount_too_large" },
        { "fromTokenAmount", """{"value":"0.000011","type":"total"}""", "fromTokenAmount.value", "part_too_small" },
        { "interval", null, "interval.value", "missing_field" },
        { "interval", """{"value":"1"}""", "interval.timePeriod", "missing_field" },
        { "interval", """{"value":"0","timePeriod":"day"}""", "interval.value", "invalid_field" },
        { "interval", """{"value":"1.5","timePeriod":"day"}""", "interval.value", "invalid_field" },
        { "interval", """{"value":"-1","timePeriod":"day"}""", "interval.value", "invalid_field" },
        { "interval", """{"value":"1","timePeriod":"second"}""", "interval.timePeriod", "invalid_field" },
        { "interval", """{"value":"1000","timePeriod":"month"}""", "interval.value", "schedule_too_long" },
        { "numberOfOrders", null, "numberOfOrders", "missing_field" },
        { "numberOfOrders", "0", "numberOfOrders", "invalid_field" },
        { "numberOfOrders", "1.5", "numberOfOrders", "invalid_field" },
        { "numberOfOrders", "1001", "numberOfOrders", "too_many_parts" },
        { "minRateToTokenPerFromToken", "\"Infinity\"", "minRateToTokenPerFromToken", "invalid_field" },
        { "minRateToTokenPerFromToken", "\"-1\"", "minRateToTokenPerFromToken", "invalid_field" },
        { "maxRateToTokenPerFromToken", "\"0\"", "maxRateToTokenPerFromToken", "invalid_field" },
        { "delay", """{"value":"1"}""", "delay.timePeriod", "missing_field" },
        { "delay", """{"timePeriod":"day"}""", "delay.value", "missing_field" },
        { "slippagePercentage", "\"0\"", "slippagePercentage", "invalid_field" },
        { "slippagePercentage", "\"100\"", "slippagePercentage", "invalid_field" },
        { "slippagePercentage", "\"0.005\"", "slippagePercentage", "invalid_field" },
        { "slippagePercentage", "\"much\"", "slippagePercentage", "invalid_field" },
    };

    [Theory]
    [MemberData(nameof(WrongFields))]
    public async Task A_field_that_cannot_be_meant_is_named(string field, string? value, string named, string code)
    {
        var client = await world.ClientAsync(0);
        var body = client.Dca();
        if (value is null) body.Remove(field);
        else body[field] = JsonNode.Parse(value == "\"same\"" ? $"\"{world.Sell.Id}\"" : value);
        if (code is "amount_too_large" or "part_too_small" or "too_many_parts" or "schedule_too_long")
            await client.OpenAccountAsync("dca", 1_000);
        var (status, error) = await client.PostAsync("/dca/v1/createOrder", body);
        (status, (string?)error["field"], (string?)error["code"], (int)error["statusCode"]!,
            (string)error["error"]!).ShouldBe((400, named, code, 400, "Bad Request"), error.ToJsonString());
        ((string)error["message"]!).ShouldStartWith(named);
    }

    [Fact]
    public async Task Bounds_that_exclude_each_other_are_refused()
    {
        var client = await world.ClientAsync();
        var (status, error) = await client.PostAsync("/dca/v1/createOrder",
            client.Dca(b => (b["minRateToTokenPerFromToken"], b["maxRateToTokenPerFromToken"]) = ("2", "1.999")));
        (status, (string)error["code"]!, (string)error["field"]!).ShouldBe((400, "empty_rate_bounds", "minRateToTokenPerFromToken"));
    }

    [Theory]
    [InlineData("", "the body is empty")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{", "is not JSON")]
    [InlineData("""{"chainId":"1","chainId":"1"}""", "given twice")]
    [InlineData("""{"interval":{"value":"1"},"interval.value":"2"}""", "given twice")]
    public async Task A_body_that_cannot_be_read_is_refused(string body, string problem)
    {
        var client = await world.ClientAsync(0);
        var (status, error) = await client.SendAsync("POST", "/dca/v1/createOrder", body);
        (status, (string)error["code"]!).ShouldBe((400, "invalid_request"));
        ((string)error["message"]!).ShouldContain(problem);
    }

    [Fact]
    public async Task The_samples_of_the_vendor_that_post_a_query_to_create_are_refused_by_name()
    {
        var client = await world.ClientAsync(0);
        var (status, error) = await client.PostAsync("/dca/v1/createOrder",
            new JsonObject
            {
                ["chainId"] = "2147483648", ["toWalletAddress"] = client.Wallet, ["limit"] = 10, ["pageNumber"] = 1, ["status"] = "active",
            });
        (status, (string)error["field"]!).ShouldBe((400, "fromTokenAddress"));
    }

    [Fact]
    public async Task Slippage_that_is_left_to_the_service_is_at_most_five_percent()
    {
        var client = await world.ClientAsync(2_000_000_000_000);
        var few = await client.CreateAsync(b => b["slippagePercentage"] = "auto");
        var many = await client.CreateAsync(
            b => (b["slippagePercentage"], b["fromTokenAmount"]!["value"], b["numberOfOrders"]) = ("auto", "1000000", 1));
        ((string)few["slippagePercentage"]!).ShouldBe("auto");
        var bps = "SELECT slippage_bps FROM orders WHERE id = ";
        (await world.ScalarAsync($"{bps}'{((string)few["panoraTxId"]!)[2..34]}'")).ShouldBeInRange(100, 105);
        (await world.ScalarAsync($"{bps}'{((string)many["panoraTxId"]!)[2..34]}'")).ShouldBe(500);
        await client.CancelAsync(few);
        await client.CancelAsync(many);
    }

    [Fact]
    public async Task Not_enough_balance_says_what_is_missing_in_whole_tokens()
    {
        var client = await world.ClientAsync(11_500_000);
        var (status, error) = await client.PostAsync("/dca/v1/createOrder", client.Dca());
        (status, (string)error["code"]!, (string)error["field"]!, (string)error["details"]!["available"]!,
            (string)error["details"]!["required"]!, (string)error["details"]!["missing"]!)
            .ShouldBe((422, "insufficient_balance", "fromTokenAmount.value", "11.5", "12", "0.5"));
        ((string)error["message"]!).ShouldContain("0.5 is missing");
        (await world.ScalarAsync($"SELECT count(*) FROM orders WHERE owner = '{client.Wallet}'")).ShouldBe(0);
    }

    [Fact]
    public async Task W16_The_account_of_another_dialect_does_not_stand_in_the_way_and_one_of_several_may_have_the_name()
    {
        var client = await world.ClientAsync();
        await client.OpenAccountAsync("strategies", 0);
        (await client.PostAsync("/dca/v1/createOrder", client.Dca())).Status.ShouldBe(200);
        await client.OpenAccountAsync("more", 0);
        ((string?)(await client.PostAsync("/dca/v1/createOrder", client.Dca())).Body["code"]).ShouldBe("several_managed_accounts");
        await client.OpenAccountAsync("panora", 1_000_000_000);
        (await client.PostAsync("/dca/v1/createOrder", client.Dca())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task W15_The_uuid_in_a_public_id_reads_the_order_for_its_owner_only()
    {
        var client = await world.ClientAsync();
        var hex = ((string)(await client.CreateAsync())["panoraTxId"]!)[2..34];
        var path = $"/api/v1/orders/{hex[..8]}-{hex[8..12]}-{hex[12..16]}-{hex[16..20]}-{hex[20..]}";
        (await client.GetAsync(path)).Status.ShouldBe(200);
        var stranger = await world.ClientAsync(0);
        (await stranger.GetAsync(path)).Status.ShouldBe(404);
        using var nobody = await world.Http.GetAsync(path);
        ((int)nobody.StatusCode, await nobody.Content.ReadAsStringAsync()).ShouldSatisfyAllConditions(a => a.Item1.ShouldBe(404),
            a => a.Item2.ShouldNotContain("owner"));
    }

    [Fact]
    public async Task Without_an_account_all_of_it_is_missing_and_of_several_one_must_be_named()
    {
        var client = await world.ClientAsync(0);
        var (status, error) = await client.PostAsync("/limit/v1/createOrder", client.Limit());
        (status, (string)error["code"]!, (string)error["field"]!,
            (string)error["details"]!["missing"]!).ShouldBe((422, "no_managed_account", "fromTokenAmount", "1"));
        await client.OpenAccountAsync("one", 0);
        var second = await client.OpenAccountAsync("two", 1_000_000_000);
        (status, error) = await client.PostAsync("/dca/v1/createOrder", client.Dca());
        (status, (string)error["code"]!).ShouldBe((422, "several_managed_accounts"));
        var named = await client.CreateAsync(b => b["fromWalletAddress"] = second);
        (await world.LedgerAsync((string)named["panoraTxId"]!)).Reserved.ShouldBe(12_000_000);
    }

    [Fact]
    public async Task A_wallet_that_is_not_the_keys_own_neither_pays_nor_is_paid_nor_is_listed()
    {
        var (client, stranger) = (await world.ClientAsync(), await world.ClientAsync());
        foreach (var (name, value) in ((string, string)[])[("toWalletAddress", stranger.Wallet), ("toWalletAddress", stranger.Account),
            ("fromWalletAddress", stranger.Account)])
        {
            var (refused, why) = await client.PostAsync("/dca/v1/createOrder", client.Dca(b => b[name] = value));
            (refused, (string)why["code"]!,
                ((string)why["message"]!).StartsWith(name, StringComparison.Ordinal)).ShouldBe((403, "wrong_wallet", true));
        }
        var (status, error) = await client.GetAsync($"/dca/v1/getOrders?{stranger.Query()}");
        (status, (string)error["code"]!).ShouldBe((403, "wrong_wallet"));
    }

    [Fact]
    public async Task A_key_without_the_permission_is_refused_and_any_key_reads()
    {
        var client = await world.ClientAsync();
        var (creates, cancels) = (await client.WithAsync("\"create\",\"trade\""), await client.WithAsync("\"cancel\""));
        var order = await creates.CreateAsync();
        (await creates.CancelAsync(order)).Status.ShouldBe(403);
        (await cancels.PostAsync("/dca/v1/createOrder", client.Dca())).Status.ShouldBe(403);
        (await cancels.GetAsync($"/dca/v1/getOrders?{client.Query()}")).Body["orders"]!.AsArray().Count.ShouldBe(1);
        (await cancels.CancelAsync(order)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Another_wallets_order_and_another_products_order_are_not_found()
    {
        var (client, stranger) = (await world.ClientAsync(), await world.ClientAsync());
        var order = await client.CreateAsync();
        var id = (string)order["panoraTxId"]!;
        (await stranger.CancelAsync(order)).Status.ShouldBe(404);
        (await client.CancelAsync(order, "limit")).Status.ShouldBe(404);
        (await client.PostAsync("/dca/v1/cancelOrder", new JsonObject { ["panoraTxId"] = id[..34] + new string('0', 32) })).Status.ShouldBe(
            404);
        (await client.PostAsync("/dca/v1/cancelOrder",
            new JsonObject { ["panoraTxId"] = id, ["toWalletAddress"] = stranger.Wallet })).Status.ShouldBe(404);
        (await client.PostAsync("/dca/v1/cancelOrder", new JsonObject { ["panoraTxId"] = id, ["chainId"] = 1 })).Status.ShouldBe(400);
        (await client.PostAsync("/dca/v1/cancelOrder", new JsonObject { ["panoraTxId"] = "0x1" })).Body["field"]!.GetValue<string>()
            .ShouldBe("panoraTxId");
        (await client.GetAsync($"/dca/v1/getOrders?{client.Query()}&panoraTxId={id[..34] + new string('0', 32)}")).Body["totalPages"]!.GetValue<int>().ShouldBe(0);
        (await client.PostAsync("/dca/v1/cancelOrder",
            new JsonObject { ["panoraTxId"] = id.ToUpperInvariant().Replace("0X", "0x", StringComparison.Ordinal),
                ["toWalletAddress"] = client.Wallet, ["chainId"] = "2147483648" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_same_create_under_one_idempotency_key_makes_one_order()
    {
        var client = await world.ClientAsync();
        var (_, one) = await client.PostAsync("/dca/v1/createOrder", client.Dca(), ("Idempotency-Key", "first"));
        var (status, again) = await client.PostAsync("/dca/v1/createOrder", client.Dca(), ("Idempotency-Key", "first"));
        (status, again.ToJsonString()).ShouldBe((200, one.ToJsonString()));
        var (other, error) = await client.PostAsync("/dca/v1/createOrder", client.Dca(b => b["numberOfOrders"] = 3),
            ("Idempotency-Key", "first"));
        (other, (string)error["code"]!).ShouldBe((422, "idempotency_key_reused"));
        (await world.ScalarAsync($"SELECT count(*) FROM orders WHERE owner = '{client.Wallet}'")).ShouldBe(1);
    }

    [Fact]
    public async Task An_order_that_pays_its_account_is_listed_under_the_account()
    {
        var client = await world.ClientAsync();
        var cha = world.Get<OrderService.Engine.Pricing.TokenRegistry>().All.First(t => t.Symbol == "CHA-subnet").Id.ToString();
        var order = await client.CreateAsync(
            b => (b["toWalletAddress"], b["toTokenAddress"], b["acceptUnprotectedOutput"]) = (client.Account, cha, true));
        ((string)order["toWalletAddress"]!).ShouldBe(client.Account);
        (await client.GetAsync($"/dca/v1/getOrders?{client.Query()}")).Body["orders"]!.AsArray().Count.ShouldBe(0);
        (await client.GetAsync($"/dca/v1/getOrders?{client.Query().Replace(client.Wallet, client.Account, StringComparison.Ordinal)}")).Body["orders"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("fromTokenAddress", "missing_field")]
    [InlineData("fromWalletAddress", "missing_field")]
    [InlineData("toWalletAddress", "missing_field")]
    [InlineData("toTokenAddress", "missing_field")]
    [InlineData("fromTokenAmount", "missing_field")]
    [InlineData("rateToTokenPerFromToken", "missing_field")]
    public async Task A_limit_order_needs_its_fields(string field, string code)
    {
        var client = await world.ClientAsync(0);
        var (status, error) = await client.PostAsync("/limit/v1/createOrder", client.Limit(b => b.Remove(field)));
        (status, (string)error["field"]!, (string)error["code"]!).ShouldBe((400, field, code));
    }

    [Theory]
    [InlineData("rateToTokenPerFromToken", "\"Infinity\"", "rateToTokenPerFromToken")]
    [InlineData("rateToTokenPerFromToken", "\"0\"", "rateToTokenPerFromToken")]
    [InlineData("expiry", """{"value":"1"}""", "expiry.timePeriod")]
    [InlineData("expiry", """{"value":"2000","timePeriod":"month"}""", "expiry.value")]
    [InlineData("fromTokenAmount", "\"1.0000001\"", "fromTokenAmount")]
    [InlineData("chainId", "1", "chainId")]
    public async Task A_limit_order_names_its_wrong_field(string field, string value, string named)
    {
        var client = await world.ClientAsync(0);
        var (status, error) = await client.PostAsync("/limit/v1/createOrder", client.Limit(b => b[field] = JsonNode.Parse(value)));
        (status, (string)error["field"]!).ShouldBe((400, named));
    }

    [Fact]
    public async Task A_limit_order_has_its_own_fields()
    {
        var client = await world.ClientAsync();
        var order = (await client.CreateLimitAsync(b => b["rateToTokenPerFromToken"] = "1000")).AsObject();
        order.Select(m => m.Key).ShouldBe(
        [
            "panoraTxId", "chainId", "toWalletAddress", "fromWalletAddress", "fromToken", "toToken", "feeToken", "fromTokenAmountTotal",
            "fromTokenAmountSpent", "fromTokenAmountBalance",
            "fromTokenAmountWithdrawn", "toTokenAmountWithdrawn", "numberOfOrdersTotal", "numberOfOrdersRemaining",
            "numberOfOrdersCompleted", "fromTokenAmountPerOrder", "createdAtTime", "nextOrderTime",
            "avgPriceFromTokenPerToToken", "avgPriceToTokenPerFromToken", "rateToTokenPerFromToken", "status", "platformId",
            "slippagePercentage",
        ]);
        ((string)order["slippagePercentage"]!, (int)order["numberOfOrdersTotal"]!).ShouldBe(("1", 1));
        var (status, cancelled) = await client.CancelAsync(order, "limit");
        (status, (string)cancelled["status"]!, (string)cancelled["fromTokenAmountWithdrawn"]!).ShouldBe((200, "cancelled", "1"));
    }
}
