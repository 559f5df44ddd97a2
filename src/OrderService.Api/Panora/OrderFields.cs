using OrderService.Api.Wire;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Panora;

/// <summary>What both products ask for in the same fields.</summary>
internal static class OrderFields
{
    /// <summary>The two tokens of fields that their rules let pass.</summary>
    public static (Token Sell, Token Buy) Pair(Given<WireValue> sold, Given<WireValue> bought, TokenRegistry tokens) =>
        (Find(sold, tokens), Find(bought, tokens));

    // A list that has dropped the token since it was looked for knows it no more: its id is all that is known then.
    private static Token Find(Given<WireValue> given, TokenRegistry tokens)
    {
        var id = TokenId.Parse(given.Value.Text!);
        return tokens.Find(id) ?? Token.Unlisted(id);
    }
}
