using Microsoft.Extensions.Options;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>
/// A price as it is shown: with what the venue knows of the token (null for one it does not trade) and its ratio to sBTC where that has a
/// price.
/// </summary>
internal sealed record PriceView(BelievedPrice Price, Token? Token, Price? SbtcRatio);

/// <summary>Makes views of prices.</summary>
internal sealed class PriceViews(PriceBoard board, TokenRegistry tokens, IOptions<PricingOptions> options)
{
    private readonly TokenId _sbtc = TokenId.Parse(options.Value.SbtcToken);

    public PriceView Of(BelievedPrice price, DateTimeOffset now) =>
        new(price, tokens.Find(price.Token), board.TryRatio(price.Token, _sbtc, now, out var ratio) ? ratio.Floor : null);
}
