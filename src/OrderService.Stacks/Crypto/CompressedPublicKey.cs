using System.Diagnostics.CodeAnalysis;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Hashing;

namespace OrderService.Stacks.Crypto;

/// <summary>
/// A point on secp256k1 in the 33-byte compressed form of SEC 1. Also parsed from the 65-byte uncompressed form, which is converted:
/// its address is that of the compressed key. Prints as 66 lower-case hex digits.
/// </summary>
public readonly struct CompressedPublicKey : IParsable<CompressedPublicKey>, IEquatable<CompressedPublicKey>
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 33;

    private readonly Bytes33 bytes;

    internal CompressedPublicKey(ReadOnlySpan<byte> bytes) => bytes.CopyTo(this.bytes);

    [UnscopedRef]
    internal ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Reads 66 or 130 hex digits; anything else throws FormatException.</summary>
    public static CompressedPublicKey Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var key) ? key : throw new FormatException("Not a secp256k1 public key in hex.");

    /// <summary>Reads 66 or 130 hex digits; a point that is not on the curve answers false.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, out CompressedPublicKey result)
    {
        result = default;
        Span<byte> encoded = stackalloc byte[65];
        encoded = s?.Length == 2 * Size ? encoded[..Size] : encoded;
        return Hex.TryRead(s, encoded) && TryFromBytes(encoded, out result);
    }

    /// <summary>Reads 66 or 130 hex digits; the provider is not used.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CompressedPublicKey result) =>
        TryParse(s, out result);

    /// <summary>Takes 33 bytes that begin with 02 or 03, or 65 that begin with 04; anything else answers false.</summary>
    public static bool TryFromBytes(ReadOnlySpan<byte> encoded, out CompressedPublicKey key)
    {
        key = default;
        var isKnownForm = encoded.Length == Size ? encoded[0] is 2 or 3 : encoded.Length == 65 && encoded[0] == 4;
        return isKnownForm && Secp256k1.TryCompress(encoded, out key);
    }

    /// <summary>RIPEMD-160 of SHA-256 of the 33 bytes.</summary>
    public Hash160 ToHash160()
    {
        Span<byte> hash = stackalloc byte[Hash160.Size];
        Digests.Hash160(Bytes, hash);
        return Hash160.FromBytes(hash);
    }

    /// <summary>The single-signature address of this key (SIP-005, P2PKH).</summary>
    public StacksAddress ToAddress(StacksNetwork network) => new(network.SingleSigVersion, ToHash160());

    /// <summary>Writes the 33 bytes; a shorter destination throws ArgumentException.</summary>
    public void CopyTo(Span<byte> destination) => Bytes.CopyTo(destination);

    /// <summary>66 lower-case hex digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(Bytes);

    /// <summary>True where all 33 bytes are equal.</summary>
    public bool Equals(CompressedPublicKey other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CompressedPublicKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>True where all 33 bytes are equal.</summary>
    public static bool operator ==(CompressedPublicKey left, CompressedPublicKey right) => left.Equals(right);

    /// <summary>True where some byte differs.</summary>
    public static bool operator !=(CompressedPublicKey left, CompressedPublicKey right) => !left.Equals(right);
}
