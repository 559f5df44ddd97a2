using System.Diagnostics;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Charisma;

/// <summary>How this dialect takes bodies.</summary>
internal static class CharismaBodies
{
    private const int DepthMax = 32;

    /// <summary>A client's own fields may be as they like inside, so that only the names of the body itself are compared.</summary>
    public static BodyStyle Style { get; } = new(DepthMax, fault => new OrderError.Malformed($"Invalid request: {ProblemOf(fault)}"), CharismaErrors.From);

    private static string ProblemOf(BodyFault fault) => fault.Kind switch
    {
        BodyFaultKind.Empty => "the body is empty",
        BodyFaultKind.NotObject => "the body must be a JSON object",
        BodyFaultKind.NotJson => $"the body is not JSON of at most {DepthMax} levels (line {fault.Line}, byte {fault.Byte})",
        BodyFaultKind.NameNotText => "a field's name is not valid text",
        BodyFaultKind.NameTwice => $"the field {fault.Name} is given twice",
        _ => throw new UnreachableException($"no words for a body that is {fault.Kind}"),
    };
}
