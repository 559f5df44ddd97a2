using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Orders.Explain;

/// <summary>
/// What the recorded prices would have made of an order that was armed at the beginning of a span: when it would have fired, at which
/// price, and how many moments were looked at.
/// </summary>
internal sealed record TriggerReplay(DateTimeOffset From, DateTimeOffset To, int Moments, string Says)
{
    public DateTimeOffset? FiresAt { get; init; }

    /// <summary>The watched price at that moment.</summary>
    public Price? Price { get; init; }

    /// <summary>Where it fired: its target, or where its distance from the best was by then.</summary>
    public Price? Target { get; init; }
}

/// <summary>
/// Holds the trigger of terms against the prices that were believed and recorded, moment by moment, as the sweep would have. What the pools
/// paid then nobody has recorded.
/// </summary>
internal sealed class ReplayTrigger(PriceHistory history, TokenRegistry tokens, PriceBoard board, BaseAssets bases, SearchGate gate)
{
    /// <summary>The longest span.</summary>
    public static readonly TimeSpan SpanMax = TimeSpan.FromDays(7);

    // Older history has a point a minute; of two tokens that were recorded in turn, the older price is taken as long as that and one more.
    private static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(2);

    /// <summary>Null where the terms watch no price.</summary>
    public async Task<Result<TriggerReplay?>> HandleAsync(
        OrderTerms terms, DateTimeOffset from, DateTimeOffset to, CancellationToken token) =>
            terms.Trigger == SliceTrigger.Price
                ? await gate.RunAsync<TriggerReplay?>(terms.Owner.ToString(), async () => await ReplayAsync(terms, from, to, token))
                : (TriggerReplay?)null;

    private async Task<TriggerReplay> ReplayAsync(OrderTerms terms, DateTimeOffset from, DateTimeOffset to, CancellationToken token)
    {
        var (watched, unit) = (board.PricedAs(terms.ConditionToken!.Value), board.PricedAs(terms.BaseAsset ?? bases.Default));
        var name = tokens.NameOf(terms.ConditionToken.Value);
        var (moments, best) = (0, (Price?)null);
        await foreach (var (at, ratio) in RatiosAsync(watched, unit, from, to, token))
        {
            moments++;
            if (Fires(terms, ratio, ref best) is not { } target) continue;
            var price = terms.Direction == TriggerDirection.Gt ? ratio.Floor : ratio.Ceiling;
            return new TriggerReplay(from, to, moments,
                $"It would have fired at {OrderGates.Moment(at)}, when {name} was at {price} {tokens.NameOf(terms.BaseAsset ?? bases.Default)}.") { FiresAt = at, Price = price, Target = target };
        }
        return new TriggerReplay(from, to, moments,
            moments == 0
                ? $"No price of {name} was recorded in that time."
                : $"It would not have fired: in {moments} recorded moments {name} was never there.");
    }

    // Where it fires at this price, or null. The best is that of before, and of now from here on.
    private static Price? Fires(OrderTerms terms, PriceRatio ratio, ref Price? best)
    {
        if (terms.Trail is null) return terms.Range.Contains(ratio) ? terms.TargetPrice : null;
        var rises = terms.Direction == TriggerDirection.Gt;
        var good = rises ? ratio.Ceiling : ratio.Floor;
        best = best is { } known ? Trailing.Better(terms, known, good) : good;
        return Trailing.FiresAt(terms, best.Value) is { } target && (rises ? ratio.Floor >= target : ratio.Ceiling <= target)
            ? target : null;
    }

    private async IAsyncEnumerable<(DateTimeOffset At, PriceRatio Ratio)> RatiosAsync(
        TokenId watched, TokenId unit, DateTimeOffset from, DateTimeOffset to,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        var (last, now) = (new Dictionary<TokenId, (DateTimeOffset At, Price Usd)>(), (DateTimeOffset?)null);
        await foreach (var point in history.WalkAsync([watched, unit], from, to, token))
        {
            if (now is { } before && point.At > before && RatioAt(last, watched, unit, before) is { } ratio) yield return (before, ratio);
            last[point.Token] = (point.At, point.Usd);
            now = point.At;
        }
        if (now is { } end && RatioAt(last, watched, unit, end) is { } final) yield return (end, final);
    }

    private static PriceRatio? RatioAt(
        Dictionary<TokenId, (DateTimeOffset At, Price Usd)> last, TokenId watched, TokenId unit, DateTimeOffset at) =>
            UsdAt(last, watched, at) is { } of && UsdAt(last, unit, at) is { } by && PriceRatio.TryCreate(of, by, out var ratio)
                ? ratio : null;

    private static Price? UsdAt(Dictionary<TokenId, (DateTimeOffset At, Price Usd)> last, TokenId id, DateTimeOffset at) =>
        id == TokenId.Usd ? Price.One : last.TryGetValue(id, out var known) && at - known.At <= AgeMax ? known.Usd : null;
}
