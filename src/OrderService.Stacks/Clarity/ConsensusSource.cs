using System.Buffers.Binary;
using System.Text;
using OrderService.Stacks.Addresses;

namespace OrderService.Stacks.Clarity;

// Takes consensus bytes from the front of a span and moves it past them; big-endian throughout (SIP-005). What is not whole, or not what it
// should be, answers false, and the span is of no further use.
internal static class ConsensusSource
{
    public static bool TakeContract(ref ReadOnlySpan<byte> rest, out ContractId contract)
    {
        var isContract = TakeAddress(ref rest, out var issuer) & TakeName(ref rest, out var name) && ContractId.IsName(name);
        contract = isContract ? new(issuer, name) : default;
        return isContract;
    }

    public static bool TakeAddress(ref ReadOnlySpan<byte> rest, out StacksAddress address)
    {
        var isAddress = Take(ref rest, 1 + Hash160.Size, out var bytes) && StacksAddress.IsVersion(bytes[0]);
        address = isAddress ? new(bytes[0], Hash160.FromBytes(bytes[1..])) : default;
        return isAddress;
    }

    public static bool TakeClarityName(ref ReadOnlySpan<byte> rest, out string name) =>
        TakeName(ref rest, out name) && ClarityText.IsName(name);

    public static bool TakeByte(ref ReadOnlySpan<byte> rest, out byte value)
    {
        var isWhole = Take(ref rest, 1, out var bytes);
        value = isWhole ? bytes[0] : (byte)0;
        return isWhole;
    }

    public static bool TakeNumber(ref ReadOnlySpan<byte> rest, out ulong value)
    {
        var isWhole = Take(ref rest, 8, out var bytes);
        value = isWhole ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : 0;
        return isWhole;
    }

    public static bool TakeName(ref ReadOnlySpan<byte> rest, out string name)
    {
        var isWhole = Take(ref rest, 1, out var length) & Take(ref rest, length.IsEmpty ? 0 : length[0], out var bytes);
        name = Encoding.Latin1.GetString(bytes);
        return isWhole;
    }

    public static bool TakeSized(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        return TakeLength(ref rest, out var length) && Take(ref rest, length, out taken);
    }

    public static bool TakeLength(ref ReadOnlySpan<byte> rest, out int length)
    {
        length = Take(ref rest, 4, out var bytes) ? BinaryPrimitives.ReadInt32BigEndian(bytes) : -1;
        return length >= 0;
    }

    public static bool Take(ref ReadOnlySpan<byte> rest, int length, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (length > rest.Length) return false;
        taken = rest[..length];
        rest = rest[length..];
        return true;
    }
}
