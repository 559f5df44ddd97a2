using Microsoft.Extensions.Options;
using Npgsql;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Execution;

/// <summary>
/// Asks about what waits for a quote: one question a route, its rate at no depth, stands for all that wait there, since no amount is
/// offered more. Only what that rate is good enough for is quoted, the easiest first, a few at a time and more as long as they are taken. A
/// route is asked when the believed price of one of its tokens has moved, and at its pace where not: then a pool may have.
/// </summary>
internal sealed class QuoteSweep(RouteRates rates, PriceBoard board, IOptions<ExecutionOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<QuoteRoute, (DateTimeOffset At, PriceRatio? Believed)> _asked = [];

    /// <summary>
    /// Moves what may be asked about again; returns how many slices were claimed, and how many others wait for their price range from here
    /// on.
    /// </summary>
    public async Task<MovedRows> LookAsync(NpgsqlConnection connection, CancellationToken token)
    {
        var now = time.GetUtcNow();
        var routes = await QuoteBook.RoutesAsync(connection, options.Value.QuoteRoutesMax, token);
        foreach (var left in _asked.Keys.Except(routes).ToList()) _asked.Remove(left);
        var due = routes.ConvertAll(route => (Route: route, Believed: BelievedOf(route, now)))
            .FindAll(one => IsDue(one.Route, one.Believed, now));
        var questions = due.ConvertAll(one => rates.AskAsync(one.Route));
        // A venue that is slow keeps no price order waiting: what is not answered by then is looked at by the next sweep.
        if (questions.Count > 0) await Task.WhenAny(Task.WhenAll(questions), Task.Delay(Patience, time, token));
        var (moved, claimed) = (0, 0);
        foreach (var ((route, believed), question) in due.Zip(questions))
        {
            if (!question.IsCompleted) continue;
            var rate = await question;
            Price? share = rate is { } paid && believed is { } ratio ? ratio.ShareOf(paid) : null;
            _asked[route] = (now, believed);
            var rowsMax = Math.Min(options.Value.QuotesMax + (2 * rates.TakenOf(route)), options.Value.SweepBatchMax);
            var rows =
                await QuoteBook.ClaimAsync(connection, route, rate, share, rowsMax, now - options.Value.BelowMinPauseMax, now, token);
            (moved, claimed) = (moved + rows.Count, claimed + rows.Claimed);
        }
        return new MovedRows(moved, claimed);
    }

    private PriceRatio? BelievedOf(QuoteRoute route, DateTimeOffset now) =>
        board.TryRatio(route.Sell, route.Buy, now, out var ratio) ? ratio : null;

    private bool IsDue(QuoteRoute route, PriceRatio? believed, DateTimeOffset now) =>
        !_asked.TryGetValue(route, out var last) || last.Believed != believed || now - last.At >= options.Value.QuotePause || last.At > now;
}
