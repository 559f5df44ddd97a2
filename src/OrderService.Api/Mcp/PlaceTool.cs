using System.ComponentModel;
using ModelContextProtocol.Server;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Mcp;

/// <summary><c>place</c>: an order that an account of the key's wallet sells for.</summary>
[McpServerToolType]
internal sealed class PlaceTool(McpCall call, WantedSwaps swaps, PlaceOrder place, TokenRegistry tokens, TimeProvider time)
{
    [McpServerTool(Name = "place", Destructive = true, Idempotent = true, OpenWorld = true, UseStructuredContent = true)]
    [Description("Places an order that sells from an account which the service holds for the wallet, and pays the wallet. It needs a key with the permissions create and trade, within the key's limits. The same uuid again is the same order.")]
    public async Task<ToldOrder> HandleAsync(
        [Description("The token that is sold.")] string sell,
        [Description("The token that is bought.")] string buy,
        [Description("How much is sold, in whole tokens.")] string amount,
        [Description("The least to be paid, in whole tokens: the chain holds it.")] string? atLeast = null,
        [Description("The token whose price is waited for; without it at once.")] string? watch = null,
        [Description("Due where that price is this or more.")] string? above = null,
        [Description("Due where that price is this or less.")] string? below = null,
        [Description("What that price is measured in: USD, or a token.")] string? measuredIn = null,
        [Description("Until when it may be swapped, ISO 8601.")] string? validUntil = null,
        [Description("The account that sells, by name or address, where the wallet has several.")] string? account = null,
        [Description("A uuid of your own, so that a call whose answer was lost can be made again.")] string? uuid = null,
        CancellationToken token = default)
    {
        var caller = await call.CallerAsync(WalletActions.CreateOrder, token);
        var asked = new WantedSwap(sell, buy, amount)
        {
            AtLeast = atLeast, Watch = watch, Above = above, Below = below, MeasuredIn = measuredIn, ValidUntil = validUntil,
            Account = account, Uuid = uuid,
        };
        var wanted = await swaps.OrderAsync(asked, caller, token);
        return (await place.HandleAsync(wanted, token)).IsRejected(out var why, out var order)
            ? throw McpCall.Refusal(why) : ToldOrder.Of(order, tokens, time.GetUtcNow());
    }
}
