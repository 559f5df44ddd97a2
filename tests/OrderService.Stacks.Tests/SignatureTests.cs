using System.Globalization;
using System.Numerics;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using OrderService.Stacks.Messages;

namespace OrderService.Stacks.Tests;

public sealed class SignatureTests
{
    private const string Order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    private const string HalfOrder = "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0";
    private const string HalfOrderPlusOne = "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1";
    private const string OrderMinusOne = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140";
    private const string One = "0000000000000000000000000000000000000000000000000000000000000001";
    private const string Zero = "0000000000000000000000000000000000000000000000000000000000000000";

    [Theory]
    [InlineData(One + One + "00", SignatureFault.None)]
    [InlineData(OrderMinusOne + HalfOrder + "03", SignatureFault.None)]
    [InlineData(One + HalfOrderPlusOne + "00", SignatureFault.HighS)]
    [InlineData(One + OrderMinusOne + "00", SignatureFault.HighS)]
    [InlineData(One + Order + "00", SignatureFault.OutOfRange)]
    [InlineData(Order + One + "00", SignatureFault.OutOfRange)]
    [InlineData(Zero + One + "00", SignatureFault.OutOfRange)]
    [InlineData(One + Zero + "00", SignatureFault.OutOfRange)]
    [InlineData(Zero + Zero + "00", SignatureFault.OutOfRange)]
    [InlineData(One + One + "04", SignatureFault.RecoveryId)]
    [InlineData(One + One + "1b", SignatureFault.RecoveryId)]
    [InlineData(One + One + "ff", SignatureFault.RecoveryId)]
    [InlineData(One + One, SignatureFault.Length)]
    [InlineData("0x" + One + One + "00", SignatureFault.Length)]
    [InlineData(One + One + "000", SignatureFault.Length)]
    [InlineData("", SignatureFault.Length)]
    [InlineData(null, SignatureFault.Length)]
    [InlineData(One + One + "0g", SignatureFault.NotHex)]
    [InlineData(One + One + "٠٠", SignatureFault.NotHex)]
    public void A_signature_is_accepted_or_refused_with_its_fault(string? hex, SignatureFault expected)
    {
        RecoverableSignature.TryParseRsv(hex, out var signature, out var fault).ShouldBe(expected == SignatureFault.None);
        fault.ShouldBe(expected);
        signature.ShouldBe(expected == SignatureFault.None ? signature : default);
    }

    // Debian's library aborts the process on a recovery id outside 0..3, so no value of the type may carry one.
    [Fact]
    public void Every_recovery_byte_is_safe_to_recover()
    {
        var bytes = Convert.FromHexString(One + One + "00");
        for (var v = 0; v < 256; v++)
        {
            bytes[64] = (byte)v;
            var isSignature = RecoverableSignature.TryFromRsv(bytes, out var signature, out _);
            isSignature.ShouldBe(v < 4);
            _ = Secp256k1.TryRecover(new byte[32], signature, out _);
        }
        Secp256k1.TryRecover(new byte[32], default, out _).ShouldBeFalse();
    }

    [Fact]
    public void The_two_byte_orders_hold_the_same_signature()
    {
        var signature = Secp256k1.Sign(new byte[32], PrivateKey.Generate());
        var rsv = signature.ToRsvHex();

        signature.ToVrsHex().ShouldBe(rsv[128..] + rsv[..128]);
        RecoverableSignature.TryFromVrs(Convert.FromHexString(signature.ToVrsHex()), out var fromVrs, out _).ShouldBeTrue();
        RecoverableSignature.TryParseRsv(rsv.ToUpperInvariant(), out var fromRsv).ShouldBeTrue();
        fromVrs.ShouldBe(signature);
        fromRsv.ShouldBe(signature);
        (fromRsv == signature).ShouldBeTrue();
        fromRsv.GetHashCode().ShouldBe(signature.GetHashCode());
        $"{signature}".ShouldNotContain(rsv[..8]);
    }

    // The chain accepts this form and recovers the owner from it; here the owner's low-S form is the only one.
    [Fact]
    public void The_high_S_twin_of_an_owners_signature_is_refused()
    {
        var vector = Vectors.Intents.Of("intents").ById("intent-01");
        var order = BigInteger.Parse("0" + Order, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var s = BigInteger.Parse("0" + vector.Text("s"), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var twin = Convert.ToHexStringLower((order - s).ToByteArray(isUnsigned: true, isBigEndian: true)).PadLeft(64, '0');

        RecoverableSignature.TryParseRsv(vector.Text("r") + twin + "01", out _, out var fault).ShouldBeFalse();

        fault.ShouldBe(SignatureFault.HighS);
    }

    [Fact]
    public void A_hash_of_another_length_is_a_bug()
    {
        var key = PrivateKey.Generate();
        var signature = Secp256k1.Sign(new byte[32], key);
        Should.Throw<ArgumentException>(() => Secp256k1.TryRecover(new byte[31], signature, out _));
        Should.Throw<ArgumentException>(() => Secp256k1.Verify(new byte[33], signature, key.PublicKey()));
        Should.Throw<ArgumentException>(() => Secp256k1.Sign([], key));
    }

    [Fact]
    public void Recovering_a_signer_allocates_nothing()
    {
        var vector = Vectors.Intents.Of("intents").ById("intent-01");
        var hash = Convert.FromHexString(vector.Text("hash"));
        var rsv = vector.Text("signatureRsv");
        var owner = StacksAddress.Parse(vector.Text("signerMainnet"));
        var token = ContractId.Parse(vector.Of("fields").Text("contract"));
        var target = Principal.Parse(vector.Of("fields").Text("target"));
        var intent = new TransferIntent(token, 1_000_000, target, vector.Of("fields").Text("uuid"), 1);
        Recover(hash, rsv, intent, owner).ShouldBeTrue();

        var (isEachOwners, least) = (true, long.MaxValue);
        for (var round = 0; round < 10; round++) // the runtime allocates on its own account while it compiles a method anew
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++) isEachOwners &= Recover(hash, rsv, intent, owner);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        isEachOwners.ShouldBeTrue();
        least.ShouldBe(0);
    }

    private static bool Recover(byte[] hash, string rsv, TransferIntent intent, StacksAddress owner)
    {
        Span<byte> own = stackalloc byte[32];
        intent.Hash(own);
        return own.SequenceEqual(hash)
            && RecoverableSignature.TryParseRsv(rsv, out var signature)
            && Secp256k1.TryRecover(own, signature, out var key)
            && key.ToAddress(StacksNetwork.Mainnet) == owner;
    }
}
