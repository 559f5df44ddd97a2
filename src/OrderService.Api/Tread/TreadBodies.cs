using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Tread;

/// <summary>
/// How this wire takes bodies: an object whose names are told apart at every depth, in which null is absent. Of one that is none it says no
/// more than that.
/// </summary>
internal static class TreadBodies
{
    private const int DepthMax = 16;

    private static readonly OrderError.Malformed Malformed = new("the body is no JSON object");

    /// <summary>As most calls are sent.</summary>
    public static BodyStyle Style { get; } = new(DepthMax, _ => Malformed, _ => TreadFaults.BadBody)
    {
        IsStrict = true, NullIsAbsent = true,
    };

    /// <summary>As orders are sent.</summary>
    public static BodyStyle OrderStyle { get; } = Style with { Refuse = _ => PostOrder.NoObject };

    /// <summary>As calls are sent that can do without a body.</summary>
    public static BodyStyle OptionalStyle { get; } = Style with { IsOptional = true };
}
