using OrderService.Domain.Expressions;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Execution.Curves;

/// <summary>
/// What is believed at one moment: a pair has one price in all that is looked at in its light, and is asked for once. For one caller at a
/// time.
/// </summary>
internal sealed class BelievedNow(PriceBoard board, DateTimeOffset now)
{
    private readonly Dictionary<(TokenId Base, TokenId Quote), FixedNumber?> _prices = [];
    private PairPrice? _last;
    private FixedNumber? _lastPrice;

    /// <summary>The moment.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The price of a pair, cut at 18 decimals; null where it is not known.</summary>
    public FixedNumber? PriceOf(PairPrice pair)
    {
        // Mostly one pair is read again and again, and its names are the registry's own.
        if (_last is { } last && last.Base == pair.Base && last.Quote == pair.Quote) return _lastPrice;
        if (!_prices.TryGetValue((pair.Base, pair.Quote), out var price))
        {
            price = board.TryRatio(pair.Base, pair.Quote, now, out var ratio) ? FixedNumber.Of(ratio.Floor) : null;
            _prices.Add((pair.Base, pair.Quote), price);
        }
        (_last, _lastPrice) = (pair, price);
        return price;
    }
}
