using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>Tokens and amounts in sentences for people.</summary>
internal static class TokenText
{
    /// <summary>The short name of a token; its id where nobody lists it.</summary>
    public static string NameOf(this TokenRegistry tokens, TokenId id) => tokens.Find(id)?.Symbol ?? id.ToString();

    /// <summary>An amount in whole tokens with its token's name.</summary>
    public static string Text(this TokenRegistry tokens, TokenAmount amount, TokenId of) =>
        tokens.Find(of) is { } token ? $"{amount.ToWhole(token.Decimals)} {token.Symbol}" : $"{amount} base units of {of}";
}
