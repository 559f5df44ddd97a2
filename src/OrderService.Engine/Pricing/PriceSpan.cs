using OrderService.Domain.Amounts;

namespace OrderService.Engine.Pricing;

/// <summary>
/// The lowest and the highest price of a window that ends now, and the last one whatever its age. It keeps one low and high a second.
/// </summary>
internal sealed class PriceSpan
{
    private readonly TimeSpan _window;
    private readonly LinkedList<Second> _seconds = [];

    public PriceSpan(Price price, DateTimeOffset at, TimeSpan window)
    {
        _window = window;
        Add(price, at);
    }

    /// <summary>The last price, whatever its age.</summary>
    public Price Last { get; private set; }

    private readonly record struct Second(long Number, DateTimeOffset At, Price Low, Price High);

    public void Add(Price price, DateTimeOffset at)
    {
        Last = price;
        var number = at.ToUnixTimeSeconds();
        if (_seconds.Last is { Value: var open } node && open.Number == number)
            node.Value = open with { Low = price < open.Low ? price : open.Low, High = price > open.High ? price : open.High };
        else _seconds.AddLast(new Second(number, at, price, price));
    }

    public (Price Low, Price High) At(DateTimeOffset now)
    {
        while (_seconds.First is { Value.At: var oldest } && now - oldest > _window) _seconds.RemoveFirst();
        var (low, high) = (Last, Last);
        foreach (var second in _seconds)
        {
            if (second.Low < low) low = second.Low;
            if (second.High > high) high = second.High;
        }
        return (low, high);
    }
}
