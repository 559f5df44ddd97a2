using OrderService.Stacks.Clarity;
using OrderService.Stacks.Hashing;

namespace OrderService.Stacks.Messages;

/// <summary>
/// Structured data of SIP-018: SHA-256("SIP018" ‖ SHA-256(domain) ‖ SHA-256(message)) over consensus bytes. The hash is signed as it is.
/// </summary>
public static class StructuredMessage
{
    /// <summary>The size of the hash in bytes.</summary>
    public const int HashSize = 32;

    private static ReadOnlySpan<byte> Prefix => "SIP018"u8;

    /// <summary>Writes the hash that a wallet signs; a destination under 32 bytes throws ArgumentException.</summary>
    public static void Hash(ClarityValue domain, ClarityValue message, Span<byte> hash32)
    {
        Span<byte> domainHash = stackalloc byte[HashSize];
        Digests.Sha256(ClarityWriter.ToBytes(domain), domainHash);
        Hash(domainHash, ClarityWriter.ToBytes(message), hash32);
    }

    /// <summary>The domain tuple of SIP-018: chain-id, name and version.</summary>
    public static ClarityValue.Tuple Domain(string name, string version, uint chainId) => new(
        ("name", new ClarityValue.StringAscii(name)),
        ("version", new ClarityValue.StringAscii(version)),
        ("chain-id", new ClarityValue.UInt(chainId)));

    internal static void Hash(ReadOnlySpan<byte> domainHash, ReadOnlySpan<byte> message, Span<byte> hash32)
    {
        Span<byte> input = stackalloc byte[6 + 2 * HashSize];
        Prefix.CopyTo(input);
        domainHash.CopyTo(input[6..]);
        Digests.Sha256(message, input[(6 + HashSize)..]);
        Digests.Sha256(input, hash32);
    }
}
