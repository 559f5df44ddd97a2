using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Stacks.Addresses;

namespace OrderService.Tests.Auth;

/// <summary>Every way in which a wallet's proof holds or fails, without a server.</summary>
public sealed class ProofVerifierTests
{
    private const string Uuid = "669e8e74-6b2b-477e-9e4d-cd1399a0ef20";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1763690000000);
    private static readonly TestWallet Owner = new();
    private static readonly TestWallet Stranger = new();

    private readonly AuthOptions _options = new();
    private readonly MessageScope _scope = new([TestWallet.Service], StacksNetwork.Testnet, TakesLegacy: true);

    [Fact]
    public void A_bare_uuid_proves_its_owner_and_is_neither_timed_nor_single_use()
    {
        var signed = Judge(new(Owner.Sign(Uuid), null, null, null)).Value.Signed;
        (signed.Signer, signed.IsBareUuid, signed.ExpiresAt, signed.Action).ShouldBe((Owner.Address, true, null, "cancel_order"));
        signed.Digest.Length.ShouldBe(32);
    }

    [Fact]
    public void A_message_proves_its_owner_until_it_leaves_its_window()
    {
        var proof = Signed(Owner, Owner.OrderMessage("cancel_order", Uuid, Now));
        var signed = Judge(proof).Value.Signed;
        (signed.IsBareUuid, signed.ExpiresAt).ShouldBe((false, Now.AddMinutes(5)));
    }

    [Fact]
    public void The_uuid_may_be_called_orderUuid() =>
        Judge(Signed(Owner, Owner.Message("cancel_order", Now, $",\"orderUuid\":\"{Uuid}\""))).Error.ShouldBeNull();

    [Theory]
    [InlineData("1763690000000.0")]
    [InlineData("1.76369e12")]
    public void W3_A_moment_is_taken_in_every_spelling(string json) =>
        Judge(Signed(Owner,
            Owner.OrderMessage("cancel_order", Uuid, Now).Replace("1763690000000", json, StringComparison.Ordinal))).Error.ShouldBeNull();

    [Fact]
    public void A_public_key_must_be_the_one_that_signed()
    {
        Judge(new(Owner.Sign(Uuid), Owner.PublicKey, null, null)).Error.ShouldBeNull();
        foreach (var other in new[] { Stranger.PublicKey, "0x" + Owner.PublicKey, "02" + new string('f', 64), "zz", new string('0', 66) })
            Code(new(Owner.Sign(Uuid), other, null, null)).ShouldBe("invalid_signature", other);
    }

    [Theory]
    [InlineData(300_000, null)]
    [InlineData(-300_000, null)]
    [InlineData(300_001, "expired_timestamp")]
    [InlineData(-300_001, "expired_timestamp")]
    public void A_message_is_within_five_minutes_of_now(int millisecondsAhead, string? code) =>
        Code(Signed(Owner, Owner.OrderMessage("cancel_order", Uuid, Now.AddMilliseconds(millisecondsAhead)))).ShouldBe(code);

    [Theory]
    [InlineData(-12 * 60 * 60, null)]
    [InlineData(-12 * 60 * 60 - 1, "expired_timestamp")]
    [InlineData(300, null)]
    [InlineData(301, "expired_timestamp")]
    public void A_list_may_be_asked_for_within_twelve_hours(int secondsAhead, string? code) =>
        Code(Signed(Owner, Owner.Message("list_orders", Now.AddSeconds(secondsAhead), $",\"owner\":\"{Owner.Address}\"")),
            new("list_orders", Owner.Address)).ShouldBe(code);

    [Theory]
    [InlineData("")]
    [InlineData(",\"owner\":\"ST000000000000000000002AMW42H\"")]
    public void A_list_names_its_owner(string owner) =>
        Code(Signed(Owner, Owner.Message("list_orders", Now, owner)), new("list_orders", Owner.Address)).ShouldBe("invalid_message");

    [Theory]
    [InlineData("""{"action":"execute_order","uuid":"U","timestamp":1763690000000}""")]
    [InlineData("""{"action":"Cancel_order","uuid":"U","timestamp":1763690000000}""")]
    [InlineData("""{"uuid":"U","timestamp":1763690000000}""")]
    [InlineData("""{"action":"cancel_order","timestamp":1763690000000}""")]
    [InlineData("""{"action":"cancel_order","uuid":"669E8E74-6b2b-477e-9e4d-cd1399a0ef20","timestamp":1763690000000}""")]
    [InlineData("""{"action":"cancel_order","uuid":"U","orderUuid":"669e8e74-6b2b-477e-9e4d-cd1399a0ef21","timestamp":1763690000000}""")]
    [InlineData("""{"action":"cancel_order","uuid":"U","uuid":"U","timestamp":1763690000000}""")]
    [InlineData("""{"action":"cancel_order","uuid":"U"}""")]
    [InlineData("""{"action":"cancel_order","uuid":"U","timestamp":null}""")]
    [InlineData("""{"action":"cancel_order","uuid":"U","timestamp":"1763690000000"}""")]
    [InlineData("""{"action":"cancel_order","uuid":"U","timestamp":1763690000000.5}""")]
    [InlineData("""{"action":"cancel_order","uuid":"U","timestamp":-1}""")]
    [InlineData("""{"action":"cancel_order","uuid":"U","timestamp":9223372036854775807}""")]
    [InlineData("""{"action":"cancel_order","uuid":"U","timestamp":1e400}""")]
    [InlineData("""{"action":1,"uuid":"U","timestamp":1763690000000}""")]
    [InlineData("""{"action":"cancel_order","uuid":"\ud800","timestamp":1763690000000}""")]
    [InlineData("""{"\ud800":1,"action":"cancel_order","uuid":"U","timestamp":1763690000000}""")]
    [InlineData("""{"action":"cancel_order","uuid":"U","timestamp":1763690000000}{}""")]
    [InlineData("""{"a":[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]}""")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\ud800}")]
    public void A_message_that_says_anything_else_is_refused(string text) =>
        Code(Signed(Owner, text.Replace("\"U\"", $"\"{Uuid}\"", StringComparison.Ordinal))).ShouldBe("invalid_message");

    [Theory]
    [InlineData("669e8e74-6b2b-477e-9e4d-cd1399a0ef21")]
    [InlineData("669E8E74-6B2B-477E-9E4D-CD1399A0EF20")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData(" ")]
    public void A_bare_text_must_be_the_uuid_as_it_was_signed(string text) => Code(Signed(Owner, text)).ShouldBe("invalid_message");

    [Theory]
    [InlineData("pause_order")]
    [InlineData("resume_order")]
    public void Only_cancel_and_execute_take_a_bare_uuid(string action) =>
        Code(new(Owner.Sign(Uuid), null, null, null), new(action, Owner.Address, Uuid)).ShouldBe("invalid_message");

    [Fact]
    public void A_bare_uuid_can_be_turned_off()
    {
        _options.BareUuid = false;
        Code(new(Owner.Sign(Uuid), null, null, null)).ShouldBe("bare_uuid_refused");
    }

    [Fact]
    public void What_is_missing_is_said()
    {
        Code(new(null, null, null, null)).ShouldBe("missing_credentials");
        Code(new(Owner.Sign(Uuid), null, null, null), new("list_orders", Owner.Address)).ShouldBe("missing_credentials");
    }

    [Fact]
    public void Another_wallet_is_refused()
    {
        Code(new(Stranger.Sign(Uuid), null, null, null)).ShouldBe("invalid_signature");
        Code(new(Owner.Sign(Uuid), null, null, Stranger.Address.ToString())).ShouldBe("invalid_signature");
        Code(new(Owner.Sign(Uuid), null, null, "ST123")).ShouldBe("invalid_wallet_address");
        Code(new(Owner.Sign(Uuid), null, null, Owner.Address.ToString())).ShouldBeNull();
    }

    [Fact]
    public void An_owner_of_the_other_network_is_told_so()
    {
        var hash = Owner.Address.Hash;
        var refused = Judge(new(Owner.Sign(Uuid), null, null, null),
            new("cancel_order", new StacksAddress(StacksNetwork.Mainnet.SingleSigVersion, hash), Uuid)).Error!;
        refused.Code.ShouldBe("wrong_network");
        refused.Message.ShouldContain(Owner.Address.ToString());
    }

    [Fact]
    public void A_signature_has_130_hex_digits_a_V_of_0_to_3_and_a_low_S()
    {
        var good = Owner.Sign(Uuid);
        Code(new(good.ToUpperInvariant(), null, null, null)).ShouldBeNull();
        foreach (var bad in new[] { "", "00", "0x" + good, good[..128], good + "00", good[..128] + "1b", good[..128] + "04",
            "g" + good[1..], new string('0', 130), new string('f', 130), good[..64] + new string('f', 64) + "00" })
        {
            Code(new(bad, null, null, null)).ShouldBe("invalid_signature", bad);
        }
    }

    private Result<VerifiedProof> Judge(WalletProof proof, AuthDemand? demand = null) =>
        new ProofVerifier(_scope, _options).Verify(proof, demand ?? new AuthDemand("cancel_order", Owner.Address, Uuid), Now);

    private string? Code(WalletProof proof, AuthDemand? demand = null) => Judge(proof, demand).Error?.Code;

    private static WalletProof Signed(TestWallet wallet, string text) => new(wallet.Sign(text), null, text, null);
}
