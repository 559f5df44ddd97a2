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
        (new AccountOpened(Account, Address, "escrow"), "account_opened", """{"account":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f","address":"ST000000000000000000002AMW42H","name":"escrow"}"""),
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
        (new TokensSentBack(Account, ".stx", new TokenAmount(5), "aa"), "tokens_sent_back", """{"account":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f","token":".stx","amount":"5","txId":"aa"}"""),
        (new NonceFilled(Address, 7, "aa", new TokenAmount(3)), "nonce_filled", """{"payer":"ST000000000000000000002AMW42H","nonce":7,"txId":"aa","fee":"3"}"""),
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
        EventText.Of(created).ShouldBe("""{"key":"5b0d7f4a4c0e4d7f9a3c5a1b2c3d4e5f","name":"bot","permissions":["create","cancel"],"expiresAt":"1970-01-01T00:00:00+00:00"}""");
        EventText.TryRead(created.Kind, EventText.Of(created), out var again).ShouldBeTrue();
        again.ShouldBeOfType<ApiKeyCreated>().Permissions.ShouldBe(created.Permissions);
        EventText.Kinds.ShouldBe(Table.Select(row => row.Kind).Append("api_key_created"), ignoreOrder: true);
    }

    [Fact]
    public void What_an_order_tells_is_none_of_them()
    {
        var ofOrders = typeof(OrderEventKinds).GetFields().Select(field => (string)field.GetValue(null)!).ToArray();
        ofOrders.Intersect(EventText.Kinds).ShouldBeEmpty();
        EventText.TryRead(OrderEventKinds.Created, "{}", out _).ShouldBeFalse();
    }
}
