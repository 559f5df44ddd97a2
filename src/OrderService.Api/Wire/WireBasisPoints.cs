using System.Text.Json;
using OrderService.Domain.Amounts;

namespace OrderService.Api.Wire;

/// <summary>Basis points as bodies have them: every JSON spelling of a number by its value, exactly.</summary>
internal static class WireBasisPoints
{
    /// <summary>A number of them.</summary>
    public static bool TryReadCount(WireValue value, out BasisPoints read)
    {
        read = default;
        return value.Type == JsonTokenType.Number && TryRead(value.Text, decimals: 0, out read);
    }

    /// <summary>The same in per cent, as a number or as text, as other services take it.</summary>
    public static bool TryReadPercent(WireValue value, out BasisPoints read) => TryRead(value.Text, decimals: 2, out read);

    private static bool TryRead(string? text, int decimals, out BasisPoints read)
    {
        read = default;
        return WireNumber.TryParse(text, out var number) && number.TryBasisPoints(decimals, out var bps) && bps >= BasisPoints.Min
            && bps <= BasisPoints.Max && BasisPoints.TryCreate((int)bps, out read);
    }
}
