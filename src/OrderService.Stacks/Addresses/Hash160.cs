using System.Buffers.Binary;

namespace OrderService.Stacks.Addresses;

/// <summary>
/// The 20 bytes of RIPEMD-160(SHA-256(public key)), kept by value without the heap. Prints as 40 lower-case hex digits.
/// </summary>
public readonly record struct Hash160
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 20;

    private readonly ulong high;
    private readonly ulong middle;
    private readonly uint low;

    private Hash160(ulong high, ulong middle, uint low) => (this.high, this.middle, this.low) = (high, middle, low);

    /// <summary>Takes exactly 20 bytes; another length throws ArgumentException.</summary>
    public static Hash160 FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size) throw new ArgumentException("A hash160 is 20 bytes.", nameof(bytes));
        return new(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]));
    }

    /// <summary>Writes the 20 bytes at the start of <paramref name="destination"/>; a shorter one throws.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], middle);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], low);
    }

    /// <summary>40 lower-case hex digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
