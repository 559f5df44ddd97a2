using System.Text;
using System.Text.Json.Nodes;
using OrderService.Tests.Ground;
using OrderService.Tests.Http;

namespace OrderService.Tests.Explain;

/// <summary>The story of an order, its reasons and its preview, as clients of the real service read them.</summary>
public sealed class ExplainRouteTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private Wallet Wallet => service.Wallet;

    [Theory]
    [InlineData("after=x", "after")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    public async Task What_a_story_cannot_be_asked_is_named(string query, string field)
    {
        var (status, body) = await Wallet.GetAsync($"/api/v1/orders/{await PlaceAsync(Wallet)}/events?{query}");
        (status, (string?)body["details"]!["field"]).ShouldBe((400, field));
    }

    [Theory]
    [InlineData("events")]
    [InlineData("explain")]
    public async Task An_order_that_is_not_there_has_neither_story_nor_reasons(string what)
    {
        var (status, body) = await Wallet.GetAsync($"/api/v1/orders/{Guid.NewGuid()}/{what}");
        (status, (string?)body["code"]).ShouldBe((404, "not_found"));
    }

    [Fact]
    public async Task An_order_that_waits_for_a_price_says_how_far_it_is()
    {
        var uuid = await PlaceAsync(Wallet,
            body => (body["conditionToken"], body["targetPrice"], body["direction"], body["baseAsset"]) = (".stx", "999999", "gt", "USD"));
        ((string?)(await OrderAsync(uuid))["waitingFor"]).ShouldBe("price");
        var why = await ExplainAsync(uuid);
        ((string?)why["waitingFor"]).ShouldBe("price");
        var gates = GatesOf(why);
        var price = gates["price"];
        ((bool?)price["open"], (string?)price["figures"]!["target"],
            (string?)price["figures"]!["direction"]).ShouldBe((false, "999999", "gt"));
        decimal.Parse((string)price["figures"]!["price"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        ((string?)price["figures"]!["sources"]).ShouldNotBeNullOrEmpty();
        long.Parse((string)price["figures"]!["ageMs"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(0, 60_000);
        ((string?)why["sentence"]).ShouldBe((string?)price["says"]);
        why["changes"]!.AsArray().Select(change => (string?)change).ShouldBe([(string?)price["change"]]);
        foreach (var open in (string[])["pause", "window", "turn", "funds", "route", "quote", "payer"])
            ((bool?)gates[open]["open"]).ShouldBe(true, gates[open].ToJsonString());
        why["due"]!.AsArray().ShouldBeEmpty();

        (await Wallet.AskAsync(HttpMethod.Patch, uuid, "pause")).Status.ShouldBe(200);
        why = await ExplainAsync(uuid);
        ((string?)why["waitingFor"], (bool?)GatesOf(why)["pause"]["open"]).ShouldBe(("resume", false));
        (await Wallet.AskAsync(HttpMethod.Patch, uuid, "cancel")).Status.ShouldBe(200);
        why = await ExplainAsync(uuid);
        (why["waitingFor"], why["gates"]!.AsArray().Count, ((string)why["sentence"]!)).ShouldBe((null, 0, "It was cancelled."));
    }

    [Fact]
    public async Task An_order_without_funds_says_what_is_missing_and_when_it_was_due()
    {
        var poor = Wallet.Stranger();
        var uuid = await PlaceAsync(poor, Wallet.AtOnce);
        await Until.Async(() => OrderAsync(uuid), order => (string?)order["waitingFor"] == "funds");
        var why = await ExplainAsync(uuid);
        ((string?)why["waitingFor"]).ShouldBe("funds");
        var funds = GatesOf(why)["funds"];
        ((bool?)funds["open"], (string?)funds["figures"]!["balance"],
            (string?)funds["figures"]!["required"]).ShouldBe((false, "0", "1000000"));
        ((string)funds["change"]!).ShouldContain(poor.Address);
        var due = why["due"]!.AsArray()[0]!;
        ((string?)due["by"], (string?)due["outcome"], (string?)due["reason"]).ShouldBe(("time", "backed_off", "insufficient_balance"));
        var refused = (await StoryAsync(uuid))["events"]!.AsArray().Single(e => (string?)e!["kind"] == "backed_off")!;
        ((string?)refused["facts"]!["available"], (string?)refused["facts"]!["required"]).ShouldBe(("0", "1000000"));
    }

    [Fact]
    public async Task A_done_order_says_what_became_of_it()
    {
        var uuid = await PlaceAsync(Wallet,
            body => (body["conditionToken"], body["targetPrice"], body["direction"], body["baseAsset"]) = (".stx", "0.000001", "gt",
                "USD"));
        var order = await Wallet.WaitAsync(uuid, "confirmed");
        var why = await ExplainAsync(uuid);
        ((string)why["sentence"]!).ShouldStartWith("It is done: 1 ");
        var due = why["due"]!.AsArray().Single()!;
        ((string?)due["by"], (string?)due["outcome"], (string?)due["txid"]).ShouldBe(("price", "confirmed", (string?)order["txid"]));
        ((string?)due["watchedPrice"],
            (string?)due["basePrice"]).ShouldBe(((string?)order["trigger"]!["watchedPrice"], (string?)order["trigger"]!["basePrice"]));
    }

    [Fact]
    public async Task A_preview_of_an_unsigned_order_says_what_it_would_be_and_stores_nothing()
    {
        var body = Wallet.Order(Wallet.AtOnce);
        body.Remove("signature");
        body["validTo"] = "2099-01-01T00:00:00Z";
        var preview = await PreviewAsync(body);
        ((bool)preview["acceptable"]!, (bool)preview["signed"]!, preview["refusals"]!.AsArray().Count,
            (bool)preview["wouldTriggerNow"]!).ShouldBe((true, false, 0, true));
        var swap = preview["swap"]!;
        ((bool)swap["taken"]!).ShouldBeTrue();
        UInt128.Parse((string)swap["minAmountOut"]!, null).ShouldBeLessThanOrEqualTo(UInt128.Parse((string)swap["amountOut"]!, null));
        ((string?)swap["fee"]).ShouldNotBeNull();
        swap["vaults"]!.AsArray().Count.ShouldBeGreaterThan(0);
        ((int)swap["impactBps"]!).ShouldBeInRange(0, 10_000);
        ((string?)preview["endsAt"]).ShouldBe("2099-01-01T00:00:00.000Z");
        ((string)preview["sentence"]!).ShouldStartWith("It would sell 1 ");
        ((bool)preview["funds"]!["enough"]!).ShouldBeTrue();
        (await Wallet.GetAsync($"/api/v1/orders/{body["uuid"]}")).Status.ShouldBe(404);

        body.Remove("uuid");
        ((bool)(await PreviewAsync(body))["acceptable"]!).ShouldBeTrue();
        var signed = Wallet.Order();
        preview = await PreviewAsync(signed);
        ((bool)preview["acceptable"]!, (bool)preview["signed"]!, (bool)preview["wouldTriggerNow"]!).ShouldBe((true, true, false));
        (await Wallet.PostOrderAsync(signed)).Status.ShouldBe(200);
        signed["recipient"] = Wallet.Stranger().Address;
        CodesOf(await PreviewAsync(signed)).ShouldBe(["order_exists"]);
    }

    [Fact]
    public async Task A_preview_is_held_against_the_recorded_prices()
    {
        // A price for each second of a minute that is over: 1, 1.01 … 1.3, and down again; of the base 2 throughout, told every other
        // second.
        var start =
            new DateTimeOffset(DateTimeOffset.UtcNow.AddHours(-3).Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        var (watched, unit) = ((await TokenAsync("WELSH")), (await TokenAsync("sBTC")));
        await using (var source = Npgsql.NpgsqlDataSource.Create(service.ConnectionString))
        await using (var write = source.CreateCommand("""
            INSERT INTO price_points (token, at, usd)
            SELECT $1, $3::timestamptz + i * interval '1 second', (100 + CASE WHEN i <= 30 THEN i ELSE 60 - i END) * 10::numeric ^ 16 FROM generate_series(0, 60) AS i
            UNION ALL SELECT $2, $3::timestamptz + i * interval '2 seconds', 2 * 10::numeric ^ 18 FROM generate_series(0, 30) AS i
            """))
        {
            write.Parameters.Add(new() { Value = watched });
            write.Parameters.Add(new() { Value = unit });
            write.Parameters.Add(new() { Value = start.UtcDateTime });
            await write.ExecuteNonQueryAsync();
        }
        async Task<JsonNode> AgainstAsync(string direction, string name, JsonNode value, string baseAsset = "USD", int fromSecond = 0)
        {
            var body = Wallet.Order(order =>
                (order["conditionToken"], order["direction"], order["baseAsset"], order[name]) = (watched, direction, baseAsset, value));
            body.Remove("signature");
            return (await PreviewAsync(body,
                $"?against=history&from={Uri.EscapeDataString(start.AddSeconds(fromSecond).UtcDateTime.ToString("O"))}"))["history"]!;
        }

        string Second(int second) =>
            start.AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var rise = await AgainstAsync("gt", "targetPrice", "1.2");
        ((string?)rise["firedAt"], (string?)rise["price"], (string?)rise["target"],
            (int)rise["moments"]!).ShouldBe((Second(20), "1.2", "1.2", 21));
        ((string)rise["says"]!).ShouldStartWith("It would have fired at ");
        ((string?)(await AgainstAsync("gt", "targetPrice", "0.61", unit))["firedAt"]).ShouldBe(Second(22));
        ((string?)(await AgainstAsync("lt", "targetPrice", "1.1", fromSecond: 15))["firedAt"]).ShouldBe(Second(50));
        var trails = await AgainstAsync("lt", "trailingBps", 1000); // 10 % below 1.3
        ((string?)trails["firedAt"], (string?)trails["target"]).ShouldBe((Second(43), "1.17"));
        ((string?)(await AgainstAsync("gt", "trailingAmount", "0.05", fromSecond: 10))["firedAt"]).ShouldBe(Second(15));
        var never = await AgainstAsync("gt", "targetPrice", "77777");
        (never["firedAt"], ((string)never["says"]!).StartsWith("It would not have fired", StringComparison.Ordinal)).ShouldBe((null, true));

        var atOnce = Wallet.Order(Wallet.AtOnce);
        (await PreviewAsync(atOnce, "?against=history"))["history"].ShouldBeNull();
        foreach (var (query, field) in new[] { ("against=yesterday", "against"), ("from=2030-01-01T00:00:00Z", "from"),
            ("against=history&from=soon", "from"), ("against=history&from=2000-01-01T00:00:00Z", "from"),
            ("against=history&from=2999-01-01T00:00:00Z", "from") })
        {
            using var asked = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/orders/preview?{query}")
            {
                Content = new StringContent(atOnce.ToJsonString(), Encoding.UTF8, "application/json"),
            };
            var (status, refused) = await Wallet.SendAsync(asked);
            (status, (string?)refused["details"]!["field"]).ShouldBe((400, field), query);
        }
    }

    [Fact]
    public async Task A_preview_of_a_group_looks_at_each_leg_and_stores_nothing()
    {
        JsonObject Leg(string direction, string target)
        {
            var leg = Wallet.Order(order =>
                (order["conditionToken"], order["targetPrice"], order["direction"], order["baseAsset"]) = (".stx", target, direction,
                    "USD"));
            leg.Remove("signature");
            leg.Remove("uuid");
            return leg;
        }

        async Task<JsonNode> LookAsync(string type, params JsonObject[] legs)
        {
            using var asked = new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders/groups/preview")
            {
                Content = new StringContent(new JsonObject { ["type"] = type, ["legs"] = new JsonArray([.. legs]) }.ToJsonString(),
                    Encoding.UTF8, "application/json"),
            };
            var (status, body) = await Wallet.SendAsync(asked);
            status.ShouldBe(200, body.ToJsonString());
            return body["data"]!;
        }

        var good = await LookAsync("oco", Leg("gt", "1000"), Leg("lt", "0.0001"));
        ((bool)good["acceptable"]!, good["refusals"]!.AsArray().Count, good["legs"]!.AsArray().Count).ShouldBe((true, 0, 2));
        good["legs"]!.AsArray().ShouldAllBe(leg => (bool)leg!["acceptable"]! && !(bool)leg["wouldTriggerNow"]! && leg["swap"] != null);

        var wrong = Leg("lt", "0.0001");
        (wrong["validTo"], wrong["slippageBps"]) = ("2001-01-01T00:00:00Z", 20_000);
        var bad = await LookAsync("bracket", Leg("gt", "1000"), wrong);
        ((bool)bad["acceptable"]!).ShouldBeFalse();
        ((string?)bad["refusals"]![0]!["field"]).ShouldBe("legs");
        bad["legs"]![1]!["refusals"]!.AsArray().Select(refusal => (string?)refusal!["field"])
            .ShouldBe(["slippageBps", "validTo"], ignoreOrder: true);
        ((bool)bad["legs"]![0]!["acceptable"]!).ShouldBeTrue();
    }

    private async Task<string> TokenAsync(string symbol) =>
        (string)(await Wallet.GetAsync("/api/v1/tokens")).Body["data"]!.AsArray()
            .First(token => (string?)token!["symbol"] == symbol)!["contractId"]!;

    [Fact]
    public async Task A_preview_tells_all_refusals_at_once()
    {
        var body = Wallet.Order();
        (body["amountIn"], body["validTo"], body["slippageBps"], body["recipient"], body["direction"]) = ("ten", "2001-01-01", 20_000,
            "nobody", "gt");
        var preview = await PreviewAsync(body);
        preview["refusals"]!.AsArray().Select(refusal => (string?)refusal!["field"])
            .ShouldBe(["amountIn", "recipient", "conditionToken", "targetPrice", "validTo", "slippageBps"], ignoreOrder: true);
        ((bool)preview["acceptable"]!, preview["swap"]).ShouldBe((false, null));

        body = Wallet.Order();
        (body["outputToken"], body["validTo"], body["recipient"], body["minAmountOut"]) = (Wallet.SellToken, "2001-01-01T00:00:00Z",
            Wallet.Router.ToString(), "1");
        body["signature"] = Wallet.Stranger().SignIntent(body);
        CodesOf(await PreviewAsync(body))
            .ShouldBe(["same_token", "recipient_is_venue", "invalid_signature", "valid_to_in_past"], ignoreOrder: true);
    }

    public static TheoryData<string, string?> Mistakes => new()
    {
        { "owner", "x" }, { "inputToken", ".stx" }, { "outputToken", "ST000000000000000000002AMW42H.no-token" }, { "amountIn", "0" },
        { "amountIn", "340282366920938463463374607431768211456" }, { "recipient", null },
        { "signature", "ab" }, { "uuid", "x" }, { "validTo", "2001-01-01T00:00:00Z" }, { "minAmountOut", "-1" }, { "targetPrice", "1" },
        { "minAmountout", "1" }, { "baseAsset", "ST000000000000000000002AMW42H.no-token" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task What_create_refuses_a_preview_refuses_in_the_same_word(string field, string? text)
    {
        var body = Wallet.Order();
        body[field] = text;
        var (status, refused) = await Wallet.PostOrderAsync(body);
        status.ShouldBe(400);
        var preview = await PreviewAsync(body);
        CodesOf(preview).ShouldContain((string)refused["code"]!);
        preview["refusals"]!.AsArray().Select(refusal => (string?)refusal!["error"]).ShouldContain((string)refused["error"]!);
    }

    [Fact]
    public async Task A_preview_of_nothing_is_refused_as_a_whole()
    {
        var (status, body) = await PostPreviewAsync("[]");
        (status, (string?)body["code"]).ShouldBe((400, "invalid_request"));
    }

    private static string[] CodesOf(JsonNode preview) => [.. preview["refusals"]!.AsArray().Select(refusal => (string)refusal!["code"]!)];

    private static Dictionary<string, JsonNode> GatesOf(JsonNode why) =>
        why["gates"]!.AsArray().ToDictionary(gate => (string)gate!["name"]!, gate => gate!);

    private static async Task<string> PlaceAsync(Wallet wallet, Action<JsonObject>? more = null)
    {
        var (status, body) = await wallet.PostOrderAsync(wallet.Order(more));
        status.ShouldBe(200, body.ToJsonString());
        return (string)body["data"]!["uuid"]!;
    }

    private async Task<JsonNode> OrderAsync(string uuid) => (await Wallet.GetAsync($"/api/v1/orders/{uuid}")).Body["data"]!;

    private Task<JsonNode> StoryAsync(string uuid, string query = "") => DataAsync($"/api/v1/orders/{uuid}/events{query}");

    private Task<JsonNode> ExplainAsync(string uuid) => DataAsync($"/api/v1/orders/{uuid}/explain");

    private async Task<JsonNode> DataAsync(string path)
    {
        var (status, body) = await Wallet.GetAsync(path);
        status.ShouldBe(200, body.ToJsonString());
        return body["data"]!;
    }

    private async Task<JsonNode> PreviewAsync(JsonObject order, string query = "")
    {
        var (status, body) = await PostPreviewAsync(order.ToJsonString(), query);
        status.ShouldBe(200, body.ToJsonString());
        return body["data"]!;
    }

    private Task<(int Status, JsonNode Body)> PostPreviewAsync(string json, string query = "") =>
        Wallet.SendAsync(new HttpRequestMessage(HttpMethod.Post,
            $"/api/v1/orders/preview{query}") { Content = new StringContent(json, Encoding.UTF8, "application/json") });
}
