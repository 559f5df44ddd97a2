using System.ComponentModel;
using ModelContextProtocol.Server;
using OrderService.Domain.Ports;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Mcp;

/// <summary>What a swap would pay now.</summary>
internal sealed record ToldQuote(string Sells, string Pays, IReadOnlyList<string> Route);

/// <summary><c>quote</c>: what a swap would pay now.</summary>
[McpServerToolType]
internal sealed class QuoteTool(WantedSwaps wanted, ISwapRouter router, TokenRegistry tokens)
{
    [McpServerTool(Name = "quote", ReadOnly = true, Idempotent = true, OpenWorld = true, UseStructuredContent = true)]
    [Description("What a swap of so much of one token for another would pay now, and by which route. Nothing is placed.")]
    public async Task<ToldQuote> HandleAsync(
        [Description("The token that is sold: a symbol such as STX-subnet, or a contract id.")] string sell,
        [Description("The token that is bought.")] string buy,
        [Description("How much is sold, in whole tokens, such as \"10.5\".")] string amount,
        CancellationToken token)
    {
        var (sold, bought) = (wanted.Token("sell", sell), wanted.Token("buy", buy));
        if ((await router.QuoteAsync(sold.Id, bought.Id, WantedSwaps.Amount("amount", amount, sold), token)).IsRejected(out var why,
            out var quote))
        {
            throw McpCall.Refusal(why);
        }
        return new ToldQuote(tokens.Text(quote.AmountIn, sold.Id), tokens.Text(quote.AmountOut, bought.Id),
            [.. quote.Hops.Select(hop => tokens.NameOf(hop.TokenIn)), tokens.NameOf(bought.Id)]);
    }
}
