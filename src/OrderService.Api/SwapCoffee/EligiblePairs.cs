using OrderService.Domain;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Api.SwapCoffee;

/// <summary>
/// Which tokens orders may sell and buy: what the registry lists and a route leads to, where the chain can hold a swap to its minimum. What
/// is of no subnet can be sold where the venue takes accounts' own calls.
/// </summary>
internal sealed class EligiblePairs(TokenRegistry tokens, ISwapRouter router)
{
    private static readonly OrderError.Unavailable NotLoaded =
        new("tokens_not_loaded", "The tokens are not known yet; try again", TimeSpan.FromSeconds(2));

    /// <summary>The tokens that something can be bought with.</summary>
    public Result<IReadOnlyList<TokenId>> Sellable() =>
        !tokens.HasLoaded ? NotLoaded : new List<TokenId>(tokens.All.Where(t => BuyableWith(t).Count > 0).Select(t => t.Id));

    /// <summary>The tokens that this one buys; none for one that cannot be sold.</summary>
    public Result<IReadOnlyList<TokenId>> BuyableWith(TokenId sell) =>
        !tokens.HasLoaded ? NotLoaded : tokens.Find(sell) is { } known ? BuyableWith(known) : new List<TokenId>();

    /// <summary>Why the pair is refused, or null.</summary>
    public OrderError? Refusal(TokenId sell, TokenId buy)
    {
        if (BuyableWith(sell).IsRejected(out var why, out var buyable)) return why;
        if (tokens.Find(sell) is null) return new OrderError.UnknownToken("token_from", TokenAddress.Of(sell));
        if (tokens.Find(buy) is null) return new OrderError.UnknownToken("token_to", TokenAddress.Of(buy));
        return buyable.Contains(buy)
            ? null
            : new OrderError.Malformed(
                $"the pair is not eligible: {TokenAddress.Of(sell)} cannot be swapped into {TokenAddress.Of(buy)} here");
    }

    private List<TokenId> BuyableWith(Token sell)
    {
        var isCalled = sell.Type != TokenType.Subnet; // then the contract that is called holds the minimum
        if (isCalled && !router.CanCall(sell.Id)) return [];
        var reachable = router.ReachableFrom(sell.Id).ToHashSet();
        return [.. tokens.All.Select(t => t.Id).Where(id => id != sell.Id && reachable.Contains(id) && (isCalled || router.Protects(id)))];
    }
}
