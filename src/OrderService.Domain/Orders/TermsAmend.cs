using OrderService.Domain.Amounts;
using OrderService.Domain.Events;

namespace OrderService.Domain.Orders;

/// <summary>
/// What is to be changed of the terms of an order of one swap; null leaves it as it is. What an intent covers, what is bought and who is
/// paid are not among it.
/// </summary>
public sealed record TermsChanges
{
    /// <summary>The price at which it fires, of an order that waits for one.</summary>
    public Price? TargetPrice { get; init; }

    /// <summary>Due from here on.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Due until here.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>The least that the swap must pay.</summary>
    public TokenAmount? MinAmountOut { get; init; }

    /// <summary>How far below its quote it may pay.</summary>
    public BasisPoints? Slippage { get; init; }

    /// <summary>How far below the believed prices a quote may be.</summary>
    public BasisPoints? MaxDeviation { get; init; }

    /// <summary>The least rate of a quote that is taken.</summary>
    public Price? LimitPrice { get; init; }

    /// <summary>The distance of a trailing trigger in 1/10000, of an order that has one so.</summary>
    public int? TrailingBps { get; init; }

    /// <summary>The distance of a trailing trigger as a price, of an order that has one so.</summary>
    public Price? TrailingAmount { get; init; }

    /// <summary>True where the distance changes.</summary>
    public bool IsTrailChanged => TrailingBps is not null || TrailingAmount is not null;

    /// <summary>True where nothing is to be changed.</summary>
    public bool IsEmpty => this == new TermsChanges();

    /// <summary>The terms with all of it.</summary>
    public OrderTerms Of(OrderTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms with
        {
            TargetPrice = TargetPrice ?? terms.TargetPrice, ValidFrom = ValidFrom ?? terms.ValidFrom, ValidTo = ValidTo ?? terms.ValidTo,
            MinAmountOut = MinAmountOut ?? terms.MinAmountOut,
            SlippageBps = Slippage?.Value ?? terms.SlippageBps, MaxDeviationBps = MaxDeviation?.Value ?? terms.MaxDeviationBps,
            LimitPrice = LimitPrice ?? terms.LimitPrice,
            TrailingBps = TrailingBps ?? terms.TrailingBps, TrailingAmount = TrailingAmount ?? terms.TrailingAmount,
        };
    }

    /// <summary>
    /// True where the swap may pay less than before, as these say it: what was unsaid was the service's default, which is not asked here.
    /// </summary>
    public bool Weakens(OrderTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return (MinAmountOut is { } least && (terms.MinAmountOut is not { } before || least < before))
            || (Slippage is { } slippage && (terms.SlippageBps is not { } had || slippage.Value > had))
            || (MaxDeviation is { } band && (terms.MaxDeviationBps is not { } was || band.Value > was))
            || LimitPrice < terms.LimitPrice;
    }

    /// <summary>The names of what is changed, for the event.</summary>
    public IEnumerable<string> Fields()
    {
        if (TargetPrice is not null) yield return "targetPrice";
        if (ValidFrom is not null) yield return "validFrom";
        if (ValidTo is not null) yield return "validTo";
        if (MinAmountOut is not null) yield return "minAmountOut";
        if (Slippage is not null) yield return "slippageBps";
        if (MaxDeviation is not null) yield return "maxDeviationBps";
        if (LimitPrice is not null) yield return "limitPrice";
        if (TrailingBps is not null) yield return "trailingBps";
        if (TrailingAmount is not null) yield return "trailingAmount";
    }
}

/// <summary>
/// The numbered revisions of an order of one swap: all changes apply or none, and it waits anew by what they say. What is in flight is not
/// changed.
/// </summary>
public static class TermsAmend
{
    /// <summary>
    /// Applies them, or says why not. <paramref name="ifRevision"/> is the revision that they are meant for, where the caller says it;
    /// <paramref name="holds"/> whether the new terms are signed, which is asked of an order whose terms are.
    /// <paramref name="bandBpsDefault"/> is the price band of an order without a floor of its own.
    /// </summary>
    public static Result<Order> Apply(
        Order order, TermsChanges changes, int? ifRevision, Func<OrderTerms, bool> holds, DateTimeOffset now, int? bandBpsDefault)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(holds);
        if (ifRevision is { } meant && meant != order.Revision)
        {
            return new OrderError.Conflict("revision_mismatch",
                $"The order is at revision {order.Revision}, and the change is meant for {meant}");
        }
        if (order.StatusAt(now) is not (OrderStatus.Open or OrderStatus.Paused))
            return new OrderError.NotOpen(Order.Wire(order.StatusAt(now)));
        if (!order.IsOneSwap) return new OrderError.Conflict("not_amendable", "Only an order of one swap can be changed so");
        var slice = order.Slices[0];
        if (slice.Status == SliceStatus.Broadcast) return new OrderError.InFlight(slice.TxId);
        if (slice.EndAs is not null) return new OrderError.Conflict("order_ending", "The order is about to end");
        if ((changes.TrailingBps is not null && order.Terms.TrailingBps is null)
            || (changes.TrailingAmount is not null && order.Terms.TrailingAmount is null))
        {
            return new OrderError.Conflict("not_amendable", "The order has no such distance that could be changed");
        }
        if (changes.TargetPrice is not null && (order.Terms.Trigger != SliceTrigger.Price || order.Terms.Trail is not null))
            return new OrderError.Conflict("not_amendable", "The order waits for no price, so it has none that could be changed");
        if (changes.LimitPrice is not null && order.Rules != ScheduleRules.None)
            return new OrderError.Conflict("not_amendable", "An order of this kind has rate bounds and no limit price");
        var terms = changes.Of(order.Terms);
        if (terms.WindowRefusal(now) is { } window) return window;
        if (order.IsTermsBound && !holds(terms))
        {
            return new OrderError.Field("termsSignature", "must be the owner's over the terms as they are changed",
                "invalid_terms_signature");
        }
        order.Amend(terms, order.Rules, terms.PriceBandBps(slice.Rate, bandBpsDefault));
        if (slice.Status == SliceStatus.Executing) slice.Move(SliceStatus.Waiting, "amended"); // whoever holds it finds its claim gone
        slice.Follow(terms, changes);
        order.Tell(null, new OrderFact.Amended(order.Revision, [.. changes.Fields()]), now);
        Turn.Next(order, now);
        return order;
    }
}
