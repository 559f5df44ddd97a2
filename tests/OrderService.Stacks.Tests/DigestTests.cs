using System.Text;
using OrderService.Stacks.Hashing;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace OrderService.Stacks.Tests;

public sealed class DigestTests
{
    // The test values of the RIPEMD-160 page of its authors.
    [Theory]
    [InlineData("", "9c1185a5c5e9fc54612808977ee8f548b2258d31")]
    [InlineData("a", "0bdc9d2d256b3ee9daae347be6f4dc835a467ffe")]
    [InlineData("abc", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc")]
    [InlineData("message digest", "5d0689ef49d2fae572b881b123a85ffa21595f36")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "f71c27109c692c1b56bbdceb5b9d2865b3708dbc")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "12a053384a9c0c88e405a06c27dcf49ada62eb2b")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "b0e20b6e3116640286ed3a87a5713079b21f5189")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890",
        "9b752e45573d4b39f4dbd3323cab82bf63326bfb")]
    public void Ripemd160_of_the_standard_texts(string text, string expected) =>
    Ripemd160(Encoding.ASCII.GetBytes(text)).ShouldBe(expected);

    // The million is of the same page; the others, at the edges of the padding, are OpenSSL's.
    [Theory]
    [InlineData(55, "0d8a8c9063a48576a7c97e9f95253a6e53ff6765")]
    [InlineData(56, "e72334b46c83cc70bef979e15453706c95b888be")]
    [InlineData(63, "e640041293fe663b9bf3f8c21ffecac03819e6b2")]
    [InlineData(64, "9dfb7d374ad924f3f88de96291c33e9abed53e32")]
    [InlineData(119, "23e398ff2bac815aa1bbb57ca2a669c841872919")]
    [InlineData(120, "c476770a6dae31fcee8d25efe6559a05c8024595")]
    [InlineData(1_000_000, "52783243c1697bdbe16d37f97f68f08325dc1528")]
    public void Ripemd160_of_many_a(int count, string expected) => Ripemd160(ManyA(count)).ShouldBe(expected);

    // "", and the one- and two-block messages of NIST's examples for SHA-512/256.
    [Theory]
    [InlineData("", "c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a")]
    [InlineData("abc", "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23")]
    [InlineData(
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "3928e184fb8690f840da3988121d31be65cb9d3ef83ee6146feac861e19b563a")]
    public void Sha512_256_of_the_standard_texts(string text, string expected) =>
    Sha512_256(Encoding.ASCII.GetBytes(text)).ShouldBe(expected);

    [Theory]
    [InlineData(111, "0239e429f98d0ed61ee8e2a7c30afe98c1c3a80ce5dff62a107e9c538f7632ce")]
    [InlineData(112, "9216b5303edb66504570bee90e48ea5beaa5e9fe9f760bbd3e0460559fc005f6")]
    [InlineData(127, "2fe3b2a6ee7e12f6fe4ba82166541ad9b4ed882c493581cbe300d68f3757b778")]
    [InlineData(128, "b88f97e274f9c1d49f181c8cbd01a9c74930ad055a46ac4499a1d601f1c80bf2")]
    [InlineData(239, "78d0a1b37aaad84c89fff13cbe3cd3d1025bcdb648268f9102b7e7032bea7d2a")]
    [InlineData(240, "d48a4d53397b38ab4e771d781c98ac6b86712dff2a664cfd1f27c7ca40f8ce37")]
    public void Sha512_256_of_many_a(int count, string expected) => Sha512_256(ManyA(count)).ShouldBe(expected);

    // Every length over eight blocks of either hash, and what each may get wrong: the last bytes, the length, the carry between blocks.
    [Fact]
    public void Digests_of_every_length_are_those_of_BouncyCastle()
    {
        var random = new Random(1);
        for (var length = 0; length <= 1024; length++)
        {
            var source = new byte[length];
            random.NextBytes(source);
            Ripemd160(source).ShouldBe(Oracle(new RipeMD160Digest(), source), $"{length} bytes");
            Sha512_256(source).ShouldBe(Oracle(new Sha512tDigest(256), source), $"{length} bytes");
        }
    }

    [Fact]
    public void A_destination_that_is_too_short_is_a_bug()
    {
        Should.Throw<ArgumentException>(() => Digests.Ripemd160([], new byte[19]));
        Should.Throw<ArgumentException>(() => Digests.Sha256([], new byte[31]));
        Should.Throw<ArgumentException>(() => Digests.Sha512_256([], new byte[31]));
    }

    private static string Oracle(IDigest digest, byte[] source)
    {
        digest.BlockUpdate(source, 0, source.Length);
        var hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash, 0);
        return Convert.ToHexStringLower(hash);
    }

    private static byte[] ManyA(int count)
    {
        var bytes = new byte[count];
        bytes.AsSpan().Fill((byte)'a');
        return bytes;
    }

    private static string Ripemd160(byte[] source)
    {
        var hash = new byte[20];
        Digests.Ripemd160(source, hash);
        return Convert.ToHexStringLower(hash);
    }

    private static string Sha512_256(byte[] source)
    {
        var hash = new byte[32];
        Digests.Sha512_256(source, hash);
        return Convert.ToHexStringLower(hash);
    }
}
