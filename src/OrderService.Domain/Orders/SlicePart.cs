using OrderService.Domain.Amounts;
using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Orders;

/// <summary>
/// What a slice has of its own beside its order's terms. <paramref name="IntentUuid"/> is null where the slice's intent carries the order's
/// uuid.
/// </summary>
internal sealed record SlicePart(TokenAmount AmountIn, DateTimeOffset? NotBefore, string? IntentUuid, RateBounds Rate, int AttemptsMax)
{
    /// <summary>The one slice of an order that is not scheduled.</summary>
    public static SlicePart Whole(OrderTerms terms, int attemptsMax) =>
        new(terms.AmountIn, terms.ValidFrom, null, terms.Rate, terms.IsImmediate ? 1 : attemptsMax);

    /// <summary>
    /// The first part of a scheduled order, whose moment is the anchor of the others. The next is drawn when this one has ended, and where
    /// a managed account signs its random uuid with it: nobody can know that before, and so nobody can burn it on chain.
    /// </summary>
    public static Result<SlicePart> First(OrderTerms terms, SchedulePlan plan, bool isManaged, DateTimeOffset now)
    {
        var schedule = plan.Schedule;
        if (AmountSplit.OfTotal(terms.AmountIn, schedule.Parts).IsRejected(out var why, out var amounts)) return why;
        var anchor = schedule.AnchorOf(terms.ValidFrom is { } from && from > now ? from : now);
        return new SlicePart(amounts[0], schedule.MomentOf(anchor, 0), isManaged ? OrderUuid.New().ToString() : null, plan.Rate,
            plan.Attempts.PerSlice);
    }
}
