using OrderService.Stacks.Hashing;

namespace OrderService.Stacks.Addresses;

/// <summary>
/// c32check of SIP-005: base 32 without I, L, O and U, one version digit in front, and the first four bytes of
/// SHA-256(SHA-256(version ‖ data)) behind. Text here is without the leading <c>S</c> of an address.
/// </summary>
public static class C32
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int ChecksumBytes = 4;

    /// <summary>The longest data that is encoded or decoded, in bytes; addresses need 20.</summary>
    public const int DataMax = 64;

    /// <summary>Encodes a version of 0..31 and up to 64 bytes of data; a larger argument throws ArgumentOutOfRangeException.</summary>
    public static string Encode(byte version, ReadOnlySpan<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(version, (byte)31);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, DataMax);

        Span<byte> bytes = stackalloc byte[DataMax + ChecksumBytes];
        bytes = bytes[..(data.Length + ChecksumBytes)];
        data.CopyTo(bytes);
        Checksum(version, data, bytes[data.Length..]);

        Span<char> text = stackalloc char[(DataMax + ChecksumBytes) * 8 / 5 + DataMax + 2];
        var at = text.Length;
        int buffer = 0, bits = 0;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            buffer |= bytes[i] << bits;
            for (bits += 8; bits >= 5; bits -= 5, buffer >>= 5) text[--at] = Alphabet[buffer & 31];
        }
        if (bits > 0) text[--at] = Alphabet[buffer];
        while (at < text.Length && text[at] == '0') at++;
        for (var i = 0; i < bytes.Length && bytes[i] == 0; i++) text[--at] = '0';
        text[--at] = Alphabet[version];
        return new string(text[at..]);
    }

    /// <summary>
    /// Decodes into <paramref name="data"/> and answers its length. O reads as 0, I and L as 1; lower case, U, a wrong
    /// checksum and data that does not fit answer false.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> data, out byte version, out int length)
    {
        (version, length) = (0, 0);
        if (text.Length < 2 || text.Length > 2 * DataMax || Digit(text[0]) is not (>= 0 and var first)) return false;

        var digits = text[1..];
        Span<byte> bytes = stackalloc byte[2 * DataMax * 5 / 8 + 2 * DataMax];
        var at = bytes.Length;
        int buffer = 0, bits = 0;
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            if (Digit(digits[i]) is not (>= 0 and var digit)) return false;
            buffer |= digit << bits;
            for (bits += 5; bits >= 8; bits -= 8, buffer >>= 8) bytes[--at] = (byte)(buffer & 255);
        }
        if (buffer != 0) bytes[--at] = (byte)buffer;
        while (at < bytes.Length && bytes[at] == 0) at++;
        for (var i = 0; i < digits.Length && Digit(digits[i]) == 0; i++) bytes[--at] = 0;

        var decoded = bytes[at..];
        if (decoded.Length < ChecksumBytes || decoded.Length - ChecksumBytes > data.Length) return false;
        var payload = decoded[..^ChecksumBytes];
        Span<byte> checksum = stackalloc byte[ChecksumBytes];
        Checksum((byte)first, payload, checksum);
        if (!checksum.SequenceEqual(decoded[^ChecksumBytes..])) return false;

        payload.CopyTo(data);
        (version, length) = ((byte)first, payload.Length);
        return true;
    }

    private static void Checksum(byte version, ReadOnlySpan<byte> data, Span<byte> checksum)
    {
        Span<byte> input = stackalloc byte[1 + data.Length];
        input[0] = version;
        data.CopyTo(input[1..]);
        Span<byte> hash = stackalloc byte[32];
        Digests.Sha256(input, hash);
        Digests.Sha256(hash, hash);
        hash[..ChecksumBytes].CopyTo(checksum);
    }

    private static int Digit(char c) => c switch
    {
        'O' => 0,
        'I' or 'L' => 1,
        _ => Alphabet.IndexOf(c, StringComparison.Ordinal),
    };
}
