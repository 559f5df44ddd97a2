using System.ComponentModel;
using ModelContextProtocol.Server;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Mcp;

/// <summary><c>cancel</c>: ends an order of the key's wallet.</summary>
[McpServerToolType]
internal sealed class CancelTool(McpCall call, CancelOrder cancel, TokenRegistry tokens, TimeProvider time)
{
    [McpServerTool(Name = "cancel", Destructive = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Ends an order: where this answers with it, nothing more of it is swapped. It needs a key with the permission cancel. A swap that is in flight decides first, and is told.")]
    public async Task<ToldOrder> HandleAsync([Description("The order's uuid.")] string uuid, CancellationToken token)
    {
        var caller = await call.CallerAsync(WalletActions.CancelOrder, token);
        return (await cancel.HandleAsync(McpCall.Uuid(uuid), caller, token)).IsRejected(out var why, out var order)
            ? throw McpCall.Refusal(why) : ToldOrder.Of(order, tokens, time.GetUtcNow());
    }
}
