using System.Text;
using System.Text.Json.Nodes;
using OrderService.Api.SwapCoffee;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Scheduling;
using OrderService.Stacks.Addresses;

namespace OrderService.Tests.SwapCoffee;

public class NewOrderJsonTests
{
    private const string Token = "ST000000000000000000002AMW42H.a-token";

    [Fact]
    public void A_limit_becomes_immediate_parts_with_its_minimum_as_the_promise_and_the_slippage_above_it()
    {
        var body = Read(Limit()).Value;
        var terms = body.Terms(OrderService.Tests.Charisma.Samples.Owner, Guid.NewGuid(), OrderService.Tests.Charisma.Samples.Venue);
        (terms.MinAmountOut, terms.SlippageBps, terms.Trigger, terms.ValidTo).ShouldBe((new TokenAmount(7), 100, SliceTrigger.Time, null));
        terms.Recipient.ShouldBe(Principal.From(OrderService.Tests.Charisma.Samples.Owner));
        var plan = body.Plan();
        plan.Schedule.ShouldBe(new Schedule.Immediate(3));
        (plan.Slippage, plan.OnPartFailed, plan.Attempts,
            plan.Rate).ShouldBe((SlippageFrom.Min, PartFailure.End, AttemptsBudget.Shared(5), RateBounds.Any));
    }

    [Fact]
    public void A_dca_becomes_parts_at_a_distance_inside_its_price_range()
    {
        var body = Read(Dca(s => (s["price_range_from"], s["price_range_to"]) = (JsonNode.Parse("1.5"), JsonNode.Parse("2e0")))).Value;
        var terms = body.Terms(OrderService.Tests.Charisma.Samples.Owner, Guid.NewGuid(), OrderService.Tests.Charisma.Samples.Venue);
        (terms.MinAmountOut, terms.SlippageBps).ShouldBe((null, 100));
        var plan = body.Plan();
        plan.Schedule.ShouldBe(new Schedule.FixedInterval(3, Interval.Of(60, IntervalUnit.Second), KeepsDistance: true));
        (plan.Slippage, plan.OnPartFailed, plan.Attempts).ShouldBe((SlippageFrom.Quote, PartFailure.End, AttemptsBudget.Shared(5)));
        plan.Rate.ShouldBe(new RateBounds(Price.Parse("1.5"), Price.Parse("2")));
    }

    [Theory]
    [InlineData("0", "0", null, null)]
    [InlineData("0.0", "0.0", null, null)]
    [InlineData(null, null, null, null)]
    [InlineData("\"1.5\"", "\"0\"", "1.5", null)]
    [InlineData("1e-18", "99999999999999999999", "0.000000000000000001", "99999999999999999999")]
    [InlineData("1.0000000000000000001", "1.9999999999999999999", "1.000000000000000001", "1.999999999999999999")]
    public void Zero_or_absent_is_no_bound_and_digits_beyond_the_18th_round_into_the_range(
        string? from, string? to, string? min, string? max)
    {
        var body = Read(Dca(s =>
        {
            if (from is not null) s["price_range_from"] = JsonNode.Parse(from);
            if (to is not null) s["price_range_to"] = JsonNode.Parse(to);
        })).Value;
        var rate = ((StrategySettings.Dca)body.Settings).Rate;
        (rate.Min?.ToString(), rate.Max?.ToString()).ShouldBe((min, max));
    }

    [Theory]
    [InlineData("0.0001", 1)]
    [InlineData("0.01", 100)]
    [InlineData("1e-2", 100)]
    [InlineData("0.29", 2900)]
    [InlineData("0.57", 5700)]
    [InlineData("1", 10000)]
    [InlineData("1.0", 10000)]
    public void Slippage_is_a_fraction_of_one_and_read_exactly(string text, int bps) =>
    Read(Limit(b => b["slippage"] = JsonNode.Parse(text))).Value.Slippage.Value.ShouldBe(bps);

    [Theory]
    [InlineData("0.006999999999999999", 70)] // 0.7/100 in JavaScript
    [InlineData("0.011000000000000001", 110)]
    [InlineData("0.022000000000000002", 220)]
    [InlineData("1.0000000000000002", 10000)]
    public void W1_Slippage_that_floating_point_put_beside_its_basis_points_is_those(string text, int bps) =>
        Read(Limit(b => b["slippage"] = JsonNode.Parse(text))).Value.Slippage.Value.ShouldBe(bps);

    [Theory]
    [InlineData("\"229999999.99999997\"", "230000000")]
    [InlineData("\"16100000.000000002\"", "16100000")]
    [InlineData("16100000.000000002", "16100000")]
    [InlineData("\"1e+21\"", "1000000000000000000000")]
    public void W2_Amounts_that_floating_point_put_beside_a_whole_number_are_that(string json, string units)
    {
        var body =
            Read(Limit(b => (b["settings"]!["min_output_amount"], b["input_amount"]) = (JsonNode.Parse(json), JsonNode.Parse(json)))).Value;
        (((StrategySettings.Limit)body.Settings).MinOutput.ToString(), body.InputAmount.ToString()).ShouldBe((units, units));
    }

    [Theory]
    [InlineData("\"16100000.5\"")]
    [InlineData("16100000.000002")]
    public void W2_A_part_of_a_base_unit_is_refused(string json) =>
        Refused(Limit(b => b["settings"]!["min_output_amount"] = JsonNode.Parse(json)),
            "settings.min_output_amount must be a positive whole number of base units");

    [Theory]
    [InlineData("3.0")]
    [InlineData("0.3e1")]
    public void W3_A_whole_number_is_one_in_any_spelling(string json) =>
    Read(Limit(b => b["max_suborders"] = JsonNode.Parse(json))).Value.Suborders.ShouldBe(3);

    [Fact]
    public void Amounts_go_beyond_64_bits_and_a_minimum_may_be_a_number()
    {
        var body = Read(Limit(b =>
        {
            b["input_amount"] = "340282366920938463463374607431768211455";
            b["settings"]!["min_output_amount"] = JsonNode.Parse("18446744073709551616");
        })).Value;
        body.InputAmount.Units.ShouldBe(UInt128.MaxValue);
        ((StrategySettings.Limit)body.Settings).MinOutput.Units.ShouldBe((UInt128)ulong.MaxValue + 1);
    }

    [Theory]
    [InlineData("type", null, "type is required")]
    [InlineData("type", "\"swap\"", "type must be limit, dca or vca")]
    [InlineData("type", "1", "type must be text")]
    [InlineData("type", "\"vca\"", "vca orders are not supported")]
    [InlineData("token_from", null, "token_from is required")]
    [InlineData("token_from", "\"native\"", "token_from must be an object")]
    [InlineData("token_from.blockchain", "\"ton\"", "token_from.blockchain must be stacks: this service swaps on Stacks, not on ton")]
    [InlineData("token_from.blockchain", null, "token_from.blockchain is required")]
    [InlineData("token_to.address", "\".stx\"", "token_to.address must be native or a contract id")]
    [InlineData("token_to.address", "\"EQAAAA\"", "token_to.address must be native or a contract id")]
    [InlineData("token_to.address", "\"ST000000000000000000002AMW42H.a-token\"", "token_to must differ from token_from")]
    [InlineData("input_amount", "\"0\"", "input_amount must be a positive whole number")]
    [InlineData("input_amount", "\"-1\"", "input_amount must be a positive whole number")]
    [InlineData("input_amount", "\"1.5\"", "input_amount must be a positive whole number")]
    [InlineData("input_amount", "\"340282366920938463463374607431768211456\"", "input_amount must be a positive whole number")]
    [InlineData("max_suborders", "0", "max_suborders must be a whole number of 1 to 255")]
    [InlineData("max_suborders", "256", "max_suborders must be a whole number of 1 to 255")]
    [InlineData("max_suborders", "1.5", "max_suborders must be a whole number of 1 to 255")]
    [InlineData("max_suborders", "\"3\"", "max_suborders must be a number")]
    [InlineData("max_invocations", "2", "max_invocations must be a whole number of 3 to 255")]
    [InlineData("max_invocations", "256", "max_invocations must be a whole number of 3 to 255")]
    [InlineData("slippage", "0", "slippage must be above 0 and at most 1")]
    [InlineData("slippage", "-0.1", "slippage must be above 0 and at most 1")]
    [InlineData("slippage", "1.00001", "slippage must be above 0 and at most 1")]
    [InlineData("slippage", "5.0", "slippage must be above 0 and at most 1")]
    [InlineData("slippage", "0.00005", "slippage must be a multiple of 0.0001")]
    [InlineData("slippage", "\"0.01\"", "slippage must be a number")]
    [InlineData("slippage", null, "slippage is required")]
    [InlineData("settings", null, "settings is required")]
    [InlineData("settings.min_output_amount", "\"0\"", "settings.min_output_amount must be a positive whole number")]
    [InlineData("settings.min_output_amount", null, "settings.min_output_amount is required")]
    [InlineData("referral_name", "7", "referral_name must be text")]
    public void Each_refusal_names_its_field(string field, string? value, string sentence) =>
    Refused(Limit(b => Set(b, field, value)), sentence);

    [Theory]
    [InlineData("settings.delay", null, "settings.delay is required")]
    [InlineData("settings.delay", "59", "settings.delay must be a whole number of 60 to 15552000")]
    [InlineData("settings.delay", "15552001", "settings.delay must be a whole number of 60 to 15552000")]
    [InlineData("settings.delay", "60.5", "settings.delay must be a whole number of 60 to 15552000")]
    [InlineData("settings.price_range_from", "-1", "settings.price_range_from must be 0 for no bound")]
    [InlineData("settings.price_range_to", "1e21", "settings.price_range_to must be 0 for no bound")]
    [InlineData("settings.price_range_to", "1e-19", "settings.price_range_to must be 0 for no bound")]
    [InlineData("settings.price_range_to", "true", "settings.price_range_to must be a number")]
    public void Each_refusal_of_a_dca_names_its_field(string field, string? value, string sentence) =>
    Refused(Dca(settings => Set(settings, field["settings.".Length..], value)), sentence);

    [Fact]
    public void A_range_that_is_upside_down_is_refused() =>
    Refused(Dca(s => (s["price_range_from"], s["price_range_to"]) = (2, 1)), "settings.price_range_from must not be above price_range_to");

    [Theory]
    [InlineData("60")]
    [InlineData("15552000")]
    [InlineData("\"60\"")]
    public void The_bounds_of_a_delay_are_inclusive(string delay) =>
    Read(Dca(s => s["delay"] = JsonNode.Parse(delay))).Error.ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"type\":\"limit\",\"type\":\"dca\"}")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}}}}}}}}}")]
    public void What_is_no_object_or_repeats_a_name_is_refused(string body) =>
        NewOrderJson.Read(Encoding.UTF8.GetBytes(body)).Error.ShouldBeOfType<OrderError.Malformed>();

    [Fact]
    public void Half_a_surrogate_pair_is_no_text() =>
        NewOrderJson.Read(Encoding.UTF8.GetBytes("""{"type":"\ud800"}""")).Error!.Message.ShouldBe("type must be text");

    [Fact]
    public void Native_STX_is_sold_as_any_token() =>
        Read(Limit(b => (b["token_from"]!["address"], b["token_to"]!["address"]) = ("native", Token))).Value
            .Terms(OrderService.Tests.Charisma.Samples.Owner, Guid.NewGuid(),
                OrderService.Tests.Charisma.Samples.Venue).SellToken.ShouldBe(OrderService.Domain.Pricing.TokenId.Stx);

    internal static JsonObject Limit(Action<JsonObject>? more = null)
    {
        var body = JsonNode.Parse(
            $$"""
            {"type":"limit","token_from":{"blockchain":"stacks","address":"{{Token}}"},"token_to":{"blockchain":"stacks","address":"native"},
             "input_amount":"1000","max_suborders":3,"max_invocations":5,"slippage":0.01,"settings":{"min_output_amount":"7"},"referral_name":"me","unknown":[1]}
            """)!.AsObject();
        more?.Invoke(body);
        return body;
    }

    private static JsonObject Dca(Action<JsonObject> more) => Limit(body =>
    {
        body["type"] = "dca";
        body["settings"] = new JsonObject { ["delay"] = 60 };
        more(body["settings"]!.AsObject());
    });

    private static void Refused(JsonObject body, string sentence) => Read(body).Error.ShouldNotBeNull().Message.ShouldStartWith(sentence);

    private static Result<NewOrderBody> Read(JsonObject body) => NewOrderJson.Read(Encoding.UTF8.GetBytes(body.ToJsonString()));

    private static void Set(JsonObject body, string field, string? value)
    {
        var dot = field.IndexOf('.', StringComparison.Ordinal);
        var (owner, name) = dot < 0 ? (body, field) : (body[field[..dot]]!.AsObject(), field[(dot + 1)..]);
        if (value is null) owner.Remove(name);
        else owner[name] = JsonNode.Parse(value);
    }
}
