using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.SwapCoffee;

/// <summary>How this dialect takes bodies.</summary>
internal static class SwapCoffeeBodies
{
    private static readonly OrderError.Malformed Malformed = new("Invalid request: the body must be a JSON object without repeated names");

    /// <summary>As orders are sent.</summary>
    public static BodyStyle Style { get; } = new(16, _ => Malformed, SwapCoffeeErrors.From)
    {
        IsStrict = true, NullIsAbsent = true,
        BytesMaxOf = services => services.GetRequiredService<IOptions<SwapCoffeeOptions>>().Value.BodyBytesMax,
    };

    /// <summary>As cells come back, which are larger than what they hold.</summary>
    public static BodyStyle CellStyle { get; } = Style with { BytesMaxOf = _ => DialectLimits.BodyMax };
}
