using System.Diagnostics.CodeAnalysis;
using OrderService.Stacks.Addresses;

namespace OrderService.Stacks.Clarity;

/// <summary>
/// A value of the Clarity language (SIP-002), one nested case per type; equal where type and content are equal. Constructors refuse
/// with ArgumentException what the language cannot hold. Lists are not checked to be of one type.
/// </summary>
public abstract record ClarityValue
{
    private ClarityValue() { }

    /// <summary>The value as Clarity writes it: <c>u1</c>, <c>0x00</c>, <c>(some true)</c>, <c>{a: u1}</c>.</summary>
    public sealed override string ToString() => ClarityRepr.Render(this);

    /// <summary>A signed integer of 128 bits.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "The language names its types so.")]
    public sealed record Int(Int128 Value) : ClarityValue;

    /// <summary>An unsigned integer of 128 bits.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "The language names its types so.")]
    public sealed record UInt(UInt128 Value) : ClarityValue;

    /// <summary>True or false.</summary>
    public sealed record Bool(bool Value) : ClarityValue;

    /// <summary>Bytes; the memory must not change afterwards.</summary>
    public sealed record Buffer(ReadOnlyMemory<byte> Bytes) : ClarityValue
    {
        /// <inheritdoc/>
        public bool Equals(Buffer? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.AddBytes(Bytes.Span);
            return hash.ToHashCode();
        }
    }

    /// <summary>An address or a contract.</summary>
    public sealed record PrincipalValue(Principal Value) : ClarityValue;

    /// <summary>A response that succeeded.</summary>
    public sealed record Ok(ClarityValue Value) : ClarityValue;

    /// <summary>A response that failed.</summary>
    public sealed record Err(ClarityValue Value) : ClarityValue;

    /// <summary>An absent optional.</summary>
    public sealed record None : ClarityValue;

    /// <summary>A present optional.</summary>
    public sealed record Some(ClarityValue Value) : ClarityValue;

    /// <summary>Values in order.</summary>
    public sealed record List(IReadOnlyList<ClarityValue> Items) : ClarityValue
    {
        /// <inheritdoc/>
        public bool Equals(List? other) => other is not null && Items.SequenceEqual(other.Items);

        /// <inheritdoc/>
        public override int GetHashCode() => Items.Aggregate(Items.Count, HashCode.Combine);
    }

    /// <summary>Named values, at least one, each name once; kept in the order of their names' bytes whatever the order given.</summary>
    public sealed record Tuple(params IReadOnlyList<TupleEntry> Entries) : ClarityValue
    {
        /// <summary>The entries in the order of their names' bytes.</summary>
        public IReadOnlyList<TupleEntry> Entries { get; } = TupleEntry.Sorted(Entries);

        /// <summary>The value of a name, or null.</summary>
        public ClarityValue? this[string name] => Entries.FirstOrDefault(entry => entry.Name == name).Value;

        /// <inheritdoc/>
        public bool Equals(Tuple? other) => other is not null && Entries.SequenceEqual(other.Entries);

        /// <inheritdoc/>
        public override int GetHashCode() => Entries.Aggregate(Entries.Count, HashCode.Combine);
    }

    /// <summary>Text of printable ASCII and ASCII white space.</summary>
    public sealed record StringAscii(string Value) : ClarityValue
    {
        /// <summary>The text.</summary>
        public string Value { get; } = ClarityText.IsAscii(Value)
            ? Value : throw new ArgumentException("Not a Clarity ASCII string.", nameof(Value));
    }

    /// <summary>Unicode text without lone surrogates.</summary>
    public sealed record StringUtf8(string Value) : ClarityValue
    {
        /// <summary>The text.</summary>
        public string Value { get; } = ClarityText.IsUnicode(Value)
            ? Value : throw new ArgumentException("A surrogate stands alone.", nameof(Value));
    }

    /// <summary>(some uN), or none for null.</summary>
    public static ClarityValue Optional(UInt128? value) => value is { } present ? new Some(new UInt(present)) : new None();

    /// <summary>(some …), or none for null.</summary>
    public static ClarityValue Optional(ClarityValue? value) => value is null ? new None() : new Some(value);
}
