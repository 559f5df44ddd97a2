using System.ComponentModel;
using ModelContextProtocol.Server;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Explain;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Mcp;

/// <summary>What an order would be.</summary>
internal sealed record ToldPreview(
    string Sentence, bool Acceptable, IReadOnlyList<string> Refusals, bool WouldTriggerNow, string? QuoteNow, string? NeverLessThan,
    string? AccountHolds);

/// <summary><c>preview</c>: what an order would be, and all that it would be refused for.</summary>
[McpServerToolType]
internal sealed class PreviewTool(McpCall call, WantedSwaps swaps, PreviewOrder preview, JudgeKeySale judge, TokenRegistry tokens)
{
    [McpServerTool(Name = "preview", ReadOnly = true, Idempotent = true, OpenWorld = true, UseStructuredContent = true)]
    [Description("What an order from an account would be, without placing it: whether it would be taken and why not, whether it would be due now, and what it would be paid.")]
    public async Task<ToldPreview> HandleAsync(
        [Description("The token that is sold.")] string sell,
        [Description("The token that is bought.")] string buy,
        [Description("How much is sold, in whole tokens.")] string amount,
        [Description("The least to be paid, in whole tokens.")] string? atLeast = null,
        [Description("The token whose price is waited for; without it at once.")] string? watch = null,
        [Description("Due where that price is this or more.")] string? above = null,
        [Description("Due where that price is this or less.")] string? below = null,
        [Description("What that price is measured in: USD, or a token.")] string? measuredIn = null,
        [Description("Until when it may be swapped, ISO 8601.")] string? validUntil = null,
        [Description("The account that sells, by name or address, where the wallet has several.")] string? account = null,
        CancellationToken token = default)
    {
        var caller = await call.CallerAsync(WalletActions.ListOrders, token);
        var asked = new WantedSwap(sell, buy, amount)
        {
            AtLeast = atLeast, Watch = watch, Above = above, Below = below, MeasuredIn = measuredIn, ValidUntil = validUntil,
            Account = account,
        };
        var order = await swaps.OrderAsync(asked, caller, token);
        List<OrderError> found = await judge.RefusalNowAsync(caller, order.Terms, token) is { } mayNot ? [mayNot] : [];
        // What the key may sell was judged above, with what it has sold today.
        var seen = await preview.HandleAsync(order with { By = null, Plan = OrderPlan.OneSwap }, isSigned: false, found, token);
        var (sold, bought) = (order.Terms.SellToken, order.Terms.BuyToken);
        return new ToldPreview(
            seen.Sentence, seen.Refusals.Count == 0, [.. seen.Refusals.Select(refusal => $"{refusal.Code}: {refusal.Message}")],
            seen.WouldTriggerNow, seen.Swap is { } swap ? tokens.Text(swap.Quote.AmountOut, bought) : null,
            seen.Swap?.MinAmountOut is { } least ? tokens.Text(least, bought) : null,
            seen.Funds is { } funds ? tokens.Text(funds, sold) : null);
    }
}
