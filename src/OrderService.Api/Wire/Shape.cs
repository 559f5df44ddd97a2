namespace OrderService.Api.Wire;

/// <summary>
/// What a text or a number on the wire is. <see cref="Shapes"/> says of each how it is written, as the type that reads it takes it.
/// </summary>
internal enum Shape
{
    /// <summary>A count of a token's base units.</summary>
    BaseUnits,

    /// <summary>A decimal number with at most 18 fractional digits.</summary>
    Price,

    /// <summary>A decimal amount of whole tokens.</summary>
    WholeTokens,

    /// <summary>A Stacks address.</summary>
    Address,

    /// <summary>A Stacks address or the contract of one.</summary>
    Principal,

    /// <summary>The id of a contract.</summary>
    Contract,

    /// <summary>A contract id or <c>.stx</c>, and <c>USD</c> where a price is meant.</summary>
    Token,

    /// <summary>A token to wait for, or <c>*</c>.</summary>
    Condition,

    /// <summary>A uuid with hyphens.</summary>
    Uuid,

    /// <summary>32 hex digits.</summary>
    HexId,

    /// <summary>A date and time in UTC.</summary>
    Moment,

    /// <summary>A date and time in UTC as a client may spell it: with the minutes at least.</summary>
    GivenMoment,

    /// <summary>65 bytes of a signature in hex.</summary>
    Signature,

    /// <summary>A transaction's id: 64 hex digits.</summary>
    TxId,

    /// <summary>Hundredths of a per cent.</summary>
    BasisPoints,

    /// <summary>Per cent with at most two decimals, as a number or as text.</summary>
    PerCent,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>An object whose members are the client's.</summary>
    Fields,

    /// <summary>A whole number of 32 bits, as a number.</summary>
    Whole,

    /// <summary>A decimal, as a number.</summary>
    Number,

    /// <summary>A decimal, as a number or as text.</summary>
    LooseNumber,

    /// <summary>A decimal as a number or as text, or Infinity.</summary>
    RateMax,

    /// <summary>Per cent as a number or as text, or auto.</summary>
    Slippage,

    /// <summary>A decimal as a number or as text, or an expression.</summary>
    Expression,

    /// <summary>A date and time, or Unix milliseconds.</summary>
    LooseMoment,

    /// <summary>A whole number, as a number or as text.</summary>
    LooseWhole,

    /// <summary>A count of base units as a number as far as 2^53, and as text beyond.</summary>
    LooseUnits,
}

/// <summary>Says which shape a text or number of a record has; of a list, each of its entries.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IsAttribute(Shape shape) : Attribute
{
    /// <summary>The shape.</summary>
    public Shape Shape => shape;
}

/// <summary>The whole numbers that a field takes, both ends included: the constants that its reader compares with.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BoundsAttribute(long min, long max = long.MaxValue) : Attribute
{
    /// <summary>The least.</summary>
    public long Min => min;

    /// <summary>The most; none where it is the largest of all.</summary>
    public long? Max => max == long.MaxValue ? null : max;
}

/// <summary>
/// The decimals that a field takes, in thousandths: the constants that its reader compares with. The least is not one of them where it is a
/// mark to be above.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ThousandthsAttribute(int min, int max, bool isAbove = false) : Attribute
{
    /// <summary>The least.</summary>
    public decimal Min => min / 1_000m;

    /// <summary>The most.</summary>
    public decimal Max => max / 1_000m;

    /// <summary>True where the field must be above the least.</summary>
    public bool IsAbove => isAbove;
}

/// <summary>How many characters a text has, or entries a list.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CountAttribute(int min, int max) : Attribute
{
    /// <summary>The least.</summary>
    public int Min => min;

    /// <summary>The most.</summary>
    public int Max => max;
}

/// <summary>The words that a field has, and no other.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WordsAttribute(params string[] words) : Attribute
{
    /// <summary>The words.</summary>
    public IReadOnlyList<string> Words => words;
}

/// <summary>
/// Says that a member, or every member of a record, is always there, as <c>required</c> does, where the record is made in two steps.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class, Inherited = false)]
internal sealed class AlwaysAttribute : Attribute;

/// <summary>Says that a member is null where it has no value, though it is not always there.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OrNullAttribute : Attribute;
