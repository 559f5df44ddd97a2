using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>One answer: the views asked for, and how many tokens have a price at all.</summary>
internal sealed record PriceList(IReadOnlyList<PriceView> Prices, int TotalTokens);

/// <summary>The prices that can be read now, by token: those believed, and those of the venue's tokens that wrap one.</summary>
internal sealed class ListPrices(PriceBoard board, TokenRegistry tokens, PriceViews views, TimeProvider time)
{
    public const int LimitMax = 1000;

    public PriceList Handle(TokenId? only, Price priceMin, int limit)
    {
        var now = time.GetUtcNow();
        var readable = board.All(now).Select(price => price.Token).Union(tokens.All.Select(token => token.Id))
            .Select(id => board.TryRead(id, now, out var price) ? price : null).OfType<BelievedPrice>().ToList();
        var wanted = readable
            .Where(price => (only is null || price.Token == only) && price.Usd >= priceMin)
            .OrderBy(price => price.Token.ToString(), StringComparer.Ordinal)
            .Take(limit);
        return new PriceList([.. wanted.Select(price => views.Of(price, now))], readable.Count);
    }
}
