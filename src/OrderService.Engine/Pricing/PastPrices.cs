using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>
/// What tokens were believed to cost at moments, read from the history at once. A token that wraps another has the other's price.
/// </summary>
internal sealed class PastPrices(PriceHistory history, PriceBoard board, TimeProvider time)
{
    // After a day one point a minute is left.
    private static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(2);

    /// <summary>A price for each moment that has one. A moment just past that the history does not have yet has the price of now.</summary>
    public async Task<IReadOnlyDictionary<(TokenId Token, DateTimeOffset At), Price>> HandleAsync(
        IReadOnlyCollection<(TokenId Token, DateTimeOffset At)> moments, CancellationToken token)
    {
        var points = await history.AtAsync([.. moments.Select(Point)], AgeMax, token);
        var now = time.GetUtcNow();
        var found = new Dictionary<(TokenId, DateTimeOffset), Price>(moments.Count);
        foreach (var moment in moments)
        {
            if (points.TryGetValue(Point(moment), out var price)) found[moment] = price;
            else if (now - moment.At < AgeMax && board.TryRead(moment.Token, now, out var believed)) found[moment] = believed.Usd;
        }
        return found;
    }

    // One look-up a second and token is enough.
    private (TokenId Token, DateTimeOffset At) Point((TokenId Token, DateTimeOffset At) moment) =>
        (board.PricedAs(moment.Token),
            new DateTimeOffset(moment.At.UtcTicks - moment.At.UtcTicks % TimeSpan.TicksPerSecond + TimeSpan.TicksPerSecond, TimeSpan.Zero));
}
