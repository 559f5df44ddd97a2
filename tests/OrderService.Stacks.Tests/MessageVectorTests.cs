using System.Text.Json.Nodes;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Stacks.Tests;

public sealed class MessageVectorTests
{
    public static TheoryData<string> Messages => Vectors.Ids(Vectors.Messages.Of("messages"));

    public static TheoryData<string> Negatives => Vectors.Ids(Vectors.Messages.Of("negativeMessages"));

    [Theory, MemberData(nameof(Messages))]
    public void A_message_has_the_hash_signature_and_signer_of_the_vector(string id)
    {
        var vector = Vectors.Messages.Of("messages").ById(id);
        var key = PrivateKey.Parse(Vectors.Messages.Of("keys").Of(vector.Text("key")).Text("privateKey"));

        var hash = HashOf(TextOf(vector));

        Convert.ToHexStringLower(hash).ShouldBe(vector.Text("hash"));
        Secp256k1.Sign(hash, key).ToRsvHex().ShouldBe(vector.Text("signatureRsv"));
        CompressedPublicKey.TryParse(vector.Of("headers").Text("x-public-key"), out var claimed).ShouldBeTrue();
        RecoverableSignature.TryParseRsv(vector.Of("headers").Text("x-signature"), out var signature).ShouldBeTrue();
        Secp256k1.Verify(hash, signature, claimed).ShouldBeTrue();
        Secp256k1.TryRecover(hash, signature, out var recovered).ShouldBeTrue();
        recovered.ShouldBe(claimed);
        recovered.ToAddress(StacksNetwork.Mainnet).ToString().ShouldBe(vector.Text("signerMainnet"));
    }

    // The JavaScript verifier accepts two of these, high-S (mneg-05) and the legacy prefix (mneg-11). We refuse both: either gives a
    // message a second valid signature, and wallets have made neither for years.
    [Theory, MemberData(nameof(Negatives))]
    public void A_negative_message_is_refused_even_where_the_JavaScript_verifier_accepts_it(string id)
    {
        var vector = Vectors.Messages.Of("negativeMessages").ById(id);
        var headers = vector.Of("headers");

        var isVerified = RecoverableSignature.TryParseRsv(headers.Text("x-signature"), out var signature)
            && CompressedPublicKey.TryParse(headers.Text("x-public-key"), out var key)
            && Secp256k1.Verify(HashOf(TextOf(vector)), signature, key);

        isVerified.ShouldBeFalse();
    }

    [Theory]
    [InlineData("mneg-05", SignatureFault.HighS)]
    [InlineData("mneg-07", SignatureFault.Length)]
    [InlineData("mneg-15", SignatureFault.Length)]
    public void A_refused_signature_says_why(string id, SignatureFault expected)
    {
        var headers = Vectors.Messages.Of("negativeMessages").ById(id).Of("headers");
        RecoverableSignature.TryParseRsv(headers.Text("x-signature"), out _, out var fault).ShouldBeFalse();
        fault.ShouldBe(expected);
    }

    [Fact]
    public void The_legacy_prefix_recovers_somebody_else()
    {
        var vector = Vectors.Messages.Of("negativeMessages").ById("mneg-11");
        RecoverableSignature.TryParseRsv(vector.Of("headers").Text("x-signature"), out var signature).ShouldBeTrue();
        Secp256k1.TryRecover(HashOf(TextOf(vector)), signature, out var key).ShouldBeTrue();
        key.ToAddress(StacksNetwork.Mainnet).ToString().ShouldNotBe(vector.Text("derivedSigner"));
    }

    [Fact]
    public void A_lone_surrogate_is_hashed_as_browsers_do() => HashOf("a\ud800b").ShouldBe(HashOf("a\ufffdb"));

    private static string TextOf(JsonNode vector) => vector["messageRepeat"] is { } repeat
        ? new string(repeat.Text("char")[0], repeat.Of("count").GetValue<int>())
        : vector.Text("message");

    private static byte[] HashOf(string message)
    {
        var hash = new byte[32];
        PersonalMessage.Hash(message, hash);
        return hash;
    }
}
