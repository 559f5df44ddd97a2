using System.Numerics;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Charisma;

/// <summary>
/// Makes the record of a quote in both of its documented shapes at once: the route object of the original's code, and the summary of its
/// pages.
/// </summary>
internal static class QuoteJson
{
    /// <summary>The whole answer.</summary>
    public static QuoteAnswerRecord Of(
        Quote quote, BasisPoints slippage, Func<TokenId, Token?> find, Func<ContractId, VaultFacts?> findVault) => new()
        {
            Success = true,
            Data = new QuoteRecord
            {
                Path = [Token(quote.SellToken, find), .. quote.Hops.Select(hop => Token(hop.TokenOut, find))],
                Hops = [.. quote.Hops.Select(hop => Of(hop, find, findVault(hop.Vault)))],
                AmountIn = LooseUnits.Of(quote.AmountIn),
                AmountOut = LooseUnits.Of(quote.AmountOut),
                ExpectedPrice = ExpectedPrice(quote, DecimalsOf(find, quote.SellToken), DecimalsOf(find, quote.BuyToken)),
                MinimumReceived = LooseUnits.Of(slippage.Below(quote.AmountOut)),
                SlippageBps = slippage.Value,
                Route = new RouteRecord { Hops = [.. quote.Hops.Select(Of)] },
            },
        };

    /// <summary>Whole tokens out per whole token in, cut to 18 decimals.</summary>
    private static string ExpectedPrice(Quote quote, int decimalsIn, int decimalsOut)
    {
        var count = (BigInteger)quote.AmountOut.Units * BigInteger.Pow(10,
            decimalsIn + Price.Decimals) / ((BigInteger)quote.AmountIn.Units * BigInteger.Pow(10, decimalsOut));
        return HumanAmount.Text(count, Price.Decimals);
    }

    private static HopRecord Of(Hop hop, Func<TokenId, Token?> find, VaultFacts? vault) => new()
    {
        Vault = Of(hop, vault, find),
        TokenIn = Token(hop.TokenIn, find),
        TokenOut = Token(hop.TokenOut, find),
        Opcode = hop.Opcode,
        Quote = new HopQuoteRecord { AmountIn = LooseUnits.Of(hop.AmountIn), AmountOut = LooseUnits.Of(hop.AmountOut) },
    };

    // What its clients build a swap from. A vault that the list dropped since the quote is told by its id alone.
    private static VaultRecord Of(Hop hop, VaultFacts? vault, Func<TokenId, Token?> find)
    {
        var record = new VaultRecord
        {
            ContractId = hop.Vault.ToString(), ContractAddress = hop.Vault.Issuer.ToString(), ContractName = hop.Vault.Name,
        };
        return vault is null ? record : record with
        {
            Type = vault.Kind, Name = vault.Name, Symbol = vault.Symbol, Identifier = vault.Identifier, Fee = vault.FeePpm,
            Image = vault.Image ?? "",
            ExternalPoolId = vault.ExternalPool?.ToString() ?? "", TokenA = Token(vault.TokenA, find), TokenB = Token(vault.TokenB, find),
        };
    }

    private static RouteHopRecord Of(Hop hop) => new()
    {
        Vault = hop.Vault.ToString(), Opcode = hop.Opcode, TokenIn = hop.TokenIn.ToString(), TokenOut = hop.TokenOut.ToString(),
    };

    private static TokenRecord Token(TokenId id, Func<TokenId, Token?> find) => TokenJson.Of(Known(find, id));

    // A route may lead through a token that the registry dropped since: its id is all that is known then.
    private static Token Known(Func<TokenId, Token?> find, TokenId id) => find(id) ?? Domain.Pricing.Token.Unlisted(id);

    private static int DecimalsOf(Func<TokenId, Token?> find, TokenId id) => Known(find, id).Decimals;
}
