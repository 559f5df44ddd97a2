using System.Security.Cryptography;
using System.Text;

namespace OrderService.Api.Tread;

/// <summary>
/// Ids that are computed, so that they are the same each time they are asked for: UUIDs of version 5 (RFC 9562 §5.5) with the order's id as
/// their namespace.
/// </summary>
internal static class StableId
{
    /// <summary>The id of a thing of an order.</summary>
    public static Guid Of(Guid order, string name)
    {
        Span<byte> input = stackalloc byte[16 + Encoding.UTF8.GetByteCount(name)];
        order.TryWriteBytes(input, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, input[16..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // the version of the UUID says SHA-1; nothing rests on it but that equal names give equal ids
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
