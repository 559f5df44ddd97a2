using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Hashing;

namespace OrderService.Stacks.Tests;

public sealed class KeyTests
{
    private const string Order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    public static TheoryData<string> Keys => [.. Vectors.Intents.Of("keys").AsObject().Select(key => key.Key)];

    [Theory, MemberData(nameof(Keys))]
    public void A_key_has_the_public_forms_and_addresses_of_the_vector(string name)
    {
        var vector = Vectors.Intents.Of("keys").Of(name);
        var secret = PrivateKey.Parse(vector.Text("privateKey"));

        var key = secret.PublicKey();

        key.ToString().ShouldBe(vector.Text("publicKeyCompressed"));
        CompressedPublicKey.Parse(vector.Text("publicKeyCompressed")).ShouldBe(key);
        CompressedPublicKey.Parse(vector.Text("publicKeyUncompressed")).ShouldBe(key);
        key.ToHash160().ToString().ShouldBe(vector.Text("hash160"));
        key.ToAddress(StacksNetwork.Mainnet).ToString().ShouldBe(vector.Text("mainnet"));
        key.ToAddress(StacksNetwork.Testnet).ToString().ShouldBe(vector.Text("testnet"));
        secret.ToHex().ShouldBe(vector.Text("privateKey"));
        PrivateKey.Parse(vector.Text("privateKey")[..64]).ToHex().ShouldBe(secret.ToHex());
    }

    [Theory, MemberData(nameof(Keys))]
    public void The_address_of_an_uncompressed_key_is_another_and_cannot_be_recovered(string name)
    {
        var vector = Vectors.Intents.Of("keys").Of(name);
        var hash = new byte[20];
        Digests.Hash160(Convert.FromHexString(vector.Text("publicKeyUncompressed")), hash);

        new StacksAddress(22, Hash160.FromBytes(hash)).ToString().ShouldBe(vector.Text("mainnetFromUncompressedPub"));
        vector.Text("mainnetFromUncompressedPub").ShouldNotBe(vector.Text("mainnet"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(Order)]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000102")]
    public void What_is_no_private_key_is_refused(string? hex) => PrivateKey.TryParse(hex, out _).ShouldBeFalse();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0x0390a5cac7c33fda49f70bc1b0866fa0ba7a9440d9de647fecb8132ceb76a94dfa")]
    [InlineData("0490a5cac7c33fda49f70bc1b0866fa0ba7a9440d9de647fecb8132ceb76a94dfa")]
    [InlineData("02ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("0690a5cac7c33fda49f70bc1b0866fa0ba7a9440d9de647fecb8132ceb76a94dfa80c44836f7a07cf96a13d3c2c7833a833ff59a3533b8369daa4949da39b09901")]
    public void What_is_no_public_key_is_refused(string? hex) => CompressedPublicKey.TryParse(hex, out _).ShouldBeFalse();

    [Fact]
    public void A_private_key_never_prints_itself()
    {
        var key = PrivateKey.Generate();
        $"{key}".ShouldBe("(private key)");
        Should.Throw<FormatException>(() => PrivateKey.Parse(Order)).Message.ShouldNotContain(Order);
    }

    [Fact]
    public void Generated_keys_differ_and_sign()
    {
        var (one, other) = (PrivateKey.Generate(), PrivateKey.Generate());
        one.ToHex().ShouldNotBe(other.ToHex());
        var hash = new byte[32];
        Secp256k1.Verify(hash, Secp256k1.Sign(hash, one), one.PublicKey()).ShouldBeTrue();
        Secp256k1.Verify(hash, Secp256k1.Sign(hash, one), other.PublicKey()).ShouldBeFalse();
    }

    [Fact]
    public void A_key_that_was_never_set_signs_nothing()
    {
        Should.Throw<InvalidOperationException>(() => default(PrivateKey).PublicKey());
        Should.Throw<InvalidOperationException>(() => Secp256k1.Sign(new byte[32], default));
    }
}
