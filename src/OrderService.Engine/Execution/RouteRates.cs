using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Clock;

namespace OrderService.Engine.Execution;

/// <summary>
/// The rates of routes at no depth, each asked for once for all who ask at about the same time; and how many quotes were good enough since
/// somebody asked.
/// </summary>
internal sealed class RouteRates(ISwapRouter router, IOptions<ExecutionOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Same = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<QuoteRoute, (DateTimeOffset At, Task<Price?> Rate)> _asked = new();
    private readonly ConcurrentDictionary<QuoteRoute, int> _taken = new();

    /// <summary>The rate now; null where there is no route, or the venue could not be asked.</summary>
    public async Task<Price?> AskAsync(QuoteRoute route)
    {
        var now = time.RealNow();
        if (_asked.TryGetValue(route, out var asked) && (!asked.Rate.IsCompleted || (asked.At <= now && now - asked.At < Same)))
            return await asked.Rate;
        var rate = RateAsync(route);
        if (_asked.Count < options.Value.QuoteRoutesMax || _asked.ContainsKey(route)) _asked[route] = (now, rate);
        return await rate;
    }

    /// <summary>A quote of this route was good enough.</summary>
    public void Taken(QuoteRoute route)
    {
        if (_taken.Count < options.Value.QuoteRoutesMax || _taken.ContainsKey(route)) _taken.AddOrUpdate(route, 1, (_, count) => count + 1);
    }

    /// <summary>How many were since the last call.</summary>
    public int TakenOf(QuoteRoute route) => _taken.TryRemove(route, out var count) ? count : 0;

    private async Task<Price?> RateAsync(QuoteRoute route)
    {
        try
        {
            return await router.RateAsync(route.Sell, route.Buy, CancellationToken.None).WaitAsync(options.Value.QuoteTimeout, time);
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            return null;
        }
    }
}
