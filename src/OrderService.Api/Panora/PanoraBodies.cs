using System.Diagnostics;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Panora;

/// <summary>How this dialect takes bodies.</summary>
internal static class PanoraBodies
{
    private const int DepthMax = 16;

    /// <summary>As orders are sent.</summary>
    public static BodyStyle Style { get; } = new(DepthMax, fault => new OrderError.Malformed($"Invalid request: {ProblemOf(fault)}"),
        PanoraErrors.From) { IsStrict = true, NullIsAbsent = true, TakesDotted = true };

    /// <summary>As orders are asked for: the table of the contract heads it POST, and all of its samples send a query.</summary>
    public static BodyStyle QueryStyle { get; } = Style with { IsOptional = true };

    private static string ProblemOf(BodyFault fault) => fault.Kind switch
    {
        BodyFaultKind.Empty => "the body is empty",
        BodyFaultKind.NotObject => "the body must be a JSON object",
        BodyFaultKind.NotJson =>
            $"the body is not JSON of at most {DepthMax} levels without names given twice (line {fault.Line}, byte {fault.Byte})",
        BodyFaultKind.NameNotText => "a name in the body is no text",
        BodyFaultKind.NameTwice => $"the field {fault.Name} is given twice",
        _ => throw new UnreachableException($"no words for a body that is {fault.Kind}"),
    };
}
