using System.Text.Json.Nodes;
using OrderService.Api.Charisma;

namespace OrderService.Tests.Charisma;

public class NewOrderJsonTests
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":1}x")]
    [InlineData("{/* */}")]
    [InlineData("{\"owner\":\"a\",\"owner\":\"a\"}")]
    [InlineData("{\"mine\":1,\"mine\":2}")]
    [InlineData("{\"status\":1,\"status\":2}")]
    [InlineData("{\"\\ud800\":1}")]
    public void A_body_that_two_readers_could_see_differently_is_refused(string json) =>
        Samples.Read(json).Fault.ShouldNotBeNull().Code.ShouldBe("invalid_request");

    [Fact]
    public void Json_may_be_32_levels_deep()
    {
        Samples.Read($"{{\"metadata\":{new string('[', 31)}{new string(']', 31)}}}").Fault.ShouldBeNull();
        Samples.Read($"{{\"metadata\":{new string('[', 32)}{new string(']', 32)}}}").Fault.ShouldNotBeNull();
        Samples.Read($"{{\"metadata\":{new string('[', 60_000)}").Fault.ShouldNotBeNull();
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_text_in_a_field_and_is_kept_in_a_client_s_own()
    {
        var body = Samples.Read("""{"owner":"\ud800","metadata":{"a":"\udc00\u0000"}}""");
        body.Fault.ShouldBeNull();
        body.Owner.IsGiven.ShouldBeTrue();
        body.Owner.IsRead.ShouldBeFalse();
        body.ClientFields.ShouldBe("""{"metadata":{"a":"\udc00\u0000"}}""");
    }

    [Fact]
    public void A_client_s_fields_are_kept_as_they_came_and_the_service_s_are_dropped()
    {
        const string json = """{"strategyId" : "s-1", "txid":"0xabc","status":"confirmed","createdAt":"1970","metadata":{"n":1e999,"d": 0.10},"x":123456789012345678901234567890,"termsBound":true,"description":"é"}""";
        Samples.Read(json).ClientFields.ShouldBe(
            """{"strategyId" : "s-1","metadata":{"n":1e999,"d": 0.10},"x":123456789012345678901234567890,"description":"é"}""");
        Samples.Read("""{"uuid":"x"}""").ClientFields.ShouldBeNull();
    }

    [Fact]
    public void A_client_s_fields_together_are_bounded_in_bytes()
    {
        Samples.Read($$"""{"a":"{{new string('x', 4096 - 8)}}"}""").Fault.ShouldBeNull();
        Samples.Read($$"""{"a":"{{new string('x', 4096 - 7)}}"}""").Fault!.Code.ShouldBe("metadata_too_large");
        Samples.Read($$"""{"a":"{{new string('é', 2048)}}"}""").Fault!.Code.ShouldBe("metadata_too_large");
    }

    [Fact]
    public void Escapes_in_names_and_values_are_read()
    {
        var body = Samples.Read("""{"\u0061mountIn":"\u0031"}""");
        body.AmountIn.Value.ToString().ShouldBe("1");
    }

    [Fact]
    public void No_random_change_of_a_body_throws()
    {
        var random = new Random(7);
        var rules = new NewOrderRules();
        var original = Samples.Body(("conditionToken", ".stx"), ("targetPrice", "1"), ("direction", "gt"),
            ("metadata", new JsonObject { ["a"] = "b" })).ToJsonString();
        for (var round = 0; round < 20_000; round++)
        {
            var text = original.ToCharArray();
            for (var change = random.Next(1, 5); change > 0; change--) text[random.Next(text.Length)] = (char)random.Next(1, 0x250);
            var body = Samples.Read(new string(text));
            if (rules.FirstRefusal(body) is null) _ = body.ToOrder(Samples.Venue);
        }
    }
}
