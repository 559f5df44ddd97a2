using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrderService.Domain.Amounts;
using OrderService.Domain.Expressions;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Execution.Curves;

/// <summary>
/// What one look at an order's condition saw. <paramref name="Kept"/> is what the next look is to know, <paramref name="Seen"/> what was
/// read where it holds: JSON objects.
/// </summary>
internal sealed record CurveLook(bool Holds, bool IsAnyUnknown, string? Kept, string Seen);

/// <summary>
/// Evaluates what orders have in RPN: conditions with their variables, and limits that move. What was parsed once is kept.
/// </summary>
internal sealed class CurveExpressions(TradedAssets names, TokenRegistry tokens, PriceBoard board, TimeProvider time)
{
    private const int ParsedMax = 20_000;

    private static readonly Dictionary<string, FixedNumber> NothingKept = [];

    private readonly ConcurrentDictionary<string, Condition?> _conditions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Expression?> _limits = new(StringComparer.Ordinal);

    /// <summary>What is believed now: what is looked at in its light reads each price once.</summary>
    public BelievedNow Now() => new(board, time.GetUtcNow());

    /// <summary>Looks once at a condition of this order; null where its names mean nothing any more.</summary>
    public CurveLook? Look(Order order, string condition, string? kept) =>
        Look(WorldOf(order, CurveCourse.Executed(order)), condition, kept);

    /// <summary>The same for an order that waits for its condition, of which nothing is executed, nor should be.</summary>
    public CurveLook? Look(WatchedCurve watched, string condition, BelievedNow now) =>
        Look(new CurveNow(now, word => Whole(word == QuantityWord.Qty ? watched.Target : TokenAmount.Zero, watched.TargetToken)), condition,
            watched.Kept);

    private CurveLook? Look(CurveNow now, string condition, string? kept)
    {
        if (Parsed(_conditions, condition,
            text => ConditionReader.TryReadStored(text, names, out var read, out _) ? read : null) is not { } parsed)
        {
            return null;
        }
        var before = kept is null ? NothingKept : Read(kept);
        var look = parsed.Look(now, before);
        // What was read is told once in the life of an order: where it holds it is read again, of the same prices.
        var world = new RecordingWorld(now);
        if (look.Holds) parsed.Look(world, before);
        return new CurveLook(look.Holds, look.IsAnyUnknown,
            look.Kept.Count == 0 ? null : Text(look.Kept.Select(v => KeyValuePair.Create(v.Key, (FixedNumber?)v.Value))),
            look.Holds ? Text(world.Seen) : "{}");
    }

    /// <summary>The limit now, where so much of the target is executed; null where it is not known, or not above zero.</summary>
    public Price? LimitOf(OrderHeader order, TokenAmount executed, string limit) =>
        Parsed(_limits, limit,
            text => LimitReader.TryReadStored(text, names, out var read, out _)
                ? read : null)?.Evaluate(WorldOf(order, executed))?.ToPrice();

    private static T? Parsed<T>(ConcurrentDictionary<string, T?> kept, string text, Func<string, T?> parse) where T : class
    {
        if (kept.TryGetValue(text, out var known)) return known;
        if (kept.Count > ParsedMax) kept.Clear();
        // A name that means nothing now may mean something with the next list of tokens.
        return parse(text) is { } read ? kept[text] = read : null;
    }

    private CurveNow WorldOf(OrderHeader order, TokenAmount executed)
    {
        var (curve, now) = (order.Curve!, time.GetUtcNow());
        var target = curve.Asked.IsExactOut ? order.Terms.BuyToken : order.Terms.SellToken;
        return new CurveNow(Now(), word => Whole(word switch
        {
            QuantityWord.Qty => curve.Asked.Target,
            QuantityWord.Filled => executed,
            _ => CurveCourse.Scheduled(order, now),
        }, target));
    }

    private FixedNumber? Whole(TokenAmount amount, TokenId of) =>
        tokens.Find(of) is { } token ? FixedNumber.Of(amount, token.Decimals) : null;

    private static Dictionary<string, FixedNumber> Read(string kept)
    {
        var values = new Dictionary<string, FixedNumber>(StringComparer.Ordinal);
        if (JsonNode.Parse(kept) is not JsonObject names) return values;
        foreach (var (name, value) in names)
        {
            if (value?.GetValue<string>() is { } count) values[name] = new FixedNumber(Int128.Parse(count, CultureInfo.InvariantCulture));
        }
        return values;
    }

    private static string Text(IEnumerable<KeyValuePair<string, FixedNumber?>> values) =>
        JsonSerializer.Serialize(values.ToDictionary(v => v.Key, v => v.Value?.Count.ToString(CultureInfo.InvariantCulture)));

    private sealed class CurveNow(BelievedNow believed, Func<QuantityWord, FixedNumber?> quantityOf) : IExpressionWorld
    {
        public DateTimeOffset Now => believed.Now;

        public FixedNumber? PriceOf(PairPrice pair) => believed.PriceOf(pair);

        public FixedNumber? QuantityOf(QuantityWord word) => quantityOf(word);
    }
}
