using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Charisma.Events;

/// <summary>All prices that can be read now, looked at once for all who follow them.</summary>
internal sealed class PriceFeed(ListPrices prices, PriceBoard board, TimeProvider time)
{
    /// <summary>How long one look serves.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    private volatile Look? _last;

    /// <summary>The prices as of at most a moment ago.</summary>
    public IReadOnlyList<PriceView> Now()
    {
        var now = time.GetUtcNow();
        if (_last is { } last && last.At <= now && now - last.At < Every) return last.Prices;
        var look = new Look(now, prices.Handle(only: null, Price.Zero, ListPrices.LimitMax).Prices);
        _last = look;
        return look.Prices;
    }

    /// <summary>Why a price cannot be read now, in a word.</summary>
    public string? WhyNot(TokenId token) => board.WhyNot(token, time.GetUtcNow());

    private sealed record Look(DateTimeOffset At, IReadOnlyList<PriceView> Prices);
}
