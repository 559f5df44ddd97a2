using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace OrderService.Stacks.Hashing;

/// <summary>
/// The hashes that Stacks uses. Each writes to the start of its destination, allocates nothing, and throws ArgumentException
/// where the destination is too short; source and destination may overlap.
/// </summary>
public static class Digests
{
    /// <summary>SHA-256 (FIPS 180-4), 32 bytes.</summary>
    public static void Sha256(ReadOnlySpan<byte> source, Span<byte> destination) => SHA256.HashData(source, destination);

    /// <summary>SHA-512/256 (FIPS 180-4), 32 bytes: the hash of transactions.</summary>
    [SuppressMessage("Naming", "CA1707", Justification = "SHA-512/256 without a separator would read as another hash.")]
    public static void Sha512_256(ReadOnlySpan<byte> source, Span<byte> destination) =>
    OrderService.Stacks.Hashing.Sha512_256.Hash(source, destination);

    /// <summary>RIPEMD-160 (Dobbertin, Bosselaers, Preneel 1996), 20 bytes.</summary>
    public static void Ripemd160(ReadOnlySpan<byte> source, Span<byte> destination) =>
        OrderService.Stacks.Hashing.Ripemd160.Hash(source, destination);

    /// <summary>RIPEMD-160 of SHA-256, 20 bytes: the hash of a public key in an address.</summary>
    public static void Hash160(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        Span<byte> sha = stackalloc byte[32];
        Sha256(source, sha);
        Ripemd160(sha, destination);
    }
}
