using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Orders;

/// <summary>What the venue and the prices say of an order's tokens: may it be made here at all?</summary>
internal sealed class TermsRules(TokenRegistry tokens, PriceBoard board, ISwapRouter router)
{
    /// <summary>Why these terms are refused, by their native field names, or null.</summary>
    public OrderError? Refusal(OrderTerms terms)
    {
        if (!tokens.HasLoaded) return new OrderError.Unavailable("tokens_not_loaded", "No token list has loaded yet", TimeSpan.FromSeconds(2));
        var sell = tokens.Find(TokenId.Of(terms.SellToken));
        if (sell is null) return new OrderError.UnknownToken("inputToken", terms.SellToken.ToString());
        if (sell.Type != TokenType.Subnet) return new OrderError.Field("inputToken", "must be a subnet token: only its ledger accepts signed intents", "not_a_subnet_token");
        if (tokens.Find(terms.BuyToken) is null) return new OrderError.UnknownToken("outputToken", terms.BuyToken.ToString());
        if (terms.BuyToken == sell.Id) return new OrderError.Field("outputToken", "must differ from inputToken", "same_token");
        if (router.IsPartOf(terms.Recipient)) return new OrderError.Field("recipient", "is a contract that the swap itself runs through: nobody could take out again what is paid to it", "recipient_is_venue");
        if (terms.Recipient == Principal.From(terms.SellToken)) return new OrderError.Field("recipient", "is the contract of the token that is sold: nobody could take out again what is paid to it", "recipient_is_token");
        if (!router.Protects(terms.BuyToken) && !terms.AcceptsUnprotectedOutput)
            return new OrderError.Field("outputToken", "is a ledger that no rule of the chain can watch, so nothing there can enforce a min amount out: set acceptUnprotectedOutput to true to take the last quote before the send instead", "unprotected_output");
        if (terms.ConditionToken is { } watched && !IsPriced(watched)) return new OrderError.UnknownToken("conditionToken", watched.ToString());
        if (terms.BaseAsset is { } baseAsset && !IsPriced(baseAsset)) return new OrderError.UnknownToken("baseAsset", baseAsset.ToString());
        return null;
    }

    private bool IsPriced(TokenId token) => token == TokenId.Usd || tokens.Find(token) is not null || board.Knows(token);
}
