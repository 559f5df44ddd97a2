using OrderService.Domain;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Panora;

/// <summary>What both products ask for in the same fields.</summary>
internal static class OrderFields
{
    public const string Unprotected = "acceptUnprotectedOutput";

    private const string From = "fromWalletAddress";
    private const string Sold = "fromTokenAddress";
    private const string Bought = "toTokenAddress";

    /// <summary>Who is paid, and whose funds are sold.</summary>
    public static (StacksAddress To, StacksAddress? From) Wallets(CallFields fields, VenueTerms venue, bool isFromNeeded)
    {
        var to = fields.Wallet("toWalletAddress", venue.Network);
        var from = isFromNeeded || fields.Has(From) ? fields.Wallet(From, venue.Network) : (StacksAddress?)null;
        return (to, from);
    }

    /// <summary>The two tokens, or the refusal that stands.</summary>
    public static Result<(Token Sell, Token Buy)> Pair(CallFields fields, TokenRegistry tokens, ISwapRouter router)
    {
        if (!tokens.HasLoaded) fields.Refuse(new OrderError.Unavailable("tokens_not_loaded", "No token list has loaded yet", TimeSpan.FromSeconds(2)));
        var (sell, buy) = (fields.Token(Sold, tokens), fields.Token(Bought, tokens));
        if (sell is not null && sell.Type != TokenType.Subnet && !router.CanCall(sell.Id)) fields.Refuse(Sold, "cannot be sold here: only a subnet token's ledger accepts signed transfers", "unsupported_token");
        if (sell is not null && sell.Id == buy?.Id) fields.Refuse(Bought, $"must differ from {Sold}", "same_token");
        return fields.Refusal is { } why ? why : (sell!, buy!);
    }
}
