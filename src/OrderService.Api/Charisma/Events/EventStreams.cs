using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Pricing;
using OrderService.Engine.Events;

namespace OrderService.Api.Charisma.Events;

/// <summary>The open streams of this process: so many at most, of all and of one wallet.</summary>
internal sealed class EventStreams(
    EventReader reader, EventHead head, OpenOrders orders, PriceFeed prices, IOptions<EventsOptions> options, TimeProvider time,
    IHostApplicationLifetime lifetime)
{
    private const string Everybody = "";

    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);
    private int _total;

    /// <summary>
    /// A stream that begins with a page and goes on behind it, or why there is none. Those of everybody's events are counted together.
    /// </summary>
    public IResult Open(EventsQuery query, EventPage first) => Open(
        query.Owner?.ToString() ?? Everybody,
        left => new EventStream(reader, head, orders, options.Value, time, query, first, left, lifetime.ApplicationStopping));

    /// <summary>A stream of prices, or why there is none. Those of one remote address are counted together.</summary>
    public IResult OpenPrices(string from, IReadOnlySet<TokenId>? only) =>
        Open($"prices {from}", left => new PriceStream(prices, options.Value, time, only, left, lifetime.ApplicationStopping));

    private IResult Open(string whose, Func<Action, IResult> stream)
    {
        var isRoom = Interlocked.Increment(ref _total) <= options.Value.StreamsMax;
        if (_open.AddOrUpdate(whose, 1, (_, count) => count + 1) <= options.Value.StreamsPerOwnerMax && isRoom)
            return stream(() => Leave(whose));
        Leave(whose);
        return CharismaErrors.From(isRoom ? TooMany : Busy);
    }

    public static OrderError TooMany { get; } =
        new OrderError.TooMany("too_many_streams", "This wallet has as many open streams as it may", TimeSpan.FromSeconds(10));

    private static OrderError Busy { get; } = new OrderError.Unavailable("busy",
        "As many streams are open here as may be: try again, or ask for pages", TimeSpan.FromSeconds(10));

    private void Leave(string whose)
    {
        Interlocked.Decrement(ref _total);
        if (_open.AddOrUpdate(whose, 0, (_, count) => count - 1) <= 0) _open.TryRemove(KeyValuePair.Create(whose, 0));
    }
}
