using System.Text.Json.Nodes;

namespace OrderService.Tests.Panora;

/// <summary>A field of another type than its own is refused by its name. None is dropped as if it had not been sent.</summary>
public sealed class WrongTypesTests(PanoraWorld world) : IClassFixture<PanoraWorld>
{
    public static TheoryData<string, string, string> Calls() => new()
    {
        { "delay", "\"1 day\"", "delay" },
        { "delay", "3600", "delay" },
        { "delay", "[]", "delay" },
        { "delay", "true", "delay" },
        { "delay", "{}", "delay.value" },
        { "delay", """{"Value":"1","TimePeriod":"day"}""", "delay.value" },
        { "delay", """{"value":"1"}""", "delay.timePeriod" },
        { "delay", """{"value":["1"],"timePeriod":"day"}""", "delay.value" },
        { "interval", "\"1 minute\"", "interval" },
        { "fromTokenAmount", "\"12\"", "fromTokenAmount.type" },
        { "minRateToTokenPerFromToken", """{"value":"1"}""", "minRateToTokenPerFromToken" },
        { "maxRateToTokenPerFromToken", "[1]", "maxRateToTokenPerFromToken" },
        { "slippagePercentage", """{"percent":1}""", "slippagePercentage" },
        { "acceptUnprotectedOutput", "{}", "acceptUnprotectedOutput" },
        { "fromWalletAddress", "{}", "fromWalletAddress" },
        { "numberOfOrders", """{"value":2}""", "numberOfOrders" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task M10_A_dca_with_a_field_of_the_wrong_type_is_400_naming_it(string field, string json, string named)
    {
        var client = await world.ClientAsync();
        var (status, body) = await client.PostAsync("/dca/v1/createOrder", client.Dca(b => b[field] = JsonNode.Parse(json)));
        (status, (string?)body["field"]).ShouldBe((400, named), body.ToJsonString());
    }

    [Theory]
    [InlineData("expiry", "\"1 day\"", "expiry")]
    [InlineData("expiry", "86400", "expiry")]
    [InlineData("expiry", "[]", "expiry")]
    [InlineData("expiry", """{"Value":"1","timeperiod":"day"}""", "expiry.value")]
    [InlineData("fromTokenAmount", """{"value":"1","type":"total"}""", "fromTokenAmount")]
    [InlineData("rateToTokenPerFromToken", """{"value":"1"}""", "rateToTokenPerFromToken")]
    [InlineData("slippagePercentage", "{}", "slippagePercentage")]
    public async Task M10_A_limit_with_a_field_of_the_wrong_type_is_400_naming_it(string field, string json, string named)
    {
        var client = await world.ClientAsync();
        var (status, body) = await client.PostAsync("/limit/v1/createOrder", client.Limit(b => b[field] = JsonNode.Parse(json)));
        (status, (string?)body["field"]).ShouldBe((400, named), body.ToJsonString());
    }

    [Fact]
    public async Task M10_A_cancel_and_a_list_with_a_field_of_the_wrong_type_are_400_naming_it()
    {
        var client = await world.ClientAsync();
        var order = await client.CreateAsync();
        var (status, body) = await client.PostAsync("/dca/v1/cancelOrder",
            new JsonObject { ["panoraTxId"] = (string)order["panoraTxId"]!, ["toWalletAddress"] = new JsonObject() });
        (status, (string?)body["field"]).ShouldBe((400, "toWalletAddress"), body.ToJsonString());
        (status, body) = await client.PostAsync("/dca/v1/getOrders", new JsonObject
        {
            ["chainId"] = 2147483648, ["toWalletAddress"] = client.Wallet, ["status"] = "active", ["limit"] = 10, ["pageNumber"] = 1,
            ["txDetails"] = new JsonObject { ["value"] = true },
        });
        (status, (string?)body["field"]).ShouldBe((400, "txDetails"), body.ToJsonString());
    }

    [Fact]
    public async Task W3_A_number_is_taken_in_every_spelling_by_its_value()
    {
        var client = await world.ClientAsync();
        var order = await client.CreateAsync(b =>
        {
            b["chainId"] = JsonNode.Parse("2147483648.0");
            b["fromTokenAmount"] = JsonNode.Parse("""{"value":6e-1,"type":"total"}""");
            b["interval"] = JsonNode.Parse("""{"value":6e1,"timePeriod":"minute"}""");
            b["numberOfOrders"] = JsonNode.Parse("3.0");
            b["minRateToTokenPerFromToken"] = JsonNode.Parse("1e-7");
            b["slippagePercentage"] = JsonNode.Parse("0.7000000000000001");
        });
        ((int)order["numberOfOrdersTotal"]!, (string)order["interval"]!["value"]!,
            (string)order["minRateToTokenPerFromToken"]!).ShouldBe((3, "6e1", "1e-7"), order.ToJsonString());
        var (status,
            page) = await client.GetAsync($"/dca/v1/getOrders?{client.Query().Replace("limit=10", "limit=1e1", StringComparison.Ordinal)}");
        (status, page["orders"]!.AsArray().Count).ShouldBe((200, 1));
    }

    [Theory]
    [InlineData("0")]
    [InlineData(0)]
    public async Task W18_A_delay_of_zero_is_none(object zero)
    {
        var client = await world.ClientAsync();
        var order = await client.CreateAsync(b =>
            b["delay"] = new JsonObject
            {
                ["value"] = zero is int number ? JsonValue.Create(number) : JsonValue.Create((string)zero), ["timePeriod"] = "day",
            });
        ((string)order["delay"]!["value"]!).ShouldBe("0");
        var (status, body) = await client.PostAsync("/limit/v1/createOrder",
            client.Limit(b => b["expiry"] = new JsonObject { ["value"] = "0", ["timePeriod"] = "day" }));
        (status, (string?)body["field"]).ShouldBe((400, "expiry.value"));
    }

    [Fact]
    public async Task A_field_that_is_null_is_one_that_is_absent()
    {
        var client = await world.ClientAsync();
        var order = await client.CreateAsync(b => (b["delay"], b["slippagePercentage"]) = (null, null));
        order["delay"].ShouldBeNull();
    }
}
