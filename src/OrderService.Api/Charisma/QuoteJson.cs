using System.Globalization;
using System.Numerics;
using System.Text.Json;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Charisma;

/// <summary>Writes a quote in both of its documented shapes at once: the route object of the original's code, and the summary of its pages.</summary>
internal static class QuoteJson
{
    /// <summary>Writes the whole answer.</summary>
    public static void Write(Utf8JsonWriter json, Quote quote, BasisPoints slippage, Func<TokenId, Token?> find, Func<ContractId, VaultFacts?> findVault)
    {
        json.WriteStartObject();
        json.WriteBoolean("success", true);
        json.WriteStartObject("data");
        WritePath(json, quote, find);
        json.WriteStartArray("hops");
        foreach (var hop in quote.Hops) WriteHop(json, hop, find, findVault(hop.Vault));
        json.WriteEndArray();
        json.Amount("amountIn", quote.AmountIn.Units);
        json.Amount("amountOut", quote.AmountOut.Units);
        json.WriteString("expectedPrice", ExpectedPrice(quote, DecimalsOf(find, quote.SellToken), DecimalsOf(find, quote.BuyToken)));
        json.Amount("minimumReceived", slippage.Below(quote.AmountOut).Units);
        json.WriteNumber("slippageBps", slippage.Value);
        WriteRoute(json, quote);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Whole tokens out per whole token in, cut to 18 decimals.</summary>
    public static string ExpectedPrice(Quote quote, int decimalsIn, int decimalsOut)
    {
        var count = (BigInteger)quote.AmountOut.Units * BigInteger.Pow(10, decimalsIn + Price.Decimals) / ((BigInteger)quote.AmountIn.Units * BigInteger.Pow(10, decimalsOut));
        var (whole, fraction) = BigInteger.DivRem(count, (BigInteger)Price.Scale);
        var digits = fraction.ToString(CultureInfo.InvariantCulture).PadLeft(Price.Decimals, '0').TrimEnd('0');
        return digits.Length == 0 ? whole.ToString(CultureInfo.InvariantCulture) : $"{whole.ToString(CultureInfo.InvariantCulture)}.{digits}";
    }

    private static void WritePath(Utf8JsonWriter json, Quote quote, Func<TokenId, Token?> find)
    {
        json.WriteStartArray("path");
        WriteToken(json, quote.SellToken, find);
        foreach (var hop in quote.Hops) WriteToken(json, hop.TokenOut, find);
        json.WriteEndArray();
    }

    private static void WriteHop(Utf8JsonWriter json, Hop hop, Func<TokenId, Token?> find, VaultFacts? vault)
    {
        json.WriteStartObject();
        json.WriteStartObject("vault");
        json.WriteString("contractId", hop.Vault.ToString());
        json.WriteString("contractAddress", hop.Vault.Issuer.ToString());
        json.WriteString("contractName", hop.Vault.Name);
        if (vault is not null) WriteVault(json, vault, find);
        json.WriteEndObject();
        json.WritePropertyName("tokenIn");
        WriteToken(json, hop.TokenIn, find);
        json.WritePropertyName("tokenOut");
        WriteToken(json, hop.TokenOut, find);
        json.WriteNumber("opcode", hop.Opcode);
        json.WriteStartObject("quote");
        json.Amount("amountIn", hop.AmountIn.Units);
        json.Amount("amountOut", hop.AmountOut.Units);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // What its clients build a swap from. A vault that the list dropped since the quote is told by its id alone.
    private static void WriteVault(Utf8JsonWriter json, VaultFacts vault, Func<TokenId, Token?> find)
    {
        json.WriteString("type", vault.Kind);
        json.WriteString("name", vault.Name);
        if (vault.Symbol is { } symbol) json.WriteString("symbol", symbol);
        if (vault.Identifier is { } identifier) json.WriteString("identifier", identifier);
        json.WriteNumber("fee", vault.FeePpm);
        json.WriteString("image", vault.Image ?? "");
        json.WriteString("externalPoolId", vault.ExternalPool?.ToString() ?? "");
        json.WritePropertyName("tokenA");
        WriteToken(json, vault.TokenA, find);
        json.WritePropertyName("tokenB");
        WriteToken(json, vault.TokenB, find);
    }

    private static void WriteRoute(Utf8JsonWriter json, Quote quote)
    {
        json.WriteStartObject("route");
        json.WriteStartArray("hops");
        foreach (var hop in quote.Hops)
        {
            json.WriteStartObject();
            json.WriteString("vault", hop.Vault.ToString());
            json.WriteNumber("opcode", hop.Opcode);
            json.WriteString("tokenIn", hop.TokenIn.ToString());
            json.WriteString("tokenOut", hop.TokenOut.ToString());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteToken(Utf8JsonWriter json, TokenId id, Func<TokenId, Token?> find) => TokenJson.Write(json, Known(find, id));

    // A route may lead through a token that the registry dropped since: its id is all that is known then.
    private static Token Known(Func<TokenId, Token?> find, TokenId id) => find(id) ?? new Token(id, id.ToString(), id.ToString(), 0, TokenType.Sip10);

    private static int DecimalsOf(Func<TokenId, Token?> find, TokenId id) => Known(find, id).Decimals;
}
