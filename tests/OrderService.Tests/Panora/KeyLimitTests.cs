using System.Globalization;
using System.Text.Json.Nodes;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;
using OrderService.Tests.Auth;
using OrderService.Tests.Ground;

namespace OrderService.Tests.Panora;

/// <summary>What an API key may sell of an account's funds: with a permission of its own, and within its limits.</summary>
public sealed class KeyLimitTests(PanoraWorld world) : IClassFixture<PanoraWorld>
{
    private const string Permissions = "\"create\",\"execute\",\"cancel\",\"accounts\",\"trade\"";

    private static string Stx => TokenId.Stx.ToString();

    [Fact]
    public async Task S10_A_key_without_the_permission_to_trade_sells_nothing_of_an_account()
    {
        var owner = await world.ClientAsync();
        foreach (var permissions in (string[])["\"create\"", "\"create\",\"execute\",\"cancel\",\"accounts\"", "\"trade\"",
            "\"accounts\",\"trade\""])
        {
            var key = await owner.WithAsync(permissions);
            await RefusedAsync(key, "permission_denied", _ => { });
            var (status, body) = await key.PostAsync("/limit/v1/createOrder", key.Limit());
            (status, (string?)body["code"]).ShouldBe((403, "permission_denied"), permissions);
        }
        (await world.ScalarAsync($"SELECT count(*) FROM orders WHERE owner = '{owner.Wallet}'")).ShouldBe(0);
        (await (await owner.WithAsync("\"create\",\"trade\"")).CreateAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task S10_A_key_sells_at_no_more_slippage_than_it_may()
    {
        var owner = await world.ClientAsync();
        await RefusedAsync(owner, "slippage_limit", b => b["slippagePercentage"] = "99.99");
        await RefusedAsync(owner, "slippage_limit", b => b["slippagePercentage"] = "10.01");
        await owner.CreateAsync(b => b["slippagePercentage"] = "10");
        var wide = await owner.WithAsync(Permissions, ",\"limits\":{\"maxSlippageBps\":10000}");
        await wide.CreateAsync(b => b["slippagePercentage"] = "99.99");
        var narrow = await owner.WithAsync(Permissions, ",\"limits\":{\"maxSlippageBps\":50}");
        await narrow.CreateAsync(b => b["slippagePercentage"] = "0.5");
        // The service's own choice is held to it, too.
        await RefusedAsync(narrow, "slippage_limit", _ => { });
    }

    [Fact]
    public async Task S10_A_key_sells_and_buys_only_the_tokens_that_it_may()
    {
        var owner = await world.ClientAsync();
        await (await owner.WithAsync(Permissions, $",\"limits\":{{\"tokens\":[\"{world.Sell.Id}\",\"{Stx}\"]}}")).CreateAsync();
        await RefusedAsync(await owner.WithAsync(Permissions, $",\"limits\":{{\"tokens\":[\"{Stx}\"]}}"), "token_not_allowed", _ => { });
        await RefusedAsync(await owner.WithAsync(Permissions, $",\"limits\":{{\"tokens\":[\"{world.Sell.Id}\"]}}"), "token_not_allowed",
            _ => { });
    }

    [Fact]
    public async Task S10_A_key_sells_for_no_more_than_its_dollars_a_day_however_many_orders_at_once()
    {
        var owner = await world.ClientAsync();
        var price = await PriceAsync();
        // Three orders of 12 whole tokens fit, a fourth does not.
        var limit = (price * 12 * 3 + price).ToString(CultureInfo.InvariantCulture);
        var key = await owner.WithAsync(Permissions, $",\"limits\":{{\"maxUsdPerDay\":\"{limit}\"}}");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => key.PostAsync("/dca/v1/createOrder", key.Dca())));
        answers.Count(a => a.Status == 200).ShouldBe(3);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Status == 403 && (string?)a.Body["code"] == "daily_limit");
        (await world.ScalarAsync($"SELECT count(*) FROM orders WHERE owner = '{owner.Wallet}'")).ShouldBe(3);
        // What a refused order had set aside is given back with it; the limit is the key's alone.
        (await world.ScalarAsync(
            $"SELECT count(*) FROM reservations r JOIN orders o ON o.id = r.order_id WHERE o.owner = '{owner.Wallet}'")).ShouldBe(3);
        await owner.CreateAsync();
        await key.CreateAsync(b => b["fromTokenAmount"] = new JsonObject { ["value"] = "0.1", ["type"] = "total" });
        world.Time.Advance(TimeSpan.FromDays(1));
        await PriceAsync();
        await key.CreateAsync();
    }

    [Fact]
    public async Task A_key_changes_what_an_account_pays_for_as_far_as_it_may_sell()
    {
        var owner = await world.ClientAsync();
        var order = await owner.CreateLimitAsync(b => b["rateToTokenPerFromToken"] = "1000000");
        var path = $"/api/v1/orders/{Guid.ParseExact(((string)order["panoraTxId"]!)[2..34], "N")}";
        foreach (var (permissions, more, code) in (List<(string, string, string)>)[
            ("\"create\",\"cancel\"", "", "permission_denied"), ("\"create\",\"trade\"", "", "permission_denied"),
            (Permissions, ",\"limits\":{\"maxSlippageBps\":50}", "slippage_limit")])
        {
            var (no, refused) = await (await owner.WithAsync(permissions, more)).SendAsync("PATCH", path,
                """{"changes":{"slippageBps":60}}""");
            (no, (string?)refused["code"]).ShouldBe((403, code), refused.ToJsonString());
        }
        var (status, changed) = await owner.SendAsync("PATCH", path, """{"changes":{"slippageBps":60}}""");
        (status, (int?)changed["data"]!["slippageBps"]).ShouldBe((200, 60), changed.ToJsonString());
    }

    [Fact]
    public async Task A_key_is_used_only_from_where_it_may()
    {
        var owner = await world.ClientAsync();
        var far = await owner.WithAsync(Permissions, ",\"limits\":{\"ips\":[\"203.0.113.0/24\",\"2001:db8::/32\",\"198.51.100.7\"]}");
        await RefusedAsync(far, "ip_not_allowed", _ => { }, ("X-Forwarded-For", "203.0.113.9"));
        (await far.GetAsync("/api/v1/accounts")).Status.ShouldBe(403);
        await (await owner.WithAsync(Permissions, ",\"limits\":{\"ips\":[\"127.0.0.0/8\",\"::1\"]}")).CreateAsync();
    }

    [Theory]
    [InlineData("\"maxSlippageBps\":10001", "limits.maxSlippageBps")]
    [InlineData("\"maxSlippageBps\":-1", "limits.maxSlippageBps")]
    [InlineData("\"maxUsdPerDay\":\"0\"", "limits.maxUsdPerDay")]
    [InlineData("\"maxUsdPerDay\":\"1e3\"", "limits.maxUsdPerDay")]
    [InlineData("\"tokens\":[]", "limits.tokens")]
    [InlineData("\"tokens\":[\"nothing\"]", "limits.tokens")]
    [InlineData("\"tokens\":[null]", "limits.tokens")]
    [InlineData("\"ips\":[\"10.0.0.0/33\"]", "limits.ips")]
    [InlineData("\"ips\":[\"300.0.0.0/8\"]", "limits.ips")]
    [InlineData("\"ips\":[\"localhost\"]", "limits.ips")]
    [InlineData("\"maxUsdPerDai\":\"5\"", "limits.maxUsdPerDai")]
    [InlineData("\"maxUsdPerDay\":5", "limits.maxUsdPerDay")]
    public async Task Limits_that_cannot_be_read_make_no_key(string limits, string field)
    {
        var wallet = new TestWallet();
        var (status, body) = await PanoraClient.AskAsync(world, wallet, Permissions, $",\"limits\":{{{limits}}}");
        (status, (string?)body["details"]?["field"]).ShouldBe((400, field), body.ToJsonString());
    }

    [Fact]
    public async Task A_key_shows_its_limits()
    {
        var limits = $"{{\"maxSlippageBps\":50,\"maxUsdPerDay\":\"1000.5\",\"tokens\":[\"{world.Sell.Id}\"],\"ips\":[\"10.0.0.0/8\"]}}";
        var (_, made) = await PanoraClient.AskAsync(world, new TestWallet(), Permissions, $",\"limits\":{limits}");
        made["limits"]!.ToJsonString().ShouldBe(limits);
        (_, made) = await PanoraClient.AskAsync(world, new TestWallet(), Permissions, "");
        made["limits"]!.ToJsonString().ShouldBe("{\"maxSlippageBps\":1000}");
    }

    [Fact]
    public async Task Every_event_names_whose_doing_it_was()
    {
        var owner = await world.ClientAsync();
        var order = await owner.CreateAsync();
        await world.BeatAsync();
        (await owner.CancelAsync(order)).Status.ShouldBe(200);
        var id = ((string)order["panoraTxId"]!)[2..34];
        (await ActorsAsync($"SELECT string_agg(DISTINCT kind || ' ' || actor, ',') FROM order_events WHERE order_id = '{id}' AND kind IN ('created', 'cancelled')")).ShouldBe($"cancelled {owner.Actor},created {owner.Actor}");
        (await ActorsAsync($"SELECT string_agg(DISTINCT actor, ',') FROM order_events WHERE order_id = '{id}' AND kind NOT IN ('created', 'cancelled')")).ShouldBe("system");
        (await ActorsAsync($"SELECT string_agg(DISTINCT kind || ' ' || actor, ',') FROM account_entries WHERE order_id = '{id}'")).ShouldBe(
            $"reserved {owner.Actor},returned {owner.Actor},spent system,started system");
    }

    private async Task<string> ActorsAsync(string sql)
    {
        await using var command = world.Get<Npgsql.NpgsqlDataSource>().CreateCommand(sql);
        var text = (string)(await command.ExecuteScalarAsync())!;
        return string.Join(',', text.Split(',').Order(StringComparer.Ordinal));
    }

    // The believed price of what is sold, as soon as there is one.
    private async Task<decimal> PriceAsync()
    {
        var usd = await Until.Async(() => Task.FromResult(
            world.Get<PriceBoard>().TryRead(world.Sell.Id, world.Time.GetUtcNow(), out var price) ? price.Usd.ToString() : null),
            read => read is not null);
        return decimal.Parse(usd!, CultureInfo.InvariantCulture);
    }

    private static async Task RefusedAsync(PanoraClient key, string code, Action<JsonObject> more, params (string, string)[] headers)
    {
        var (status, body) = await key.PostAsync("/dca/v1/createOrder", key.Dca(more), headers);
        (status, (string?)body["code"]).ShouldBe((403, code), body.ToJsonString());
    }
}
