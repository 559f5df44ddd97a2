using System.Diagnostics.CodeAnalysis;
using OrderService.Domain.Orders;

namespace OrderService.Api.Charisma;

/// <summary>The wire words of <see cref="TimeInForce"/>.</summary>
internal static class TimeInForceText
{
    /// <summary>Reads exactly the three words.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TimeInForce timeInForce)
    {
        timeInForce = text switch { "gtt" => TimeInForce.Gtt, "ioc" => TimeInForce.Ioc, _ => TimeInForce.Gtc };
        return text is "gtc" or "gtt" or "ioc";
    }

    /// <summary>The word.</summary>
    public static string Of(TimeInForce timeInForce) =>
        timeInForce switch { TimeInForce.Gtt => "gtt", TimeInForce.Ioc => "ioc", _ => "gtc" };
}
