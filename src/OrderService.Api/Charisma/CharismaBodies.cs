using System.Diagnostics;
using OrderService.Api.Charisma.Bulk;
using OrderService.Api.Charisma.Groups;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Charisma;

/// <summary>How this dialect takes bodies.</summary>
internal static class CharismaBodies
{
    private const int DepthMax = 32;
    private const int CallDepthMax = 16;
    private const int SeveralDepthMax = 64; // each order is read again by the stricter rules of one

    /// <summary>A client's own fields may be as they like inside, so that only the names of the body itself are compared.</summary>
    public static BodyStyle Style { get; } = Of(DepthMax);

    /// <summary>A batch of orders, each read as the body of one is.</summary>
    public static BodyStyle BatchStyle { get; } = Of(SeveralDepthMax) with { Entry = Style, BytesMaxOf = _ => NewBatchRecord.BytesMax };

    /// <summary>A group of orders.</summary>
    public static BodyStyle GroupStyle { get; } = BatchStyle with { BytesMaxOf = _ => GroupBody.BytesMax };

    /// <summary>A call that has an order in it beside its proof.</summary>
    public static BodyStyle ReplaceStyle { get; } = BatchStyle with { BytesMaxOf = _ => DialectLimits.BodyMax };

    /// <summary>
    /// A call that is proven by what a wallet signed, or says what it asks for beside a key; then there may be nothing to say.
    /// </summary>
    public static BodyStyle CallStyle { get; } = Of(CallDepthMax) with
    {
        IsStrict = true, NullIsAbsent = true, IsOptional = true, BytesMaxOf = _ => DialectLimits.BodyMax,
    };

    private static BodyStyle Of(int depthMax) =>
        new(depthMax, fault => new OrderError.Malformed($"Invalid request: {ProblemOf(fault, depthMax)}"), CharismaErrors.From);

    private static string ProblemOf(BodyFault fault, int depthMax) => fault.Kind switch
    {
        BodyFaultKind.Empty => "the body is empty",
        BodyFaultKind.NotObject => "the body must be a JSON object",
        BodyFaultKind.NotJson => $"the body is not JSON of at most {depthMax} levels (line {fault.Line}, byte {fault.Byte})",
        BodyFaultKind.NameNotText => "a field's name is not valid text",
        BodyFaultKind.NameTwice => $"the field {fault.Name} is given twice",
        BodyFaultKind.EntryTooLarge => $"an order is larger than {fault.Byte} bytes",
        _ => throw new UnreachableException($"no words for a body that is {fault.Kind}"),
    };
}
