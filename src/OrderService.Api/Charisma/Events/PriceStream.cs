using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Clock;
using OrderService.Engine.Events;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Charisma.Events;

/// <summary>
/// Prices as they move: all of them, and then each that moves or is believed no more. What moves twice between two looks is told once, as
/// it is then.
/// </summary>
internal sealed class PriceStream(
    PriceFeed feed, EventsOptions options, TimeProvider time, IReadOnlySet<TokenId>? only, Action left, CancellationToken stopping)
    : IResult
{
    private readonly Dictionary<TokenId, Price> _told = [];

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) =>
        StreamBody.ServeAsync(httpContext, options.SlowAfter, time, ServeAsync, left, stopping);

    private async Task ServeAsync(StreamBody body, CancellationToken token)
    {
        var (end, heard) = (time.RealNow() + options.StreamMax, DateTimeOffset.MinValue);
        while (true)
        {
            var (now, isNews) = (time.RealNow(), Tell(body));
            if (!isNews && now - heard >= options.Heartbeat) body.StillHere(id: null);
            if (isNews || now - heard >= options.Heartbeat)
            {
                heard = now;
                if (!await body.FlushAsync(token)) return;
            }
            if (now >= end) return;
            await Task.Delay(PriceFeed.Every, time, token);
        }
    }

    private bool Tell(StreamBody body)
    {
        var (isNews, seen) = (false, new HashSet<TokenId>());
        foreach (var view in feed.Now())
        {
            var (id, usd) = (view.Price.Token, view.Price.Usd);
            if (only?.Contains(id) == false) continue;
            seen.Add(id);
            if (_told.TryGetValue(id, out var before) && before == usd) continue;
            _told[id] = usd;
            isNews = true;
            body.Write(id: null, "price", PriceJson.Of(view), CharismaJson.Default.PriceRecord);
        }
        foreach (var gone in _told.Keys.Where(id => !seen.Contains(id)).ToList())
        {
            _told.Remove(gone);
            isNews = true;
            body.Write(id: null, "absent", new AbsentPriceRecord(gone.ToString(), feed.WhyNot(gone)),
                CharismaJson.Default.AbsentPriceRecord);
        }
        return isNews;
    }
}

/// <summary>A price that is believed no more, and why.</summary>
internal sealed record AbsentPriceRecord(string TokenId, string? Reason);
