using Microsoft.Extensions.Options;
using OrderService.Domain;

namespace OrderService.Api.Wire;

/// <summary>Why a body is no JSON object.</summary>
internal enum BodyFaultKind
{
    /// <summary>There is none.</summary>
    Empty,

    /// <summary>It is JSON of another type.</summary>
    NotObject,

    /// <summary>It is not JSON, or deeper than it may be.</summary>
    NotJson,

    /// <summary>A name in it is no text.</summary>
    NameNotText,

    /// <summary>A name is given twice: two readers of one body must not see two orders.</summary>
    NameTwice,

    /// <summary>An order inside it is larger than an order may be: the byte is the last that it may have.</summary>
    EntryTooLarge,
}

/// <summary>What is wrong with a body as a whole: the name that it is about, or the line and byte, both from 1.</summary>
internal readonly record struct BodyFault(BodyFaultKind Kind, string? Name = null, long Line = 0, long Byte = 0);

/// <summary>How a dialect takes bodies: how deep, and how it tells what is wrong with one.</summary>
internal sealed record BodyStyle(int DepthMax, Func<BodyFault, OrderError> Malformed, Func<OrderError, IResult> Refuse)
{
    /// <summary>True where names given twice are refused at every depth; a body with records inside its record must be.</summary>
    public bool IsStrict { get; init; }

    /// <summary>The largest body; by default as large as an order may be.</summary>
    public Func<IServiceProvider, int> BytesMaxOf { get; init; } =
        services => services.GetRequiredService<IOptions<OrdersApiOptions>>().Value.BodyBytesMax;

    /// <summary>True where a member of a record inside the body may stand beside it under both names: <c>interval.value</c>.</summary>
    public bool TakesDotted { get; init; }

    /// <summary>True where a call may come without a body, which is one without members then.</summary>
    public bool IsOptional { get; init; }

    /// <summary>True where null stands for absence.</summary>
    public bool NullIsAbsent { get; init; }

    /// <summary>
    /// How an order inside the body is read, as a body of its own, with faults of its own; as this one where nothing is said.
    /// </summary>
    public BodyStyle? Entry { get; init; }

    /// <summary>Bytes that a client's own fields may take together, where they are kept: a setting, as the next.</summary>
    public int OthersBytesMax { get; init; }

    /// <summary>The largest order inside a body.</summary>
    public int EntryBytesMax { get; init; }

    /// <summary>The same where the settings are known.</summary>
    public BodyStyle By(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<OrdersApiOptions>>().Value;
        return this with { OthersBytesMax = options.ClientFieldsBytesMax, EntryBytesMax = options.BodyBytesMax };
    }

    /// <summary>As an order inside the body is read.</summary>
    public BodyStyle OfEntry => (Entry ?? this) with { OthersBytesMax = OthersBytesMax };
}
