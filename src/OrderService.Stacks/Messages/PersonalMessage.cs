using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using OrderService.Stacks.Hashing;

namespace OrderService.Stacks.Messages;

/// <summary>
/// Plain text as Stacks wallets sign it: SHA-256("\x17Stacks Signed Message:\n" ‖ Bitcoin varint of the length in bytes ‖ UTF-8). The older
/// prefix "\x18Stacks Message Signing:\n" is not accepted: it would give every text a second signature.
/// </summary>
public static class PersonalMessage
{
    private static ReadOnlySpan<byte> Prefix => "\u0017Stacks Signed Message:\n"u8;

    /// <summary>
    /// Writes the hash that a wallet signs. A lone surrogate counts as U+FFFD, as in browsers; a destination under 32 bytes throws
    /// ArgumentException.
    /// </summary>
    public static void Hash(string message, Span<byte> hash32)
    {
        var size = Prefix.Length + 9 + Encoding.UTF8.GetByteCount(message);
        var rented = size > 1024 ? ArrayPool<byte>.Shared.Rent(size) : null;
        var input = rented ?? stackalloc byte[1024];

        Prefix.CopyTo(input);
        var at = Prefix.Length;
        at += WriteVarint(input[at..], Encoding.UTF8.GetByteCount(message));
        at += Encoding.UTF8.GetBytes(message, input[at..]);
        Digests.Sha256(input[..at], hash32);

        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    // A string is shorter than 4 GiB, so the nine-byte form cannot occur.
    private static int WriteVarint(Span<byte> destination, int value)
    {
        switch (value)
        {
            case < 0xfd:
                destination[0] = (byte)value;
                return 1;
            case <= ushort.MaxValue:
                destination[0] = 0xfd;
                BinaryPrimitives.WriteUInt16LittleEndian(destination[1..], (ushort)value);
                return 3;
            default:
                destination[0] = 0xfe;
                BinaryPrimitives.WriteInt32LittleEndian(destination[1..], value);
                return 5;
        }
    }
}
