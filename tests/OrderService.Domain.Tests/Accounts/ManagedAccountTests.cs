using OrderService.Domain.Accounts;
using OrderService.Domain.Tests.Orders;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;

namespace OrderService.Domain.Tests.Accounts;

public sealed class ManagedAccountTests
{
    private static readonly StacksAddress Address = PrivateKey.Generate().PublicKey().ToAddress(StacksNetwork.Testnet);
    private static readonly Principal Stranger = Principal.From(PrivateKey.Generate().PublicKey().ToAddress(StacksNetwork.Testnet));
    private static readonly ManagedAccount Account = new(Guid.NewGuid(), Sample.Owner, "escrow", Address, Sample.Start);

    [Fact]
    public void A_managed_order_pays_its_owners_wallet_or_the_account_and_a_stranger_only_at_the_wallets_signature()
    {
        Account.RecipientRefusal(Principal.From(Sample.Owner), canSendOn: false, isSignedByWallet: false).ShouldBeNull();
        Account.RecipientRefusal(Principal.From(Address), canSendOn: true, isSignedByWallet: false).ShouldBeNull();
        Account.RecipientRefusal(Principal.From(Address), canSendOn: false,
            isSignedByWallet: false)!.Code.ShouldBe("account_cannot_send_on");
        Account.RecipientRefusal(Stranger, canSendOn: true, isSignedByWallet: false)
            .ShouldBeOfType<OrderError.Forbidden>().Code.ShouldBe("foreign_recipient");
        Account.RecipientRefusal(Stranger, canSendOn: false, isSignedByWallet: true).ShouldBeNull();
        Account.RecipientRefusal(Principal.From(new ContractId(Sample.Owner, "drain")), canSendOn: true,
            isSignedByWallet: false)!.Code.ShouldBe("foreign_recipient");
    }

    [Theory]
    [InlineData("escrow", true)]
    [InlineData("my account 2.b-c_d", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData(" a", false)]
    [InlineData("a ", false)]
    [InlineData("a\nb", false)]
    [InlineData("ä", false)]
    [InlineData("a/b", false)]
    public void A_name_is_plain_text(string? name, bool isName) => ManagedAccount.IsName(name).ShouldBe(isName);

    [Fact]
    public void A_name_has_at_most_100_characters()
    {
        ManagedAccount.IsName(new string('a', 100)).ShouldBeTrue();
        ManagedAccount.IsName(new string('a', 101)).ShouldBeFalse();
    }

    [Fact]
    public void A_withdrawal_moves_as_its_table_says() => (
        from a in Enum.GetValues<WithdrawalStatus>() from b in Enum.GetValues<WithdrawalStatus>() where WithdrawalStatusTable.Allows(a,
            b) select $"{a}>{b}").ShouldBe(
            ["Waiting>Sent", "Waiting>Failed", "Sent>Waiting", "Sent>Confirmed", "Sent>Failed", "Confirmed>Sent"], ignoreOrder: true);
}
