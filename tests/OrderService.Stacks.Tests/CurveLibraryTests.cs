using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using OrderService.Stacks.Crypto;

namespace OrderService.Stacks.Tests;

// The native library against NBitcoin.Secp256k1, an implementation of its own: 54,000 cases of signing, recovering and verifying, and
// every mixture of the numbers at the edges of the curve. Set DIFFERENTIAL_SEED to look at another sample.
public sealed class CurveLibraryTests
{
    private static readonly byte[] Seed =
        SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Environment.GetEnvironmentVariable("DIFFERENTIAL_SEED") ?? "1"));
    private static readonly BigInteger Order = Number("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
    private static readonly BigInteger Field = Number("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f");
    private static readonly BigInteger GeneratorX = Number("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");

    private static readonly CurveLibrary Native = CurveLibrary.Choose(NativeSecp256k1.Find());
    private static readonly CurveLibrary Managed = CurveLibrary.Choose(null);

    [Fact]
    public void A_native_library_works_here_and_it_is_the_one_of_the_package()
    {
        Secp256k1.IsNative.ShouldBeTrue();
        Secp256k1.LibraryName.ShouldBe("libsecp256k1 of the package");
        Native.IsNative.ShouldBeTrue();
        (Managed.IsNative, Managed.Name).ShouldBe((false, "NBitcoin.Secp256k1"));
    }

    [Fact]
    public void Files_that_are_not_there_not_libraries_or_without_recovery_are_passed_over()
    {
        string[] unusable = ["/nowhere/libsecp256k1.so", typeof(CurveLibraryTests).Assembly.Location,
            OperatingSystem.IsMacOS() ? "libSystem.dylib" : "libc.so.6"];

        NativeSecp256k1.Find(unusable, unusable).ShouldBeNull();
        NativeSecp256k1.Find([.. unusable, Secp256k1.Place!.Name], []).ShouldNotBeNull().IsPackaged.ShouldBeTrue();
        NativeSecp256k1.Find(unusable, [.. unusable, Secp256k1.Place.Name]).ShouldNotBeNull().IsPackaged.ShouldBeFalse();
    }

    [Fact]
    public void Both_libraries_sign_the_same_bytes() => Parallel.For(0, 18_000, index =>
    {
        var (hash, key) = (Draw("hash", index), Key(index));
        Span<byte> native = stackalloc byte[RecoverableSignature.Size], managed = stackalloc byte[RecoverableSignature.Size];
        Native.TrySign(hash, key, native).ShouldBeTrue();
        Managed.TrySign(hash, key, managed).ShouldBeTrue();
        managed.SequenceEqual(native).ShouldBeTrue($"case {index}");
        Native.TryPublicKeyOf(key, out var one).ShouldBeTrue();
        Managed.TryPublicKeyOf(key, out var other).ShouldBeTrue();
        other.ShouldBe(one);
    });

    // A third is as it was signed, a third over another hash, a third with numbers that nobody signed: half of those are on no point.
    [Fact]
    public void Both_libraries_recover_the_same_keys()
    {
        var recovered = 0;
        Parallel.For(0, 18_000, index =>
        {
            var signature = index % 3 == 2 ? Signature(Draw("r", index), LowS(Draw("s", index)), index / 3 % 4) : Signed(index);
            if (Recover(Draw(index % 3 == 1 ? "other" : "hash", index), signature, $"case {index}")) Interlocked.Increment(ref recovered);
        });
        // Ids 0 and 1 of what nobody signed are on a point half of the time, 2 and 3 never.
        recovered.ShouldBeInRange(13_000, 14_000);
    }

    [Fact]
    public void Both_libraries_verify_the_same_signatures()
    {
        var good = 0;
        Parallel.For(0, 18_000, index =>
        {
            var hash = Draw(index % 3 == 1 ? "other" : "hash", index);
            Native.TryPublicKeyOf(Key(index % 3 == 2 ? index + 1 : index), out var key).ShouldBeTrue();
            var signature = Signed(index);
            var isGood = Native.Verify(hash, signature, key);
            Managed.Verify(hash, signature, key).ShouldBe(isGood, $"case {index}");
            isGood.ShouldBe(index % 3 == 0, $"case {index}");
            if (isGood) Interlocked.Increment(ref good);
        });
        good.ShouldBe(6_000);
    }

    // Small r are also those that stand for r + n below the field's size, which ids 2 and 3 mean.
    [Fact]
    public void Both_libraries_agree_at_the_edges_of_r_s_and_the_recovery_id()
    {
        BigInteger[] r = [1, 2, 3, 4, 5, 6, 7, Field - Order - 2, Field - Order - 1, Field - Order, Field - Order + 1, Order / 2,
            Order / 2 + 1, GeneratorX, Order - 2, Order - 1];
        BigInteger[] s = [1, 2, 3, Order / 2 - 1, Order / 2];
        BigInteger[] hashes = [0, 1, 2, Order / 2, Order - 1, Order, Order + 1, (BigInteger.One << 256) - 1, Field];
        var recovered = 0;
        foreach (var (one, two, hash) in r.SelectMany(one => s.SelectMany(two => hashes.Select(hash => (one, two, hash)))))
        {
            for (var id = 0; id < 4; id++)
            {
                if (Recover(Bytes(hash), Signature(Bytes(one), Bytes(two), id), $"r {one} s {two} id {id} hash {hash}")) recovered++;
            }
        }
        recovered.ShouldBeGreaterThan(500);
        foreach (var hash in hashes) Recover(Bytes(hash), default, "a signature that was never set").ShouldBeFalse();
    }

    // With R the generator and the hash equal to s, the key would be the point at infinity.
    [Fact]
    public void Neither_library_recovers_the_point_at_infinity()
    {
        foreach (var s in new BigInteger[] { 1, 2, 77, Order / 2 })
            Recover(Bytes(s), Signature(Bytes(GeneratorX), Bytes(s), 0), $"s {s}").ShouldBeFalse();
        Recover(Bytes(2), Signature(Bytes(GeneratorX), Bytes(1), 0), "another hash").ShouldBeTrue();
    }

    [Fact]
    public void Both_libraries_take_the_same_points()
    {
        var taken = 0;
        for (var index = 0; index < 2_000; index++)
        {
            var encoded = new byte[index % 2 == 0 ? 33 : 65];
            encoded[0] = (byte)(encoded.Length == 65 ? 4 : 2 + index / 2 % 2);
            Draw("x", index).CopyTo(encoded.AsSpan(1));
            if (encoded.Length == 65) Bytes(Square(Number(encoded.AsSpan(1, 32))) + (index % 4 == 1 ? 0 : 1)).CopyTo(encoded.AsSpan(33));
            if (Compress(encoded)) taken++;
        }
        taken.ShouldBeInRange(600, 1_000);
        foreach (var x in new BigInteger[] { 0, 1, 5, Field - 1, Field, Field + 1, (BigInteger.One << 256) - 1 })
            Compress([2, .. Bytes(x)]);
    }

    [Fact]
    public void Neither_library_uses_a_key_that_was_never_set()
    {
        foreach (var library in new[] { Native, Managed })
        {
            library.TrySign(new byte[32], default, new byte[65]).ShouldBeFalse();
            library.TryPublicKeyOf(default, out _).ShouldBeFalse();
            library.Verify(new byte[32], default, default).ShouldBeFalse();
        }
    }

    private static bool Recover(byte[] hash, RecoverableSignature signature, string what)
    {
        var isRecovered = Native.TryRecover(hash, signature, out var one);
        Managed.TryRecover(hash, signature, out var other).ShouldBe(isRecovered, what);
        other.ShouldBe(one, what);
        return isRecovered;
    }

    private static bool Compress(byte[] encoded)
    {
        var isPoint = Native.TryCompress(encoded, out var one);
        Managed.TryCompress(encoded, out var other).ShouldBe(isPoint, Convert.ToHexStringLower(encoded));
        other.ShouldBe(one);
        return isPoint;
    }

    private static RecoverableSignature Signed(int index)
    {
        Span<byte> rsv = stackalloc byte[RecoverableSignature.Size];
        Native.TrySign(Draw("hash", index), Key(index), rsv).ShouldBeTrue();
        RecoverableSignature.TryFromRsv(rsv, out var signature, out _).ShouldBeTrue();
        return signature;
    }

    private static RecoverableSignature Signature(byte[] r, byte[] s, int id)
    {
        RecoverableSignature.TryFromRsv([.. r, .. s, (byte)id], out var signature, out var fault).ShouldBeTrue($"{fault}");
        return signature;
    }

    private static PrivateKey Key(int index) =>
        PrivateKey.TryFromBytes(Draw("key", index), out var key) ? key : throw new InvalidOperationException("Out of range.");

    private static byte[] LowS(byte[] s) => Number(s) > Order / 2 ? Bytes(Order - Number(s)) : s;

    // y of y² = x³ + 7, or for an x on no point the root of something else.
    private static BigInteger Square(BigInteger x) => BigInteger.ModPow(BigInteger.ModPow(x, 3, Field) + 7, (Field + 1) / 4, Field);

    private static byte[] Draw(string purpose, int index)
    {
        var text = new byte[36 + purpose.Length];
        Seed.CopyTo(text, 0);
        BinaryPrimitives.WriteInt32BigEndian(text.AsSpan(32), index);
        System.Text.Encoding.ASCII.GetBytes(purpose, text.AsSpan(36));
        return SHA256.HashData(text);
    }

    private static BigInteger Number(string hex) => Number(Convert.FromHexString(hex));

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[32];
        var least = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        least.CopyTo(bytes, bytes.Length - least.Length);
        return bytes;
    }
}
