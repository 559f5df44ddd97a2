using OrderService.Domain.Amounts;
using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Orders;

/// <summary>What a slice has of its own beside its order's terms. <paramref name="IntentUuid"/> is null where the slice's intent carries the order's uuid.</summary>
internal sealed record SlicePart(TokenAmount AmountIn, DateTimeOffset? NotBefore, string? IntentUuid, RateBounds Rate, int AttemptsMax)
{
    /// <summary>The one slice of an order that is not scheduled.</summary>
    public static SlicePart Whole(OrderTerms terms, int attemptsMax) => new(terms.AmountIn, terms.ValidFrom, null, RateBounds.Any, attemptsMax);

    /// <summary>The parts of a scheduled order, each with its amount, its moment and, where a managed account signs, a uuid of its own for its whole life.</summary>
    public static Result<IReadOnlyList<SlicePart>> Of(OrderTerms terms, SchedulePlan plan, bool isManaged, DateTimeOffset now)
    {
        var schedule = plan.Schedule;
        if (AmountSplit.OfTotal(terms.AmountIn, schedule.Parts).IsRejected(out var why, out var amounts)) return why;
        var anchor = schedule.AnchorOf(terms.ValidFrom is { } from && from > now ? from : now);
        return amounts.Select((amount, i) => new SlicePart(
            amount, schedule.MomentOf(anchor, i), isManaged ? OrderUuid.New().ToString() : null, plan.Rate, plan.Attempts.PerSlice)).ToArray();
    }
}
