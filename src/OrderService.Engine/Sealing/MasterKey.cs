using System.Security.Cryptography;
using System.Text;

namespace OrderService.Engine.Sealing;

/// <summary>32 secret bytes that encrypt the accounts' keys. Parsed from 64 hex digits; it never prints itself.</summary>
internal sealed class MasterKey
{
    public const int Size = 32;

    private readonly byte[] _bytes;

    private MasterKey(byte[] bytes)
    {
        _bytes = bytes;
        Id = Convert.ToHexStringLower(Derive("id")[..8]);
        CheckValue = Derive("check");
    }

    /// <summary>16 hex digits that tell one master key from another and nothing else.</summary>
    public string Id { get; }

    /// <summary>32 bytes that only this key gives.</summary>
    public byte[] CheckValue { get; }

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>A fresh one from the system's random numbers.</summary>
    public static MasterKey Generate() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Reads 64 hex digits; white space around them is no part of the key.</summary>
    public static MasterKey? Parse(string text)
    {
        var digits = text.AsSpan().Trim();
        if (digits.Length != 2 * Size) return null;
        var bytes = new byte[Size];
        return Convert.FromHexString(digits, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == Size
            ? new MasterKey(bytes) : null;
    }

    /// <summary>The digits, for the one file that keeps them.</summary>
    public string Reveal() => Convert.ToHexStringLower(_bytes);

    /// <summary>A fixed text.</summary>
    public override string ToString() => "(master key)";

    private byte[] Derive(string purpose) => HMACSHA256.HashData(_bytes, Encoding.ASCII.GetBytes($"order-service/master-key/{purpose}"));
}
