using System.Text;
using OrderService.Api.Charisma;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Tests.Charisma;

public class OrderJsonTests
{
    private static readonly DateTimeOffset Later = Samples.Start.AddSeconds(5);

    private const string Quoted =
        ",\"metadata\":{\"quote\":{\"amountIn\":1000000,\"amountOut\":10,\"timestamp\":\"2030-01-01T12:00:05.007Z\"}}}";

    private static string Terms =>
        $"\"owner\":\"{Samples.Owner}\",\"inputToken\":\"{Samples.Owner}.charisma-token-subnet-v1\",\"outputToken\":\".stx\",\"amountIn\":\"1000000\"";

    private static string Rest => $"\"recipient\":\"{Samples.Owner}\",\"uuid\":\"{Samples.Uuid}\"";

    [Fact]
    public void A_manual_order_has_its_terms_and_its_status() =>
        Write(Samples.Order())
            .ShouldBe($$"""{{{Terms}},{{Rest}},"timeInForce":"gtc","status":"open","waitingFor":"call","createdAt":"2030-01-01T12:00:00.007Z"}""");

    [Fact]
    public void Every_term_is_there_in_canonical_text()
    {
        var terms = Samples.Terms() with
        {
            Trigger = SliceTrigger.Price, ConditionToken = TokenId.Stx, BaseAsset = TokenId.Usd, Direction = TriggerDirection.Gt,
            TargetPrice = Price.Parse("0.30"),
            ValidFrom = Samples.Start, ValidTo = Samples.Start.AddDays(1).AddMicroseconds(5),
            MinAmountOut = new TokenAmount(UInt128.MaxValue), SlippageBps = 50, MaxDeviationBps = 300, LimitPrice = Price.Parse("0.250"),
            Recipient = Principal.From(new ContractId(Samples.Owner, "vault")),
        };
        Write(Samples.Order(terms, termsSignature: new string('1', 130))).ShouldBe(
            $$"""{{{Terms}},"targetPrice":"0.3","direction":"gt","conditionToken":".stx","baseAsset":"USD","recipient":"{{Samples.Owner}}.vault","uuid":"{{Samples.Uuid}}","""
            + """ "validFrom":"2030-01-01T12:00:00.007Z","validTo":"2030-01-02T12:00:00.007005Z","minAmountOut":"340282366920938463463374607431768211455","slippageBps":50,"maxDeviationBps":300,"limitPrice":"0.25","timeInForce":"gtt", """.Trim()
            + """ "status":"open","waitingFor":"price","createdAt":"2030-01-01T12:00:00.007Z","termsBound":true} """.Trim());
    }

    [Fact]
    public void A_star_is_written_back() =>
        Write(Samples.Order(
            Samples.Terms() with { Trigger = SliceTrigger.Time, TargetPrice = Price.Zero, Direction = TriggerDirection.Gt }))
            .ShouldContain(""" "targetPrice":"0","direction":"gt","conditionToken":"*" """.Trim());

    [Fact]
    public void A_confirmed_order_says_what_was_paid_where_and_on_what_belief()
    {
        var order = Samples.Order();
        var attempt = Samples.Send(order, Later);
        Write(order, Later, attempt)
            .ShouldContain($$""" "status":"broadcasted","waitingFor":"chain","createdAt":"2030-01-01T12:00:00.007Z","txid":"{{Samples.TxId}}","attempts":[{"txid":"{{Samples.TxId}}","kind":"swap","status":"prepared"}] """.Trim() + Quoted);

        foreach (var (name, value) in new (string, object)[] { ("WatchedPrice", Price.Parse("1.5")), ("BasePrice", Price.One),
            ("PriceSources", "a,b"), ("PriceAt", Samples.Start) })
        {
            Samples.Set(order.Slices[0], name, value);
        }
        Settlement.Apply(order, attempt, new TransactionStatus.Succeeded(new TokenAmount(12), 99, Samples.Start, IsFinal: true), Later,
            Later);
        Write(order, Later, attempt).ShouldEndWith(
            $$""" "status":"confirmed","createdAt":"2030-01-01T12:00:00.007Z","txid":"{{Samples.TxId}}","blockHeight":99,"blockTime":{{Samples.Start.ToUnixTimeSeconds()}},"confirmedAt":"2030-01-01T12:00:05.007Z","amountOut":"12","trigger":{"watchedPrice":"1.5","basePrice":"1","priceSources":"a,b","priceAt":"2030-01-01T12:00:00.007Z"},"attempts":[{"txid":"{{Samples.TxId}}","kind":"swap","status":"confirmed"}] """.Trim() + Quoted);
    }

    [Fact]
    public void An_order_that_could_not_be_swapped_says_why()
    {
        var order = Samples.Order();
        order.ClaimByCall(Guid.NewGuid(), Later.AddSeconds(30), Later);
        order.GiveUp(1, SliceStatus.Failed, "no_route", Later);
        Write(order, Later)
            .ShouldEndWith(""" "status":"failed","createdAt":"2030-01-01T12:00:00.007Z","failedAt":"2030-01-01T12:00:05.007Z","failureReason":"no_route"} """.Trim());
    }

    [Fact]
    public void A_cancelled_and_an_expired_order_have_ended_at_a_moment()
    {
        var cancelled = Samples.Order();
        cancelled.Cancel(Later);
        Write(cancelled, Later)
            .ShouldEndWith(
                """ "status":"cancelled","createdAt":"2030-01-01T12:00:00.007Z","cancelledAt":"2030-01-01T12:00:05.007Z"} """.Trim());

        // Read after its window closed, before the sweep has written so.
        var expired = Samples.Order(Samples.Terms() with { ValidTo = Samples.Start.AddSeconds(1) });
        Write(expired, Later)
            .ShouldEndWith(""" "status":"cancelled","createdAt":"2030-01-01T12:00:00.007Z","cancelledAt":"2030-01-01T12:00:01.007Z","cancelReason":"expired"} """.Trim());
    }

    [Fact]
    public void A_paused_order_is_open_and_says_that_it_is_paused()
    {
        var order = Samples.Order();
        order.Pause(Later);
        Write(order, Later).ShouldContain(""" "status":"open","paused":true, """.Trim());
    }

    [Fact]
    public void A_client_s_fields_are_merged_back_as_they_came_and_never_hide_ours()
    {
        const string fields =
            """{"strategyId" : "s","status":"confirmed","metadata":{"n":1e999,"t":"\ud800\u0000"},"big":123456789012345678901234567890}""";
        Write(Samples.Order(clientFields: fields)).ShouldEndWith(
            """ "status":"open","waitingFor":"call","createdAt":"2030-01-01T12:00:00.007Z","strategyId":"s","metadata":{"n":1e999,"t":"\ud800\u0000"},"big":123456789012345678901234567890} """.Trim());
    }

    [Fact]
    public void W9_Terms_are_told_as_they_were_spelt()
    {
        (string Name, string Sent)[] spelt = [("amountIn", "0001000000"), ("targetPrice", "0.30"), ("limitPrice", "0.250"),
            ("validFrom", "2030-01-01T12:00Z"), ("validTo", "2030-02-01T00:00:00.5Z"), ("minAmountOut", "007")];
        var sent = Samples.Body([.. spelt.Select(s => (s.Name, (System.Text.Json.Nodes.JsonNode?)s.Sent)), ("conditionToken", ".stx"),
            ("direction", "gt"), ("mine", 1)]);
        var wanted = Samples.Read(sent.ToJsonString()).ToOrder(Samples.Venue).Value;
        var text = Write(Samples.Order(wanted.Terms, wanted.ClientFields));
        foreach (var (name, value) in spelt) text.ShouldContain($"\"{name}\":\"{value}\"");
        System.Text.RegularExpressions.Regex.Count(text, "\"targetPrice\"").ShouldBe(1);
        text.ShouldContain("\"mine\":1");
    }

    [Fact]
    public void W9_A_spelling_that_is_not_what_the_terms_say_is_not_told() =>
        Write(Samples.Order(clientFields: """{"amountIn":"2000000","validTo":"2030-01-01T12:00Z"}""")).ShouldSatisfyAllConditions(
            text => text.ShouldContain("\"amountIn\":\"1000000\""), text => text.ShouldNotContain("validTo"));

    [Fact]
    public void M13_An_order_says_why_the_price_that_it_watches_is_not_believed() =>
        Write(new OrderView(Samples.Order(), [], Samples.Start) { PriceReason = "price_stale" })
            .ShouldContain(""" "reason":"price_stale" """.Trim());

    [Fact]
    public void An_answer_without_fields_of_the_client_s_is_the_same_from_the_record_that_has_none()
    {
        var order =
            Samples.Order(Samples.Terms() with { MinAmountOut = new TokenAmount(7), SlippageBps = 50, ValidTo = Samples.Start.AddDays(1) });
        var told = OrderJson.Of(new OrderView(order, [], Samples.Start));
        var plain = new PlainOrderAnswerRecord { Status = Answers.Success, Data = told };
        var open = new OrderAnswerRecord { Status = Answers.Success, Data = told };
        told.Others.ShouldBeNull();
        Encoding.UTF8.GetString(JsonAnswer.Bytes(plain, CharismaJson.Default.PlainOrderAnswerRecord).Span)
            .ShouldBe(Encoding.UTF8.GetString(JsonAnswer.Bytes(open, CharismaJson.Default.OrderAnswerRecord).Span));
    }

    [Fact]
    public void A_signature_is_never_written()
    {
        var order = Samples.Order(termsSignature: new string('7', 130), clientFields: """{"signature":"x","termsSignature":"y"}""");
        var text = Write(order);
        text.ShouldNotContain(order.Signature!);
        text.ShouldNotContain("ignature");
    }

    private static string Write(Order order, DateTimeOffset? readAt = null, params SwapAttempt[] attempts) =>
        Write(new OrderView(order, attempts, readAt ?? Samples.Start));

    private static string Write(OrderView view) =>
        Encoding.UTF8.GetString(JsonAnswer.Bytes(OrderJson.Of(view), CharismaJson.Default.OrderRecord).Span);
}
