using OrderService.Domain.Amounts;

namespace OrderService.Domain.Scheduling;

/// <summary>How an amount is divided into parts, exactly.</summary>
public static class AmountSplit
{
    /// <summary>
    /// Parts of ⌊total/parts⌋, the last one with the dust on top, so that they sum to the total. Refused where a part would be nothing.
    /// </summary>
    public static Result<IReadOnlyList<TokenAmount>> OfTotal(TokenAmount total, int parts)
    {
        var (each, dust) = UInt128.DivRem(total.Units, (UInt128)parts);
        if (each == 0) return new OrderError.Field("amountIn", "is too small for so many parts: a part would be nothing", "part_too_small");
        var amounts = new TokenAmount[parts];
        Array.Fill(amounts, new TokenAmount(each));
        amounts[^1] = new TokenAmount(each + dust);
        return amounts;
    }

    /// <summary>The amount of one of these parts, 0 for the first: the same as <see cref="OfTotal"/> gives.</summary>
    public static TokenAmount PartOf(TokenAmount total, int parts, int part)
    {
        var (each, dust) = UInt128.DivRem(total.Units, (UInt128)parts);
        return new TokenAmount(part == parts - 1 ? each + dust : each);
    }

    /// <summary>The total of equal parts; refused where it exceeds 2^128-1. Split again it gives exactly these parts.</summary>
    public static Result<TokenAmount> TotalOf(TokenAmount each, int parts) =>
        each.MulDivFloor((UInt128)parts, 1) is { } total
            ? total : new OrderError.Field("amountIn", "is more than any token has", "amount_too_large");
}
