using System.Buffers.Binary;
using System.Text;
using OrderService.Stacks.Addresses;

namespace OrderService.Stacks.Clarity;

// Writes consensus bytes onto a span that is large enough, without a value tree; big-endian throughout (SIP-005).
internal ref struct ConsensusCursor(Span<byte> destination)
{
    private readonly Span<byte> destination = destination;

    public int Written { get; private set; }

    public void Type(ClarityType type) => Byte((byte)type);

    public void Byte(byte value) => destination[Written++] = value;

    public void Length(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(destination[Written..], length);
        Written += 4;
    }

    public void Number(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination[Written..], value);
        Written += 8;
    }

    public void Integer(ClarityType type, UInt128 bits)
    {
        Type(type);
        BinaryPrimitives.WriteUInt128BigEndian(destination[Written..], bits);
        Written += 16;
    }

    public void Name(string name)
    {
        Byte((byte)name.Length);
        Raw(name);
    }

    public void Ascii(string text)
    {
        Type(ClarityType.StringAscii);
        Length(text.Length);
        Raw(text);
    }

    public void Principal(Principal principal)
    {
        Type(principal.IsContract ? ClarityType.ContractPrincipal : ClarityType.StandardPrincipal);
        Address(principal.Address);
        if (principal.IsContract) Name(principal.ContractName);
    }

    public void Address(StacksAddress address)
    {
        Byte(address.Version);
        Hash(address.Hash);
    }

    public void Hash(Hash160 hash)
    {
        hash.CopyTo(destination[Written..]);
        Written += Hash160.Size;
    }

    public void Bytes(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(destination[Written..]);
        Written += bytes.Length;
    }

    private void Raw(string ascii) => Written += Encoding.ASCII.GetBytes(ascii, destination[Written..]);
}
