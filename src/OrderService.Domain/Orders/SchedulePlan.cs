using OrderService.Domain.Amounts;
using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Orders;

/// <summary>What becomes of an order when one of its parts fails.</summary>
public enum PartFailure
{
    /// <summary>The next part has its turn.</summary>
    Continue,

    /// <summary>The parts that are left are skipped.</summary>
    End,
}

/// <summary>Where the slippage is counted from.</summary>
public enum SlippageFrom
{
    /// <summary>The swap may pay this much less than its quote, never less than the min amount out.</summary>
    Quote,

    /// <summary>The quote must be this much more than the min amount out, which is then all that the swap must pay.</summary>
    Min,
}

/// <summary>
/// How often may be tried. Only what was sent counts: a price that is not there consumes nothing. <paramref name="PerOrder"/> is shared by
/// all parts, successes included; null for no such limit.
/// </summary>
public sealed record AttemptsBudget(int PerSlice, int? PerOrder = null)
{
    /// <summary>One budget for the whole order, which any part may use up.</summary>
    public static AttemptsBudget Shared(int perOrder) => new(perOrder, perOrder);
}

/// <summary>
/// What a scheduled order adds to its terms: the amount in, the min amount out and the window there are those of the whole order, and each
/// part has its share.
/// </summary>
public sealed record SchedulePlan
{
    /// <summary>When the parts run.</summary>
    public required Schedule Schedule { get; init; }

    /// <summary>How often may be tried.</summary>
    public required AttemptsBudget Attempts { get; init; }

    /// <summary>What each part's quote must pay.</summary>
    public RateBounds Rate { get; init; }

    /// <summary>How the terms' slippage is meant; it applies to each part by itself.</summary>
    public SlippageFrom Slippage { get; init; }

    /// <summary>What becomes of the rest when a part fails.</summary>
    public PartFailure OnPartFailed { get; init; }

    /// <summary>Why this plan is refused for these terms, or null.</summary>
    public OrderError? Refusal(OrderTerms terms, ScheduleLimits limits)
    {
        if (Schedule.Refusal(limits) is { } why) return why;
        if (Rate.IsEmpty) return new OrderError.Field("rateMin", "must not be above rateMax", "empty_rate_bounds");
        if (Rate.Max == Price.Zero) return new OrderError.Field("rateMax", "must be greater than 0", "empty_rate_bounds");
        if (Attempts.PerSlice is < 1 or > ScheduleLimits.AttemptsMax)
            return new OrderError.Field("attemptsMax", $"must be 1 to {ScheduleLimits.AttemptsMax}");
        if (Attempts.PerOrder is { } shared && (shared < Schedule.Parts || shared > ScheduleLimits.AttemptsMax))
            return new OrderError.Field("attemptsMax", $"must be at least the number of parts and at most {ScheduleLimits.AttemptsMax}");
        if (Slippage == SlippageFrom.Min && terms.MinAmountOut is null)
            return new OrderError.Field("minAmountOut", "is needed where the slippage is meant above it");
        return null;
    }
}
