using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Domain.Tests.Events;

public class EventTextTests
{
    private static readonly Guid Account = new("5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f");
    private static readonly Guid Withdrawal = new("c2a1d0e9f8b74635a1b2c3d4e5f60718");
    private static readonly StacksAddress Address = StacksAddress.Parse("ST000000000000000000002AMW42H", null);
    private static readonly ContractId Token = ContractId.Parse("ST000000000000000000002AMW42H.token", null);

    private static readonly (OwnerEvent Happened, string Kind, string Facts)[] Table =
    [
        (new AccountOpened(Account, Address, "escrow"), "account_opened",
            """{"account":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f","address":"ST000000000000000000002AMW42H","name":"escrow"}"""),
        (new ApiKeyRevoked(Account), "api_key_revoked", """{"key":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f"}"""),
        (new WithdrawalRequested(Account, Withdrawal, Token, new TokenAmount(UInt128.MaxValue)), "withdrawal_requested",
            """{"account":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f","withdrawal":"c2a1d0e9f8b74635a1b2c3d4e5f60718","token":"ST000000000000000000002AMW42H.token","amount":"340282366920938463463374607431768211455"}"""),
        (new WithdrawalSent(Account, Withdrawal, "aa", Address, 7, new TokenAmount(3)), "withdrawal_sent",
            """{"account":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f","withdrawal":"c2a1d0e9f8b74635a1b2c3d4e5f60718","txId":"aa","payer":"ST000000000000000000002AMW42H","nonce":7,"fee":"3"}"""),
        (new WithdrawalOutbid(Account, Withdrawal, "bb", new TokenAmount(4), "aa"), "withdrawal_outbid",
            """{"account":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f","withdrawal":"c2a1d0e9f8b74635a1b2c3d4e5f60718","txId":"bb","fee":"4","was":"aa"}"""),
        (new WithdrawalLost(Account, Withdrawal, null, "say \"hi\""), "withdrawal_lost",
            """{"account":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f","withdrawal":"c2a1d0e9f8b74635a1b2c3d4e5f60718","reason":"say \"hi\""}"""),
        (new WithdrawalConfirmed(Account, Withdrawal, "aa", 9), "withdrawal_confirmed",
            """{"account":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f","withdrawal":"c2a1d0e9f8b74635a1b2c3d4e5f60718","txId":"aa","blockHeight":9}"""),
        (new WithdrawalTakenBack(Account, Withdrawal, "aa"), "withdrawal_taken_back",
            """{"account":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f","withdrawal":"c2a1d0e9f8b74635a1b2c3d4e5f60718","txId":"aa"}"""),
        (new WithdrawalFailed(Account, Withdrawal, "intent_already_used"), "withdrawal_failed",
            """{"account":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f","withdrawal":"c2a1d0e9f8b74635a1b2c3d4e5f60718","reason":"intent_already_used"}"""),
        (new TokensSentBack(Account, ".stx", new TokenAmount(5), "aa"), "tokens_sent_back",
            """{"account":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f","token":".stx","amount":"5","txId":"aa"}"""),
        (new CancelAllArmed("", DateTimeOffset.UnixEpoch), "cancel_all_armed", """{"scope":"","firesAt":"1970-01-01T00:00:00+00:00"}"""),
        (new CancelAllDisarmed("token=.stx"), "cancel_all_disarmed", """{"scope":"token=.stx"}"""),
        (new CancelAllFired("token=.stx", DateTimeOffset.UnixEpoch, "system", 3), "cancel_all_fired",
            """{"scope":"token=.stx","firesAt":"1970-01-01T00:00:00+00:00","armedBy":"system","cancelled":3}"""),
        (new WebhookRemoved(Account), "webhook_removed", """{"webhook":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f"}"""),
        (new WebhookSecretRotated(Account), "webhook_secret_rotated", """{"webhook":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f"}"""),
        (new WebhookDisabled(Account, "gone"), "webhook_disabled", """{"webhook":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f","reason":"gone"}"""),
        (new WebhookEnabled(Account), "webhook_enabled", """{"webhook":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f"}"""),
        (new WebhookAdded(Account, "https://example.com/hook", null), "webhook_added",
            """{"webhook":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f","url":"https://example.com/hook"}"""),
        (new NonceFilled(Address, 7, "aa", new TokenAmount(3)), "nonce_filled",
            """{"payer":"ST000000000000000000002AMW42H","nonce":7,"txId":"aa","fee":"3"}"""),
    ];

    [Fact]
    public void Every_record_has_one_text_and_comes_back_from_it()
    {
        foreach (var (happened, kind, facts) in Table)
        {
            (happened.Kind, EventText.Of(happened)).ShouldBe((kind, facts));
            EventText.TryRead(kind, facts, out var read).ShouldBeTrue();
            read.ShouldBe(happened);
        }
        // Its list is compared by reference, so it is looked at by itself.
        var created = new ApiKeyCreated(Account, "bot", ["create", "cancel"], DateTimeOffset.UnixEpoch);
        EventText.Of(created)
            .ShouldBe("""{"key":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f","name":"bot","permissions":["create","cancel"],"expiresAt":"1970-01-01T00:00:00+00:00"}""");
        EventText.TryRead(created.Kind, EventText.Of(created), out var again).ShouldBeTrue();
        again.ShouldBeOfType<ApiKeyCreated>().Permissions.ShouldBe(created.Permissions);
        EventText.Kinds.ShouldBe(Table.Select(row => row.Kind).Append("api_key_created"), ignoreOrder: true);
    }

    private static readonly (OrderFact Happened, string Kind, string? Facts)[] OfOrders =
    [
        (new OrderFact.Created(), "created", null),
        (new OrderFact.Triggered(), "triggered", null),
        (new OrderFact.Triggered(Price.One, new Price(25), "a,b", new DateTimeOffset(2030, 1, 2, 3, 4, 5, 6, TimeSpan.Zero)), "triggered",
            """{"watchedPrice":"1","basePrice":"0.000000000000000025","priceSources":"a,b","priceAt":"2030-01-02T03:04:05.006Z"}"""),
        (new OrderFact.BackedOff("no_route"), "backed_off", """{"reason":"no_route"}"""),
        (new OrderFact.BackedOff("insufficient_balance") { Available = TokenAmount.Zero, Required = new TokenAmount(7) }, "backed_off",
            """{"reason":"insufficient_balance","available":"0","required":"7"}"""),
        (new OrderFact.Broadcast("aa", "swap") { IsProtected = false, Fee = new TokenAmount(3), Payer = "ST0", Nonce = 4,
            Quoted = new TokenAmount(9), MinAmountOut = new TokenAmount(8) }, "broadcast",
            """{"txid":"aa","kind":"swap","isProtected":false,"fee":"3","payer":"ST0","nonce":4,"quoted":"9","minAmountOut":"8"}"""),
        (new OrderFact.Reverted("aa", "say \"hi\""), "reverted", """{"txid":"aa","reason":"say \"hi\""}"""),
        (new OrderFact.Confirmed(null, "aa", new TokenAmount(UInt128.MaxValue), 12), "confirmed",
            """{"txid":"aa","amountOut":"340282366920938463463374607431768211455","blockHeight":12}"""),
        (new OrderFact.Failed("no_fills", true), "failed", """{"reason":"no_fills","partial":true}"""),
        (new OrderFact.Cancelled(), "cancelled", null),
        (new OrderFact.Rescheduled(DateTimeOffset.UnixEpoch), "rescheduled", """{"notBefore":"1970-01-01T00:00:00.000Z"}"""),
    ];

    [Fact]
    public void What_happens_to_an_order_has_one_text_and_comes_back_from_it()
    {
        foreach (var (happened, kind, facts) in OfOrders)
        {
            (happened.Happened, EventText.Of(happened)).ShouldBe((kind, facts));
            EventText.TryReadOrder(kind, facts, out var read).ShouldBeTrue();
            read.ShouldBe(happened);
        }
        // as it was stored before it told its fee
        EventText.TryReadOrder("broadcast", """{"txid":"aa","kind":"swap"}""", out var earlier).ShouldBeTrue();
        earlier.ShouldBe(new OrderFact.Broadcast("aa", "swap"));
        var met = new OrderFact.ConditionMet { Seen = new() { ["price"] = System.Text.Json.JsonDocument.Parse("1.5").RootElement } };
        EventText.Of(met).ShouldBe("""{"price":1.5}""");
    }

    [Fact]
    public void The_kinds_that_are_stored_are_the_records()
    {
        var ofOrders = typeof(OrderEventKinds).GetFields().Select(field => (string)field.GetValue(null)!).ToArray();
        EventText.OrderKinds.ShouldBe(ofOrders, ignoreOrder: true);
        ofOrders.Intersect(EventText.Kinds).ShouldBeEmpty();
        EventText.TryRead(OrderEventKinds.Created, "{}", out _).ShouldBeFalse();
    }
}
