using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>The price of one token now. A token that is known and has no price at the moment is unavailable, not unknown.</summary>
internal sealed class GetPrice(
    PriceBoard board, TokenRegistry tokens, PriceViews views, TimeProvider time, IOptions<PricingOptions> options)
{
    public Result<PriceView> Handle(TokenId token)
    {
        var now = time.GetUtcNow();
        if (board.TryRead(token, now, out var price)) return views.Of(price, now);
        if (!board.Knows(token) && tokens.Find(token) is null) return new OrderError.UnknownToken("token", token.ToString());
        return new OrderError.Unavailable("price_unavailable", $"there is no price of {token} that is fresh and agreed upon",
            options.Value.PollInterval);
    }
}
