using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace OrderService.Stacks.Crypto;

/// <summary>
/// A secret number of 1..n-1 on secp256k1 whose public key is used compressed. Parsed from 64 hex digits, or 66 that end with the 01 of
/// a compressed key. It never prints itself: only <see cref="ToHex"/> and <see cref="CopyTo"/> give it away.
/// </summary>
public readonly struct PrivateKey
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 32;

    private readonly Bytes32 bytes;

    private PrivateKey(ReadOnlySpan<byte> bytes) => bytes.CopyTo(this.bytes);

    [UnscopedRef]
    internal ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Makes a key from the system's random numbers.</summary>
    public static PrivateKey Generate()
    {
        Span<byte> secret = stackalloc byte[Size];
        do RandomNumberGenerator.Fill(secret);
        while (!Scalar.IsInRange(secret));

        var key = new PrivateKey(secret);
        CryptographicOperations.ZeroMemory(secret);
        return key;
    }

    /// <summary>Reads 64 or 66 hex digits; anything else throws FormatException without the text.</summary>
    public static PrivateKey Parse(string hex) => TryParse(hex, out var key) ? key : throw new FormatException("Not a private key in hex.");

    /// <summary>Reads 64 hex digits, or 66 that end with 01; anything else, zero and numbers from n up answer false.</summary>
    public static bool TryParse([NotNullWhen(true)] string? hex, out PrivateKey key)
    {
        key = default;
        var digits = hex.AsSpan();
        if (digits.Length == 2 * Size + 2 && digits.EndsWith("01", StringComparison.Ordinal)) digits = digits[..^2];

        Span<byte> secret = stackalloc byte[Size];
        return Hex.TryRead(digits, secret) && TryFromBytes(secret, out key);
    }

    /// <summary>Takes 32 bytes; another length, zero and numbers from n up answer false.</summary>
    public static bool TryFromBytes(ReadOnlySpan<byte> secret, out PrivateKey key)
    {
        var isKey = secret.Length == Size && Scalar.IsInRange(secret);
        key = isKey ? new(secret) : default;
        return isKey;
    }

    /// <summary>The public key; a default value has none and throws InvalidOperationException.</summary>
    public CompressedPublicKey PublicKey() => Secp256k1.PublicKeyOf(this);

    /// <summary>66 lower-case hex digits that end with 01, the form that Stacks tools read.</summary>
    public string ToHex() => Convert.ToHexStringLower(Bytes) + "01";

    /// <summary>Writes the 32 secret bytes; a shorter destination throws ArgumentException.</summary>
    public void CopyTo(Span<byte> destination) => Bytes.CopyTo(destination);

    /// <summary>A fixed text.</summary>
    public override string ToString() => "(private key)";
}
