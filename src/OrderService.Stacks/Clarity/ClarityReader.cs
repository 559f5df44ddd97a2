using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Crypto;
using static OrderService.Stacks.Clarity.ConsensusSource;

namespace OrderService.Stacks.Clarity;

/// <summary>
/// Reads the consensus serialization of SIP-005. Every bad input answers false: unknown types, short or trailing bytes, text that is not
/// what its type says, tuples whose names are not in ascending order without repetition, and more than the two limits.
/// </summary>
public static class ClarityReader
{
    /// <summary>The largest input, in bytes.</summary>
    public const int SizeMax = 1 << 20;

    /// <summary>How many values may stand around the innermost one, itself included.</summary>
    public const int DepthMax = 16;

    /// <summary>Reads exactly one value that fills the bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ClarityValue? value)
    {
        value = null;
        return bytes.Length <= SizeMax && TryTake(ref bytes, out value) && bytes.IsEmpty;
    }

    /// <summary>Reads exactly one value of this type that fills the bytes; another type answers false.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out T? value) where T : ClarityValue
    {
        value = TryRead(bytes, out var any) ? any as T : null;
        return value is not null;
    }

    /// <summary>Reads hex digits, with or without 0x, as a node's HTTP API gives them.</summary>
    public static bool TryReadHex(string? hex, [NotNullWhen(true)] out ClarityValue? value)
    {
        value = null;
        var digits = hex.AsSpan();
        if (digits.StartsWith("0x", StringComparison.Ordinal)) digits = digits[2..];
        if (digits.Length > 2 * SizeMax) return false;

        var bytes = new byte[digits.Length / 2];
        return Hex.TryRead(digits, bytes) && TryRead(bytes, out value);
    }

    // Reads the value at the start and moves past it; the caller bounds the bytes.
    internal static bool TryTake(ref ReadOnlySpan<byte> rest, [NotNullWhen(true)] out ClarityValue? value) =>
        TryValue(ref rest, 1, out value);

    private static bool TryValue(ref ReadOnlySpan<byte> rest, int depth, [NotNullWhen(true)] out ClarityValue? value)
    {
        value = null;
        if (depth > DepthMax || !Take(ref rest, 1, out var type)) return false;

        value = (ClarityType)type[0] switch
        {
            ClarityType.Int when Take(ref rest, 16, out var number) => new ClarityValue.Int(BinaryPrimitives.ReadInt128BigEndian(number)),
            ClarityType.UInt when Take(ref rest, 16, out var number) =>
                new ClarityValue.UInt(BinaryPrimitives.ReadUInt128BigEndian(number)),
            ClarityType.Buffer when TakeSized(ref rest, out var bytes) => new ClarityValue.Buffer(bytes.ToArray()),
            ClarityType.True => new ClarityValue.Bool(true),
            ClarityType.False => new ClarityValue.Bool(false),
            ClarityType.StandardPrincipal => ReadPrincipal(ref rest, isContract: false),
            ClarityType.ContractPrincipal => ReadPrincipal(ref rest, isContract: true),
            ClarityType.Ok when TryValue(ref rest, depth + 1, out var inner) => new ClarityValue.Ok(inner),
            ClarityType.Err when TryValue(ref rest, depth + 1, out var inner) => new ClarityValue.Err(inner),
            ClarityType.None => new ClarityValue.None(),
            ClarityType.Some when TryValue(ref rest, depth + 1, out var inner) => new ClarityValue.Some(inner),
            ClarityType.List => ReadList(ref rest, depth),
            ClarityType.Tuple => ReadTuple(ref rest, depth),
            ClarityType.StringAscii when TakeSized(ref rest, out var bytes) => ReadAscii(bytes),
            ClarityType.StringUtf8 when TakeSized(ref rest, out var bytes) => ReadUtf8(bytes),
            _ => null,
        };
        return value is not null;
    }

    private static ClarityValue.PrincipalValue? ReadPrincipal(ref ReadOnlySpan<byte> rest, bool isContract)
    {
        if (isContract) return TakeContract(ref rest, out var contract) ? new(Principal.From(contract)) : null;
        return TakeAddress(ref rest, out var address) ? new(Principal.From(address)) : null;
    }

    private static ClarityValue.List? ReadList(ref ReadOnlySpan<byte> rest, int depth)
    {
        // Each item takes at least a byte, so a count above what is left is a lie and reserves nothing.
        if (!TakeLength(ref rest, out var count) || count > rest.Length) return null;
        var items = new List<ClarityValue>();
        for (var i = 0; i < count; i++)
        {
            if (!TryValue(ref rest, depth + 1, out var item)) return null;
            items.Add(item);
        }
        return new(items);
    }

    private static ClarityValue.Tuple? ReadTuple(ref ReadOnlySpan<byte> rest, int depth)
    {
        if (!TakeLength(ref rest, out var count) || count == 0 || count > rest.Length) return null;
        var entries = new List<TupleEntry>();
        for (var i = 0; i < count; i++)
        {
            if (!TakeClarityName(ref rest, out var name)) return null;
            if (i > 0 && string.CompareOrdinal(entries[^1].Name, name) >= 0) return null;
            if (!TryValue(ref rest, depth + 1, out var value)) return null;
            entries.Add(new(name, value));
        }
        return new(entries);
    }

    private static ClarityValue.StringAscii? ReadAscii(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        return ClarityText.IsAscii(text) ? new(text) : null;
    }

    private static ClarityValue.StringUtf8? ReadUtf8(ReadOnlySpan<byte> bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? new(Encoding.UTF8.GetString(bytes)) : null;
}
