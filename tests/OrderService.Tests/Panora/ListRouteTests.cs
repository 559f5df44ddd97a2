using System.Text;
using System.Text.Json.Nodes;

namespace OrderService.Tests.Panora;

/// <summary>getOrders under both methods and both products, and what the server answers by itself under these paths.</summary>
public sealed class ListRouteTests(PanoraWorld world) : IClassFixture<PanoraWorld>
{
    [Fact]
    public async Task Get_and_post_give_the_same_page_in_every_spelling()
    {
        var client = await world.ClientAsync();
        for (var i = 0; i < 3; i++) await client.CreateAsync();
        var (status, expected) = await client.GetAsync($"/dca/v1/getOrders?{client.Query(limit: 2)}&txDetails=true");
        status.ShouldBe(200);
        ((long)expected["chainId"]!, (string)expected["toWalletAddress"]!, (int)expected["pageNumber"]!,
            (int)expected["totalPages"]!).ShouldBe((2147483648, client.Wallet, 1, 2));
        var texts = Body("2147483648", "2", "1", "true");
        var numbers = Body(2147483648, 2, 1, true);
        var underscored = Body(2147483648, 2, 1, true);
        underscored.Remove("pageNumber");
        underscored["page_number"] = 1;
        foreach (var body in (JsonObject[])[texts, numbers, underscored])
            (await client.PostAsync("/dca/v1/getOrders", body)).Body.ToJsonString().ShouldBe(expected.ToJsonString());
        (await client.PostAsync($"/dca/v1/getOrders?{client.Query(limit: 2)}", new JsonObject { ["txDetails"] = true })).Body.ToJsonString()
            .ShouldBe(expected.ToJsonString());
        (await client.SendAsync("POST", $"/dca/v1/getOrders?{client.Query(limit: 2)}&txDetails=True")).Body.ToJsonString()
            .ShouldBe(expected.ToJsonString());
        (await client.GetAsync($"/dca/v1/getOrders?{client.Query(limit: 2).Replace("pageNumber", "page_number", StringComparison.Ordinal)}&txDetails=true")).Body.ToJsonString().ShouldBe(expected.ToJsonString());

        JsonObject Body(JsonNode chainId, JsonNode limit, JsonNode page, JsonNode details) =>
            new()
            {
                ["chainId"] = chainId, ["toWalletAddress"] = client.Wallet, ["status"] = "active", ["limit"] = limit, ["pageNumber"] = page,
                ["txDetails"] = details,
            };
    }

    [Fact]
    public async Task Pages_are_newest_first_and_beyond_the_last_there_is_an_empty_one()
    {
        var client = await world.ClientAsync();
        var (_, none) = await client.GetAsync($"/dca/v1/getOrders?{client.Query()}");
        ((int)none["totalPages"]!, none["orders"]!.AsArray().Count).ShouldBe((0, 0));
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            world.Time.Advance(TimeSpan.FromMilliseconds(1));
            made.Insert(0, (string)(await client.CreateAsync())["panoraTxId"]!);
        }
        var seen = new List<string>();
        for (var page = 1; page <= 3; page++)
        {
            var (_, answer) = await client.GetAsync($"/dca/v1/getOrders?{client.Query(limit: 2, page: page)}");
            ((int)answer["totalPages"]!, (int)answer["pageNumber"]!).ShouldBe((3, page));
            seen.AddRange(answer["orders"]!.AsArray().Select(o => (string)o!["panoraTxId"]!));
        }
        seen.ShouldBe(made);
        foreach (var page in (int[])[4, int.MaxValue])
        {
            var (status, beyond) = await client.GetAsync($"/dca/v1/getOrders?{client.Query(limit: 100, page: page)}");
            (status, (int)beyond["totalPages"]!, (int)beyond["pageNumber"]!, beyond["orders"]!.AsArray().Count).ShouldBe((200, 1, page, 0));
        }
    }

    [Fact]
    public async Task A_filter_takes_the_active_or_all_that_have_ended_and_an_id_takes_one()
    {
        var client = await world.ClientAsync();
        var (kept, ended, limit) = (await client.CreateAsync(), await client.CreateAsync(),
            await client.CreateLimitAsync(b => b["rateToTokenPerFromToken"] = "1000"));
        await client.CancelAsync(ended);
        (await IdsAsync("/dca/v1", "active")).ShouldBe([(string)kept["panoraTxId"]!]);
        (await IdsAsync("/dca/v1", "completed")).ShouldBe([(string)ended["panoraTxId"]!]);
        (await IdsAsync("/limit/v1", "active")).ShouldBe([(string)limit["panoraTxId"]!]);
        (await IdsAsync("/dca/v1", "active", (string)ended["panoraTxId"]!)).ShouldBeEmpty();
        (await IdsAsync("/dca/v1", "completed", (string)ended["panoraTxId"]!)).Count.ShouldBe(1);
        var (_, page) = await client.GetAsync($"/dca/v1/getOrders?{client.Query()}");
        page["orders"]![0]!.AsObject().ContainsKey("txDetails").ShouldBeFalse();

        async Task<List<string>> IdsAsync(string path, string status, string? id = null)
        {
            var (_, answer) = await client.GetAsync($"{path}/getOrders?{client.Query(status)}{(id is null ? "" : $"&panoraTxId={id}")}");
            return [.. answer["orders"]!.AsArray().Select(o => (string)o!["panoraTxId"]!)];
        }
    }

    [Theory]
    [InlineData("chainId", null)]
    [InlineData("chainId", "1")]
    [InlineData("toWalletAddress", null)]
    [InlineData("toWalletAddress", "0xa")]
    [InlineData("status", null)]
    [InlineData("status", "filled")]
    [InlineData("limit", null)]
    [InlineData("limit", "0")]
    [InlineData("limit", "101")]
    [InlineData("pageNumber", null)]
    [InlineData("pageNumber", "0")]
    [InlineData("pageNumber", "1.5")]
    [InlineData("panoraTxId", "0x12")]
    [InlineData("txDetails", "yes")]
    public async Task A_parameter_that_cannot_be_meant_is_named(string name, string? value)
    {
        var client = await world.ClientAsync(0);
        var query = new Dictionary<string, string>
        {
            ["chainId"] = "2147483648", ["toWalletAddress"] = client.Wallet, ["status"] = "active", ["limit"] = "10", ["pageNumber"] = "1",
        };
        query.Remove(name);
        if (value is not null) query[name] = value;
        var (status, error) = await client.GetAsync("/dca/v1/getOrders?" + string.Join('&', query.Select(p => $"{p.Key}={p.Value}")));
        (status, (string)error["field"]!).ShouldBe((400, name));
        var body = new JsonObject(query.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, p.Value)));
        var (posted, same) = await client.PostAsync("/dca/v1/getOrders", body);
        (posted, same.ToJsonString()).ShouldBe((status, error.ToJsonString()));
    }

    [Fact]
    public async Task A_limit_list_does_not_need_the_chain()
    {
        var client = await world.ClientAsync(0);
        (await client.GetAsync($"/limit/v1/getOrders?{client.Query()["chainId=2147483648&".Length..]}")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("POST", "/dca/v1/createOrder")]
    [InlineData("POST", "/dca/v1/cancelOrder")]
    [InlineData("POST", "/dca/v1/getOrders")]
    [InlineData("GET", "/dca/v1/getOrders")]
    [InlineData("POST", "/limit/v1/createOrder")]
    [InlineData("POST", "/limit/v1/cancelOrder")]
    [InlineData("POST", "/limit/v1/getOrders")]
    [InlineData("GET", "/limit/v1/getOrders")]
    public async Task Every_route_asks_for_a_key(string method, string path)
    {
        var (missing, error) = await AnswerAsync(new HttpRequestMessage(new HttpMethod(method), path));
        (missing, (string)error["code"]!, (int)error["statusCode"]!,
            (string)error["error"]!).ShouldBe((401, "missing_api_key", 401, "Unauthorized"));
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("x-api-key", "ck_live_" + new string('0', 64));
        var (unknown, invalid) = await AnswerAsync(request);
        (unknown, (string)invalid["code"]!).ShouldBe((401, "invalid_api_key"));
    }

    [Theory]
    [InlineData("GET", "/dca/v1/nowhere", 404, "not_found")]
    [InlineData("GET", "/limit/v1/nowhere", 404, "not_found")]
    [InlineData("GET", "/dca/v1/createOrder", 405, "method_not_allowed")]
    [InlineData("DELETE", "/limit/v1/getOrders", 405, "method_not_allowed")]
    public async Task What_no_route_answers_has_the_same_shape(string method, string path, int status, string code)
    {
        var (answered, error) = await AnswerAsync(new HttpRequestMessage(new HttpMethod(method), path));
        (answered, (int)error["statusCode"]!, (string)error["code"]!).ShouldBe((status, status, code));
        error["message"].ShouldNotBeNull();
        error["error"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_json_has_the_same_shape()
    {
        var client = await world.ClientAsync(0);
        var (large, error) = await client.SendAsync("POST", "/dca/v1/createOrder", $$"""{"a":"{{new string('x', 70_000)}}"}""");
        (large, (int)error["statusCode"]!, (string)error["code"]!).ShouldBe((413, 413, "body_too_large"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/limit/v1/createOrder")
        {
            Content = new StringContent("a=1", Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.Add("x-api-key", client.Key);
        var (form, unsupported) = await AnswerAsync(request);
        (form, (string)unsupported["code"]!).ShouldBe((415, "unsupported_media_type"));
    }

    private async Task<(int Status, JsonNode Body)> AnswerAsync(HttpRequestMessage request)
    {
        using var response = await world.Http.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
