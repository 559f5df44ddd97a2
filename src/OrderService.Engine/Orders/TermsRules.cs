using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Orders;

/// <summary>What the venue and the prices say of an order's tokens: may it be made here at all?</summary>
internal sealed class TermsRules(TokenRegistry tokens, PriceBoard board, ISwapRouter router)
{
    /// <summary>True for what no signed intent moves, so that an account sells it by calls of its own.</summary>
    public bool IsCalled(OrderTerms terms) => tokens.Find(terms.SellToken) is { Type: not TokenType.Subnet };

    /// <summary>
    /// Why these terms are refused, by their native field names, or null. An account sells any token where the venue takes its calls.
    /// </summary>
    public OrderError? Refusal(OrderTerms terms, bool isOfAccount) => Refusals(terms, isOfAccount).FirstOrDefault();

    /// <summary>All that these terms are refused for; what cannot be asked while something else is not known is left out.</summary>
    public IEnumerable<OrderError> Refusals(OrderTerms terms, bool isOfAccount)
    {
        if (!tokens.HasLoaded)
        {
            yield return new OrderError.Unavailable("tokens_not_loaded", "No token list has loaded yet", TimeSpan.FromSeconds(2));
            yield break;
        }
        var sell = tokens.Find(terms.SellToken);
        if (sell is null) yield return new OrderError.UnknownToken("inputToken", terms.SellToken.ToString());
        var isCalled = sell is { Type: not TokenType.Subnet };
        if (sell is not null && isCalled && !(isOfAccount && router.CanCall(sell.Id)))
            yield return ManagedAccount.NoIntentMoves("inputToken");
        var isListed = tokens.Find(terms.BuyToken) is not null;
        if (!isListed) yield return new OrderError.UnknownToken("outputToken", terms.BuyToken.ToString());
        if (terms.BuyToken == terms.SellToken)
            yield return new OrderError.Field("outputToken", "must differ from inputToken", "same_token");
        if (router.IsPartOf(terms.Recipient))
        {
            yield return new OrderError.Field("recipient",
                "is a contract that the swap itself runs through: nobody could take out again what is paid to it", "recipient_is_venue");
        }
        if (terms.Recipient.ToString() == terms.SellToken.ToString())
        {
            yield return new OrderError.Field("recipient",
                "is the contract of the token that is sold: nobody could take out again what is paid to it", "recipient_is_token");
        }
        if (isListed && !isCalled && !router.Protects(terms.BuyToken) && !terms.AcceptsUnprotectedOutput)
        {
            yield return new OrderError.Field("outputToken",
                "is a ledger that no rule of the chain can watch, so nothing there can enforce a min amount out: set acceptUnprotectedOutput to true to take the last quote before the send instead", "unprotected_output");
        }
        if (terms.ConditionToken is { } watched && !IsPriced(watched))
            yield return new OrderError.UnknownToken("conditionToken", watched.ToString());
        if (terms.BaseAsset is { } baseAsset && !IsPriced(baseAsset))
            yield return new OrderError.UnknownToken("baseAsset", baseAsset.ToString());
    }

    private bool IsPriced(TokenId token) => token == TokenId.Usd || tokens.Find(token) is not null || board.Knows(token);
}
