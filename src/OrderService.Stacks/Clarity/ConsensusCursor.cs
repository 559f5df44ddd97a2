using System.Buffers.Binary;
using System.Text;
using OrderService.Stacks.Addresses;

namespace OrderService.Stacks.Clarity;

// Writes consensus bytes onto a span that is large enough, without a value tree; big-endian throughout (SIP-005).
internal ref struct ConsensusCursor(Span<byte> destination)
{
    private readonly Span<byte> destination = destination;

    public int Written { get; private set; }

    public void Type(ClarityType type) => destination[Written++] = (byte)type;

    public void Length(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(destination[Written..], length);
        Written += 4;
    }

    public void Integer(ClarityType type, UInt128 bits)
    {
        Type(type);
        BinaryPrimitives.WriteUInt128BigEndian(destination[Written..], bits);
        Written += 16;
    }

    public void Name(string name)
    {
        destination[Written++] = (byte)name.Length;
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
        destination[Written++] = principal.Address.Version;
        principal.Address.Hash.CopyTo(destination[Written..]);
        Written += Hash160.Size;
        if (principal.IsContract) Name(principal.ContractName);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(destination[Written..]);
        Written += bytes.Length;
    }

    private void Raw(string ascii) => Written += Encoding.ASCII.GetBytes(ascii, destination[Written..]);
}
