using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using OrderService.Stacks.Addresses;

namespace OrderService.Domain.Orders;

/// <summary>
/// Which of a store's partitions holds an owner's orders: the first 8 bytes of SHA-256 of the address's text, as a big-endian number,
/// modulo how many there are. It is the same for ever: orders are found by it.
/// </summary>
public static class OwnerPartition
{
    /// <summary>The number of the partition, from 0.</summary>
    public static int Of(StacksAddress owner, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (count == 1) return 0;
        Span<byte> text = stackalloc byte[StacksAddress.TextMax];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.ASCII.GetBytes(owner.ToString(), text)], hash);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % (ulong)count);
    }
}
