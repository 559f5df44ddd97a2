using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Orders.Explain;

/// <summary>The gate of a watched price: what is believed, of when and by whom, against the order's target.</summary>
internal sealed class PriceGates(TokenRegistry tokens, PriceBoard board, BaseAssets bases)
{
    /// <summary>
    /// The gate of terms that trail a price. The <paramref name="best"/> is the one of the last look; of one that is not armed yet there is
    /// none, and the price of now stands for it.
    /// </summary>
    public OrderGate OfTrailing(OrderTerms terms, Price? best, DateTimeOffset now)
    {
        var (watched, baseAsset) = (terms.ConditionToken!.Value, terms.BaseAsset ?? bases.Default);
        var (name, unit, rises) = (tokens.NameOf(watched), tokens.NameOf(baseAsset), terms.Direction == TriggerDirection.Gt);
        var distance = terms.TrailingBps is { } bps ? $"{bps} basis points" : $"{terms.TrailingAmount} {unit}";
        var wanted = $"{distance} {(rises ? "above its lowest" : "below its highest")} since it was armed";
        if (!board.TryRatio(watched, baseAsset, now, out var ratio, out var evidence))
        {
            var why = board.WhyNoRatio(watched, baseAsset, now);
            return new OrderGate(OrderGate.Price, false, $"It waits for {name} to be {wanted}, and no price of it is believed now ({why}).")
            {
                Change = "A price is believed again.",
                Figures = OrderGates.Of(("watched", watched.ToString()), ("baseAsset", baseAsset.ToString()), ("best", best?.ToString()),
                    ("direction", rises ? "gt" : "lt"), ("reason", why)),
            };
        }
        var (price, good) = (rises ? ratio.Floor : ratio.Ceiling, rises ? ratio.Ceiling : ratio.Floor);
        var from = best is { } known ? Trailing.Better(terms, known, good) : good;
        var firesAt = Trailing.FiresAt(terms, from);
        var figures = OrderGates.Of(
            ("watched", watched.ToString()), ("baseAsset", baseAsset.ToString()), ("price", price.ToString()), ("best", from.ToString()),
            ("firesAt", firesAt?.ToString()), ("armed", best is null ? "no" : "yes"),
            ("trailingBps", terms.TrailingBps is { } count ? OrderGates.Number(count) : null),
            ("trailingAmount", terms.TrailingAmount?.ToString()), ("direction", rises ? "gt" : "lt"),
            ("watchedUsd", evidence.Watched.ToString()),
            ("baseUsd", evidence.Base.ToString()), ("sources", evidence.Sources), ("at", OrderGates.Moment(evidence.At)));
        if (firesAt is not { } target)
        {
            return new OrderGate(OrderGate.Price, false,
                $"It waits for {name} to be {wanted}, which no price is: it is at {price} {unit} now.") { Figures = figures };
        }
        return new OrderGate(OrderGate.Price, rises ? price >= target : price <= target,
            $"It waits for {name} to be {wanted}, which is {from} {unit}: it fires at {target} {unit} or {(rises ? "more" : "less")}, and it is at {price} {unit} now.")
            {
                Change = $"{name} costs {target} {unit} or {(rises ? "more" : "less")}.", Figures = figures,
            };
    }

    /// <summary>The gate of one that has fired for good.</summary>
    public static OrderGate Fired(OrderTerms terms, Slice slice) =>
        new(OrderGate.Price, true, "Its price was reached, and it has fired for good, whatever the price that it watched does since.")
        {
            Figures = OrderGates.Of(("watched", terms.ConditionToken?.ToString()), ("target", terms.TargetPrice?.ToString()),
                ("watchedUsd", slice.WatchedPrice?.ToString()), ("baseUsd", slice.BasePrice?.ToString()), ("sources", slice.PriceSources)),
        };

    /// <summary>The gate of terms that watch a price.</summary>
    public OrderGate Of(OrderTerms terms, DateTimeOffset now)
    {
        var (watched, baseAsset) = (terms.ConditionToken!.Value, terms.BaseAsset ?? bases.Default);
        var (name, unit, rises) = (tokens.NameOf(watched), tokens.NameOf(baseAsset), terms.Direction == TriggerDirection.Gt);
        var wanted = $"{terms.TargetPrice} {unit} or {(rises ? "more" : "less")}";
        if (!board.TryRatio(watched, baseAsset, now, out var ratio, out var evidence))
        {
            var why = board.WhyNoRatio(watched, baseAsset, now);
            return new OrderGate(OrderGate.Price, false, $"It waits for {name} at {wanted}, and no price of it is believed now ({why}).")
            {
                Change = "A price is believed again.",
                Figures = OrderGates.Of(("watched", watched.ToString()), ("baseAsset", baseAsset.ToString()),
                    ("target", terms.TargetPrice?.ToString()), ("direction", rises ? "gt" : "lt"), ("reason", why)),
            };
        }
        var (price, age) = ((rises ? ratio.Floor : ratio.Ceiling).ToString(), now - evidence.At);
        var figures = OrderGates.Of(
            ("watched", watched.ToString()), ("baseAsset", baseAsset.ToString()), ("price", price),
            ("target", terms.TargetPrice?.ToString()), ("direction", rises ? "gt" : "lt"), ("watchedUsd", evidence.Watched.ToString()),
            ("baseUsd", evidence.Base.ToString()), ("sources", evidence.Sources), ("at", OrderGates.Moment(evidence.At)),
            ("ageMs", OrderGates.Number((long)age.TotalMilliseconds)));
        return terms.Range.Contains(ratio)
            ? new OrderGate(OrderGate.Price, true, $"{name} is at {price} {unit}, as wanted: {wanted}.") { Figures = figures }
            : new OrderGate(OrderGate.Price, false, $"It waits for {name} at {wanted}; it is at {price} {unit} now.")
            {
                Change = $"{name} costs {wanted}.", Figures = figures,
            };
    }
}
