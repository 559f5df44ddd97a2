using System.Buffers;
using System.Diagnostics;

namespace OrderService.Stacks.Clarity;

/// <summary>Writes values in the consensus serialization of SIP-005, the bytes that are signed and sent on chain.</summary>
public static class ClarityWriter
{
    /// <summary>The bytes of one value.</summary>
    public static byte[] ToBytes(ClarityValue value)
    {
        var writer = new ArrayBufferWriter<byte>();
        Write(value, writer);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Appends the bytes of one value.</summary>
    public static void Write(ClarityValue value, IBufferWriter<byte> writer)
    {
        switch (value)
        {
            case ClarityValue.Ok(var inner): Wrapped(ClarityType.Ok, inner, writer); return;
            case ClarityValue.Err(var inner): Wrapped(ClarityType.Err, inner, writer); return;
            case ClarityValue.Some(var inner): Wrapped(ClarityType.Some, inner, writer); return;
            case ClarityValue.List(var items):
                Header(ClarityType.List, items.Count, writer);
                foreach (var item in items) Write(item, writer);
                return;
            case ClarityValue.Tuple tuple:
                Header(ClarityType.Tuple, tuple.Entries.Count, writer);
                foreach (var (name, inner) in tuple.Entries)
                {
                    var cursor = new ConsensusCursor(writer.GetSpan(1 + name.Length));
                    cursor.Name(name);
                    writer.Advance(cursor.Written);
                    Write(inner, writer);
                }
                return;
            default: Leaf(value, writer); return;
        }
    }

    private static void Leaf(ClarityValue value, IBufferWriter<byte> writer)
    {
        var cursor = new ConsensusCursor(writer.GetSpan(SizeOf(value)));
        switch (value)
        {
            case ClarityValue.Int(var number): cursor.Integer(ClarityType.Int, unchecked((UInt128)number)); break;
            case ClarityValue.UInt(var number): cursor.Integer(ClarityType.UInt, number); break;
            case ClarityValue.Bool(var truth): cursor.Type(truth ? ClarityType.True : ClarityType.False); break;
            case ClarityValue.None: cursor.Type(ClarityType.None); break;
            case ClarityValue.PrincipalValue(var principal): cursor.Principal(principal); break;
            case ClarityValue.StringAscii text: cursor.Ascii(text.Value); break;
            case ClarityValue.Buffer(var bytes):
                cursor.Type(ClarityType.Buffer);
                cursor.Length(bytes.Length);
                cursor.Bytes(bytes.Span);
                break;
            case ClarityValue.StringUtf8 text:
                var utf8 = ClarityText.Utf8.GetBytes(text.Value);
                cursor.Type(ClarityType.StringUtf8);
                cursor.Length(utf8.Length);
                cursor.Bytes(utf8);
                break;
            default: throw new UnreachableException(value.GetType().Name);
        }
        writer.Advance(cursor.Written);
    }

    private static int SizeOf(ClarityValue leaf) => 5 + leaf switch
    {
        ClarityValue.Buffer(var bytes) => bytes.Length,
        ClarityValue.StringAscii text => text.Value.Length,
        ClarityValue.StringUtf8 text => ClarityText.Utf8.GetByteCount(text.Value),
        _ => 64,
    };

    private static void Wrapped(ClarityType type, ClarityValue inner, IBufferWriter<byte> writer)
    {
        writer.GetSpan(1)[0] = (byte)type;
        writer.Advance(1);
        Write(inner, writer);
    }

    private static void Header(ClarityType type, int count, IBufferWriter<byte> writer)
    {
        var cursor = new ConsensusCursor(writer.GetSpan(5));
        cursor.Type(type);
        cursor.Length(count);
        writer.Advance(cursor.Written);
    }
}
