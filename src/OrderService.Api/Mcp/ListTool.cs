using System.ComponentModel;
using ModelContextProtocol.Server;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Mcp;

/// <summary>Orders, newest first, and where the next ones begin.</summary>
internal sealed record ToldOrders(IReadOnlyList<ToldOrder> Orders, string? NextCursor);

/// <summary><c>list</c>: the orders of the key's wallet.</summary>
[McpServerToolType]
internal sealed class ListTool(McpCall call, ListOrders list, TokenRegistry tokens, TimeProvider time)
{
    private const int LimitMax = 100;

    [McpServerTool(Name = "list", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("The orders of the key's wallet, newest first, with where each stands and why.")]
    public async Task<ToldOrders> HandleAsync(
        [Description("true: only those that may still be swapped; false: only those that have ended.")] bool? open = null,
        [Description("How many, 1 to 100.")] int limit = 20,
        [Description("nextCursor of the page before.")] string? cursor = null,
        CancellationToken token = default)
    {
        if (limit is < 1 or > LimitMax) throw McpCall.Refusal("limit", $"must be 1 to {LimitMax}");
        var caller = await call.CallerAsync(WalletActions.ListOrders, token);
        if ((await list.HandleAsync(new OrderQuery { Owner = caller.Owner, IsOpen = open, Limit = limit, Cursor = cursor },
            token)).IsRejected(out var why, out var page))
        {
            throw McpCall.Refusal(why);
        }
        return new ToldOrders([.. page.Orders.Select(view => ToldOrder.Of(view.Order, tokens, time.GetUtcNow()))], page.NextCursor);
    }
}
