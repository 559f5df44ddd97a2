using System.Diagnostics.CodeAnalysis;
using OrderService.Domain.Amounts;
using OrderService.Domain.Events;

namespace OrderService.Domain.Orders;

/// <summary>
/// What the terms of a changed order were when it was made, as far as changes reach. The body that made it is compared with these, however
/// late it comes again.
/// </summary>
public sealed record FirstTerms : IParsable<FirstTerms>
{
    /// <summary>Base units sold.</summary>
    public TokenAmount AmountIn { get; init; }

    /// <summary>The trigger price.</summary>
    public Price? TargetPrice { get; init; }

    /// <summary>Due from here on.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Due until here.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>The least that the swap must pay.</summary>
    public TokenAmount? MinAmountOut { get; init; }

    /// <summary>How far below its quote it may pay.</summary>
    public int? SlippageBps { get; init; }

    /// <summary>How far below the believed prices a quote may be.</summary>
    public int? MaxDeviationBps { get; init; }

    /// <summary>The least rate of a quote that is taken.</summary>
    public Price? LimitPrice { get; init; }

    /// <summary>The distance of a trailing trigger in 1/10000.</summary>
    public int? TrailingBps { get; init; }

    /// <summary>The distance of a trailing trigger as a price.</summary>
    public Price? TrailingAmount { get; init; }

    /// <summary>Those of terms that are about to be changed for the first time.</summary>
    public static FirstTerms Of(OrderTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new FirstTerms
        {
            AmountIn = terms.AmountIn, TargetPrice = terms.TargetPrice, ValidFrom = terms.ValidFrom, ValidTo = terms.ValidTo,
            MinAmountOut = terms.MinAmountOut, SlippageBps = terms.SlippageBps,
            MaxDeviationBps = terms.MaxDeviationBps, LimitPrice = terms.LimitPrice, TrailingBps = terms.TrailingBps,
            TrailingAmount = terms.TrailingAmount,
        };
    }

    /// <summary>The terms as they were: what is never changed is that of today.</summary>
    public OrderTerms In(OrderTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms with
        {
            AmountIn = AmountIn, TargetPrice = TargetPrice, ValidFrom = ValidFrom, ValidTo = ValidTo, MinAmountOut = MinAmountOut,
            SlippageBps = SlippageBps, MaxDeviationBps = MaxDeviationBps,
            LimitPrice = LimitPrice, TrailingBps = TrailingBps, TrailingAmount = TrailingAmount,
        };
    }

    /// <summary>A JSON object without what was not said.</summary>
    public override string ToString() => EventText.Facts(this);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static FirstTerms Parse(string s, IFormatProvider? provider) => EventText.Facts<FirstTerms>(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out FirstTerms? result)
    {
        result = s is null ? null : Parse(s, provider);
        return result is not null;
    }
}
