using System.Text.Json.Nodes;
using OrderService.Api.Charisma;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Tests.Charisma;

public class NewOrderRulesTests
{
    private static readonly NewOrderRules Rules = new();

    // Accepted by the original's schema, refused here: the original stores what can never be swapped, or fails later without a reason.
    private static readonly Dictionary<string, string> Stricter = new()
    {
        ["targetPrice 400 digits"] = "price_out_of_range",
        ["recipient garbage 3 chars"] = "invalid_principal",
        ["inputToken \".\""] = "invalid_principal",
        ["signature 130 non-hex"] = "invalid_signature_format",
        ["baseAsset any text"] = "unknown_token",
    };

    // The vectors' signature is 130 digits of a: of the right form for the original, not a signature. Only the rest of the body is asked
    // about.
    private static readonly string FillerSignature = new('a', 130);

    public static TheoryData<string> Cases() =>
        [.. Load().Select(c => c!["name"]!.GetValue<string>())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_body_is_accepted_or_refused_as_the_original_schema_does_but_for_the_stricter_list(string name)
    {
        var vector = Load().Single(c => c!["name"]!.GetValue<string>() == name)!;
        var body = vector["body"];
        if (body is JsonObject fields && fields["signature"]?.GetValue<string>() == FillerSignature)
            fields["signature"] = Samples.Signature();
        var why = Rules.FirstRefusal(Samples.Read(body?.ToJsonString() ?? "null"));

        if (Stricter.TryGetValue(name, out var code))
        {
            vector["schemaAccepts"]!.GetValue<bool>().ShouldBeTrue();
            why.ShouldNotBeNull().Code.ShouldBe(code);
        }
        else
        {
            (why is null).ShouldBe(vector["schemaAccepts"]!.GetValue<bool>(), why?.Message);
        }
    }

    [Theory]
    [InlineData("owner", "SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KA", "invalid_principal")] // wrong checksum
    [InlineData("owner", "SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS.contract", "invalid_principal")]
    [InlineData("recipient", "SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS.-", "invalid_principal")]
    [InlineData("inputToken", ".stx", "invalid_principal")]
    [InlineData("outputToken", "USD", "invalid_principal")]
    [InlineData("amountIn", "340282366920938463463374607431768211456", "amount_out_of_range")]
    [InlineData("minAmountOut", "340282366920938463463374607431768211456", "amount_out_of_range")]
    [InlineData("minAmountOut", "1.5", "invalid_field")]
    [InlineData("termsSignature", "ab", "invalid_signature_format")]
    [InlineData("baseAsset", "", "unknown_token")]
    [InlineData("validFrom", "2030-02-30T00:00:00Z", "invalid_field")]
    [InlineData("validFrom", "2030-01-01T00:00:00+00:00", "invalid_field")]
    [InlineData("validTo", "2030-01-01T24:00:00Z", "invalid_field")]
    [InlineData("uuid", "669e8e746b2b477e9e4dcd1399a0ef20", "invalid_field")]
    public void A_text_that_cannot_be_meant_is_refused_with_its_field_and_code(string field, string text, string code)
    {
        var why = Refusal((field, text)).ShouldBeOfType<OrderError.Field>();
        why.Name.ShouldBe(field);
        why.Code.ShouldBe(code);
        why.Message.ShouldStartWith(field + " ");
    }

    [Fact]
    public void A_price_beyond_20_digits_and_a_price_of_nothing_have_codes_of_their_own()
    {
        Condition("123456789012345678901", ".stx")!.Code.ShouldBe("price_out_of_range");
        Condition("12345678901234567890.123456789012345678", ".stx").ShouldBeNull();
        Condition("1.1234567890123456789", ".stx")!.Code.ShouldBe("invalid_field");
        Condition("0", ".stx")!.Code.ShouldBe("target_price_zero");
        Condition("0.000", ".stx")!.Code.ShouldBe("target_price_zero");
        Condition("0", "*").ShouldBeNull();
    }

    [Fact]
    public void A_signature_must_be_low_s_and_have_a_recovery_id_of_0_to_3()
    {
        var signature = Samples.Signature();
        Refusal(("signature", signature[..128] + "1b"))!.ShouldSatisfyAllConditions(
            why => why.Code.ShouldBe("invalid_signature_format"), why => why.Message.ShouldContain("recovery id"));
        Refusal(("signature", signature[..64] + new string('f', 62) + "00" + "00"))!.Code.ShouldBe("invalid_signature_format");
        Refusal(("signature", "0x" + signature[..128]))!.Code.ShouldBe("invalid_signature_format");
        Refusal(("signature", signature.ToUpperInvariant())).ShouldBeNull();
        HighS(signature, out var message).ShouldBe("invalid_signature_format");
        message.ShouldContain("low s");
    }

    [Fact]
    public void An_owner_of_several_keys_is_refused_since_it_cannot_sign_an_intent() =>
        Refusal(("owner", new StacksAddress(21, Samples.Owner.Hash).ToString()))!.Code.ShouldBe("invalid_principal");

    [Theory]
    [InlineData("slippageTolerance", "slippageBps (basis points) or slippage (per cent)")]
    [InlineData("maxSlippage", "slippageBps (basis points) or slippage (per cent)")]
    [InlineData("minAmountout", "minAmountOut")]
    [InlineData("min_amount_out", "minAmountOut")]
    [InlineData("MinReceived", "minAmountOut")]
    [InlineData("maxPriceImpact", "maxDeviationBps")]
    [InlineData("deadline", "validTo")]
    [InlineData("valid_to", "validTo")]
    [InlineData("TargetPrice", "targetPrice")]
    [InlineData("limit_price", "limitPrice")]
    [InlineData("tif", "timeInForce")]
    [InlineData("trailing_bps", "trailingBps")]
    public void W10_A_field_that_looks_like_a_protection_and_is_none_is_refused_with_the_right_name(string name, string right)
    {
        var why = Rules.FirstRefusal(Samples.Read(Samples.Body((name, "1")).ToJsonString())).ShouldBeOfType<OrderError.Field>();
        (why.Name, why.Code).ShouldBe((name, "misnamed_field"));
        why.Message.ShouldEndWith($"say {right}");
    }

    [Theory]
    [InlineData("limitPrice", "0", "limitPrice must be positive")]
    [InlineData("limitPrice", "-1", "limitPrice must be positive")]
    [InlineData("limitPrice", "1e3", "limitPrice must be numeric with up to 18 decimals")]
    [InlineData("timeInForce", "GTC", "timeInForce must be \"gtc\", \"gtt\" or \"ioc\"")]
    [InlineData("timeInForce", "fok", "timeInForce must be \"gtc\", \"gtt\" or \"ioc\"")]
    [InlineData("timeInForce", "gtt", "timeInForce needs a validTo to be \"gtt\"")]
    public void A_limit_price_and_a_time_in_force_that_cannot_be_are_refused(string name, string value, string why) =>
    Refusal((name, value))!.Message.ShouldBe(why);

    [Theory]
    [InlineData("""{"trailingBps":500,"conditionToken":".stx","direction":"lt"}""", null)]
    [InlineData("""{"trailingAmount":"0.01","conditionToken":".stx","direction":"gt"}""", null)]
    [InlineData("""{"trailingBps":0,"conditionToken":".stx","direction":"lt"}""", "trailingBps must be a whole number of 1 to 9999")]
    [InlineData("""{"trailingBps":10000,"conditionToken":".stx","direction":"lt"}""", "trailingBps must be a whole number of 1 to 9999")]
    [InlineData("""{"trailingAmount":"0","conditionToken":".stx","direction":"gt"}""", "trailingAmount must be positive")]
    [InlineData("""{"trailingBps":5,"targetPrice":"1","conditionToken":".stx","direction":"lt"}""",
        "trailingBps needs a conditionToken and a direction, and neither targetPrice nor trailingAmount beside it")]
    [InlineData("""{"trailingBps":5,"trailingAmount":"1","conditionToken":".stx","direction":"lt"}""",
        "trailingBps needs a conditionToken and a direction, and neither targetPrice nor trailingAmount beside it")]
    [InlineData("""{"trailingBps":5,"conditionToken":"*","direction":"lt"}""",
        "trailingBps needs a conditionToken and a direction, and neither targetPrice nor trailingAmount beside it")]
    [InlineData("""{"trailingBps":5,"conditionToken":".stx"}""", "direction is required when conditionToken or targetPrice is provided")]
    [InlineData("""{"trailingBps":5}""", "conditionToken is required when targetPrice or direction is provided")]
    public void A_distance_stands_in_place_of_the_target(string fields, string? why) =>
        (Refusal([.. JsonNode.Parse(fields)!.AsObject().Select(field => (field.Key, field.Value?.DeepClone()))])?.Message).ShouldBe(why);

    [Fact]
    public void A_time_in_force_is_that_of_the_window_or_one_try()
    {
        (string, JsonNode?) End() => ("validTo", "2031-01-01T00:00:00Z");
        Refusal(("timeInForce", "gtc"), End())!.Message.ShouldBe("timeInForce must be \"gtt\" or \"ioc\" beside a validTo");
        foreach (var (changes, means) in (List<((string, JsonNode?)[], TimeInForce)>)[
            ([], TimeInForce.Gtc), ([("timeInForce", "gtc")], TimeInForce.Gtc), ([End()], TimeInForce.Gtt),
            ([("timeInForce", "gtt"), End()], TimeInForce.Gtt),
            ([("timeInForce", "ioc")], TimeInForce.Ioc), ([("timeInForce", "ioc"), End()], TimeInForce.Ioc)])
        {
            var body = Samples.Read(Samples.Body(changes).ToJsonString());
            Rules.FirstRefusal(body).ShouldBeNull();
            body.ToOrder(Samples.Venue).Value.Terms.TimeInForce.ShouldBe(means);
        }
    }

    [Theory]
    [InlineData("strategyId")]
    [InlineData("description")]
    [InlineData("metadata")]
    [InlineData("price")]
    [InlineData("amountOut")]
    public void W10_Other_fields_stay_the_client_s_own(string name) =>
    Rules.FirstRefusal(Samples.Read(Samples.Body((name, "1")).ToJsonString())).ShouldBeNull();

    [Theory]
    [InlineData("0.5", 50)]
    [InlineData("\"0.5\"", 50)]
    [InlineData("1", 100)]
    [InlineData("0.7000000000000001", 70)]
    public void W10_Slippage_is_per_cent_and_told_again(string json, int bps)
    {
        var body = Samples.Read(Samples.Body(("slippage", JsonNode.Parse(json))).ToJsonString());
        Rules.FirstRefusal(body).ShouldBeNull();
        var order = body.ToOrder(Samples.Venue).Value;
        (order.Terms.SlippageBps, order.ClientFields).ShouldBe((bps, $$"""{"slippage":{{json}}}"""));
    }

    [Fact]
    public void W10_Slippage_that_cannot_be_meant_is_refused()
    {
        foreach (var json in (string[])["101", "0.005", "-1", "\"much\"", "null", "true"])
        {
            Rules.FirstRefusal(Samples.Read(Samples.Body(("slippage", JsonNode.Parse(json))).ToJsonString()))!.Message.ShouldStartWith(
                "slippage must be a percentage", Case.Sensitive, json);
        }
        Rules.FirstRefusal(Samples.Read(Samples.Body(("slippage", 0.5), ("slippageBps", 51)).ToJsonString()))!.Message.ShouldStartWith(
            "slippage is not what slippageBps says");
        Rules.FirstRefusal(Samples.Read(Samples.Body(("slippage", 0.5), ("slippageBps", 50)).ToJsonString())).ShouldBeNull();
    }

    [Fact]
    public void W13_What_is_wrong_with_a_signature_is_named_with_what_is_expected()
    {
        var signature = Samples.Signature();
        var vFirst = signature[128..] + signature[..128];
        // Once in 64 keys the last byte of s would pass for a recovery id; the one of these is none.
        Refusal(("signature",
            vFirst))!.Message.ShouldBe($"signature begins with its recovery id (v, r, s, as transactions have it): send r, s, v, the first byte {signature[128..]} at the end");
        Refusal(("signature", signature[..128] + "1c"))!.Message.ShouldContain("27 less");
        Refusal(("signature", signature[..128]))!.Message.ShouldContain("lacks its recovery id");
        Refusal(("signature", "0x" + signature))!.Message.ShouldContain("without 0x");
    }

    [Fact]
    public void Three_refusals_begin_as_the_reference_page_has_them()
    {
        Refusal(("amountIn", "1.5"))!.Message.ShouldStartWith("amountIn must be integer numeric string", Case.Sensitive);
        Condition("0", ".stx")!.Message.ShouldStartWith("targetPrice must be positive", Case.Sensitive);
        Condition("-1", ".stx")!.Message.ShouldStartWith("targetPrice must be positive", Case.Sensitive);
        new OrderError.BadSignature("no").Message.ShouldStartWith("signature verification failed", Case.Sensitive);
    }

    [Fact]
    public void A_body_is_taken_for_sound_where_no_rule_has_anything_to_say_of_it_and_only_there()
    {
        string[] fields =
        [
            "owner", "inputToken", "outputToken", "amountIn", "recipient", "signature", "uuid", "conditionToken", "targetPrice",
            "direction", "baseAsset", "validFrom", "validTo", "minAmountOut",
            "slippageBps", "slippage", "maxDeviationBps", "acceptUnprotectedOutput", "termsSignature", "deadline", "limitPrice",
            "timeInForce", "trailingBps", "trailingAmount",
        ];
        string[] values =
        [
            "null", "true", "1.5", "0", "50", "-1", "10001", "{}", "\"\"", "\"0\"", "\"0.5\"", "\"-1\"", "\"1\"", "\"lt\"", "\"*\"",
            "\".stx\"", "\"USD\"", "\"2030-01-01T00:00:00Z\"", "\"2031-01-01T00:00:00Z\"", "\"gtc\"", "\"gtt\"", "\"ioc\"",
            $"\"{Samples.Owner}\"", $"\"{new StacksAddress(21, Samples.Owner.Hash)}\"", $"\"{Samples.Venue.Router}\"",
            $"\"{Samples.Signature()}\"",
        ];
        var random = new Random(20261128);
        var (sound, unsound) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var body = Samples.Body();
            for (var changes = i % 4; changes > 0; changes--)
            {
                var field = fields[random.Next(fields.Length)];
                if (random.Next(8) == 0) body.Remove(field);
                else body[field] = JsonNode.Parse(values[random.Next(values.Length)]);
            }
            var read = Samples.Read(body.ToJsonString());
            if (read.Fault is not null) continue;
            var isSound = Rules.IsSound(read);
            isSound.ShouldBe(Rules.Validate(read).IsValid, body.ToJsonString());
            if (isSound) sound++;
            else unsound++;
        }
        Math.Min(sound, unsound).ShouldBeGreaterThan(1_000);
    }

    [Theory]
    [InlineData("100.0")]
    [InlineData("1e2")]
    [InlineData("100.00000000000001")]
    public void W3_Basis_points_are_taken_in_every_spelling(string json)
    {
        var body = Samples.Read($$"""{"slippageBps":{{json}},"maxDeviationBps":{{json}}}""");
        (body.SlippageBps.Value.Value, body.MaxDeviationBps.Value.Value).ShouldBe((100, 100));
    }

    [Theory]
    [InlineData("amountIn", "amountIn must be integer numeric string, in base units")]
    [InlineData("owner", "owner must be a Stacks address")]
    [InlineData("signature", "signature must be text")]
    [InlineData("uuid", "uuid must be a uuid")]
    [InlineData("validFrom", "validFrom must be a date and time in UTC such as 2030-01-31T12:00:00Z")]
    [InlineData("slippageBps", "slippageBps must be a whole number of 0 to 10000")]
    [InlineData("maxDeviationBps", "maxDeviationBps must be a whole number of 0 to 10000")]
    public void Another_json_type_is_refused_with_the_field_s_own_sentence(string field, string sentence)
    {
        foreach (var wrong in (JsonNode?[])[JsonValue.Create(1.5), JsonValue.Create(true), null, new JsonArray(),
            new JsonObject { ["a"] = new JsonArray(1) }])
        {
            Refusal((field, wrong))!.Message.ShouldBe(sentence);
        }
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("inputToken")]
    [InlineData("outputToken")]
    [InlineData("amountIn")]
    [InlineData("recipient")]
    [InlineData("signature")]
    [InlineData("uuid")]
    public void A_missing_field_is_named(string field)
    {
        var body = Samples.Body();
        body.Remove(field);
        Rules.FirstRefusal(Samples.Read(body.ToJsonString()))!.Message.ShouldBe($"{field} is required");
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("10000", true)]
    [InlineData("10001", false)]
    [InlineData("-1", false)]
    [InlineData("1.0", true)]
    [InlineData("1.5", false)]
    [InlineData("99999999999999999999", false)]
    [InlineData("\"5\"", false)]
    public void Slippage_and_the_price_band_are_whole_numbers_of_basis_points(string json, bool isAccepted)
    {
        foreach (var name in new[] { "slippageBps", "maxDeviationBps" })
        {
            (Rules.FirstRefusal(Samples.Read(Samples.Body().ToJsonString()[..^1] + $",\"{name}\":{json}}}")) is null).ShouldBe(isAccepted,
                name);
        }
    }

    [Fact]
    public void A_body_that_passes_becomes_the_order_that_was_meant()
    {
        var body = Samples.Body(
            ("conditionToken", ".stx"), ("targetPrice", "0.30"), ("direction", "lt"), ("baseAsset", "USD"),
            ("validFrom", "2030-01-01T00:00Z"),
            ("validTo", "2030-02-01T00:00:00.123456789Z"), ("minAmountOut", "007"), ("slippageBps", 50), ("maxDeviationBps", 300),
            ("strategyType", "dca"), ("status", "confirmed"));
        var read = Samples.Read(body.ToJsonString());
        Rules.FirstRefusal(read).ShouldBeNull();
        var order = read.ToOrder(Samples.Venue).Value;

        order.Terms.Trigger.ShouldBe(SliceTrigger.Price);
        order.Terms.ConditionToken.ToString().ShouldBe(".stx");
        order.Terms.Direction.ShouldBe(TriggerDirection.Lt);
        order.Terms.TargetPrice.ToString().ShouldBe("0.3");
        order.Terms.BaseAsset.ToString().ShouldBe("USD");
        order.Terms.ValidTo.ShouldBe(new DateTimeOffset(2030, 2, 1, 0, 0, 0, 123, 456, TimeSpan.Zero));
        order.Terms.MinAmountOut.ToString().ShouldBe("7");
        (order.Terms.SlippageBps, order.Terms.MaxDeviationBps).ShouldBe((50, 300));
        order.Terms.Router.ShouldBe(Samples.Venue.Router);
        order.ClientFields.ShouldBe("""{"targetPrice":"0.30","validFrom":"2030-01-01T00:00Z","validTo":"2030-02-01T00:00:00.123456789Z","minAmountOut":"007","strategyType":"dca"}""", "spellings are kept too");
    }

    [Fact]
    public void A_recipient_on_another_network_is_refused()
    {
        var read = Samples.Read(Samples.Body(("recipient", "SP2ZNGJ85ENDY6QRHQ5P2D4FXKGZWCKTB2T0Z55KS")).ToJsonString());
        Rules.FirstRefusal(read).ShouldBeNull();
        read.ToOrder(Samples.Venue).Error!.Code.ShouldBe("wrong_network");
    }

    [Fact]
    public void An_end_in_the_past_is_the_order_s_own_refusal() =>
        Order.Create(Samples.Verified(), Samples.Terms() with { ValidTo = Samples.Start.AddYears(-1) }, "charisma", null, null, 1,
            Samples.Start)
            .Error!.Code.ShouldBe("valid_to_in_past");

    private static OrderError? Refusal(params (string Name, JsonNode? Value)[] changes) =>
        Rules.FirstRefusal(Samples.Read(Samples.Body(changes).ToJsonString()));

    private static OrderError? Condition(string price, string token) =>
        Refusal(("conditionToken", token), ("targetPrice", price), ("direction", "gt"));

    private static string HighS(string signature, out string message)
    {
        var n = System.Numerics.BigInteger.Parse("0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
            System.Globalization.NumberStyles.HexNumber, null);
        var s = System.Numerics.BigInteger.Parse("0" + signature[64..128], System.Globalization.NumberStyles.HexNumber, null);
        var high = (n - s).ToString("x64", null);
        var why = Refusal(("signature", signature[..64] + high[^64..] + signature[128..]))!;
        message = why.Message;
        return why.Code;
    }

    private static JsonArray Load() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "order-validation.json")))!["cases"]!.AsArray();
}
