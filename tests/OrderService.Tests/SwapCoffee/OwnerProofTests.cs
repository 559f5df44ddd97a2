using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using OrderService.Api.SwapCoffee;
using OrderService.Domain;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Tests.Engine;
using OrderService.Tests.Ground;

namespace OrderService.Tests.SwapCoffee;

public class OwnerProofTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private const string Domain = "order-service/testnet";

    private readonly ManualTime _time = new(Start);
    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly OwnerProof _proof;

    public OwnerProofTests() => _proof = ServiceNames.Proof("order-service", _time);

    private string Address => _key.PublicKey().ToAddress(StacksNetwork.Testnet).ToString();

    [Fact]
    public void A_proof_of_the_path_s_wallet_holds_for_its_window_either_way()
    {
        var header = Proof().ToJsonString();
        foreach (var minutes in (int[])[0, 15])
        {
            _time.Advance(TimeSpan.FromMinutes(minutes));
            _proof.Check(Address, header).Value.Owner.ToString().ShouldBe(Address);
        }
        _proof.Check(Address,
            Proof(p => p["timestamp"] = _time.GetUtcNow().AddMinutes(15).ToUnixTimeSeconds()).ToJsonString()).Error.ShouldBeNull();
    }

    [Fact]
    public void W18_Its_numbers_may_be_text()
    {
        var proof = Proof();
        foreach (var name in (string[])["timestamp", "domain_len"]) proof["proof"]![name] = proof["proof"]![name]!.ToJsonString();
        _proof.Check(Address, proof.ToJsonString()).Error.ShouldBeNull();
    }

    [Theory]
    [InlineData(-901)]
    [InlineData(901)]
    public void One_that_is_too_old_or_of_the_future_is_refused(int seconds) =>
        Refused(Proof(p => p["timestamp"] = Start.AddSeconds(seconds).ToUnixTimeSeconds()).ToJsonString(), "expired_timestamp");

    [Fact]
    public void S3_One_for_another_service_or_another_network_is_refused()
    {
        foreach (var domain in (string[])["swap.coffee", "order-service", "order-service/mainnet", "other/testnet", "/testnet",
            "order-service/testnet/"])
        {
            Refused(Proof(p => (p["domain_val"], p["domain_len"]) = (domain, domain.Length)).ToJsonString(), "wrong_domain");
        }
    }

    [Fact]
    public void One_of_another_wallet_is_refused()
    {
        var stranger = PrivateKey.Generate();
        Refused(StrategyClient.Proof(stranger, Domain, Start).ToJsonString(), "wrong_address");
    }

    [Fact]
    public void A_signature_over_something_else_or_by_another_key_is_refused()
    {
        Refused(Changed(p => p["proof"]!["payload"] = "other"), "invalid_signature");
        Refused(Changed(p => p["proof"]!["timestamp"] = Start.ToUnixTimeSeconds() + 1), "invalid_signature");
        Refused(Changed(p =>
            p["proof"]!["signature"] = StrategyClient.Proof(PrivateKey.Generate(), Domain, Start)["proof"]!["signature"]!.DeepClone()),
            "invalid_signature");
        Refused(Changed(p => p["proof"]!["signature"] = new string('0', 130)), "invalid_signature");
        Refused(Changed(p => p["proof"]!["signature"] = "c2lnbmF0dXJl"), "invalid_signature");
    }

    [Theory]
    [InlineData(null, "missing_credentials")]
    [InlineData(" ", "missing_credentials")]
    [InlineData("{", "invalid_message")]
    [InlineData("[]", "invalid_message")]
    [InlineData("\"text\"", "invalid_message")]
    [InlineData("{}", "invalid_message")]
    [InlineData("{\"public_key\":\"02\",\"proof\":{}}", "invalid_message")]
    [InlineData("{\"public_key\":7,\"proof\":{}}", "invalid_message")]
    [InlineData("{\"public_key\":\"02\",\"public_key\":\"02\"}", "invalid_message")]
    public void A_missing_or_malformed_header_is_refused(string? header, string code) => Refused(header, code);

    [Fact]
    public void Each_member_of_the_proof_is_needed()
    {
        foreach (var name in (string[])["timestamp", "domain_len", "domain_val", "payload", "signature"])
            Refused(Changed(p => p["proof"]!.AsObject().Remove(name)), "invalid_message");
        Refused(Changed(p => p["proof"]!["domain_len"] = 5), "invalid_message");
        Refused(Changed(p => p["proof"]!["payload"] = ""), "invalid_message");
        Refused(Changed(p => p["proof"]!["timestamp"] = -1), "invalid_message");
        Refused(Changed(p => p["proof"]!["timestamp"] = JsonNode.Parse("1e30")), "invalid_message");
        Refused(Changed(p => p["padding"] = new string('x', 5000)), "invalid_message");
        _proof.Check(Address, Changed(p => p.Remove("wallet_state_init"))).Error.ShouldBeNull();
    }

    [Fact]
    public void An_address_that_is_none_or_of_another_network_is_a_bad_request()
    {
        _proof.Check("EQAAAA", Proof().ToJsonString()).Error.ShouldBeOfType<OrderError.Field>();
        _proof.Check(_key.PublicKey().ToAddress(StacksNetwork.Mainnet).ToString(),
            Proof().ToJsonString()).Error!.Code.ShouldBe("wrong_network");
    }

    private void Refused(string? header, string code) =>
        _proof.Check(Address, header).Error.ShouldBeOfType<OrderError.Unauthenticated>().Code.ShouldBe(code);

    private JsonObject Proof(Action<JsonObject>? more = null) => StrategyClient.Proof(_key, Domain, Start, more);

    private string Changed(Action<JsonObject> change)
    {
        var proof = Proof();
        change(proof);
        return proof.ToJsonString();
    }
}
