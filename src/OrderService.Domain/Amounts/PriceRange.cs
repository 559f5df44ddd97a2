namespace OrderService.Domain.Amounts;

/// <summary>The price side of a slice's box: inclusive bounds, either of which may be absent.</summary>
public readonly record struct PriceRange(Price? Min, Price? Max)
{
    /// <summary>Any price.</summary>
    public static PriceRange Any => default;

    /// <summary>True where neither bound is set.</summary>
    public bool IsAny => Min is null && Max is null;

    /// <summary>True where the exact ratio is inside both bounds.</summary>
    public bool Contains(PriceRatio ratio) =>
        (Min is not { } min || min <= ratio.Floor) && (Max is not { } max || max >= ratio.Ceiling);
}
