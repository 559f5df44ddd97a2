using System.ComponentModel;
using ModelContextProtocol.Server;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Explain;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Mcp;

/// <summary>Why an order stands where it does.</summary>
internal sealed record ToldExplanation(
    string Sentence, ToldOrder Order, IReadOnlyList<string> Gates, IReadOnlyList<string> WhatHasToChange);

/// <summary><c>explain</c>: why an order of the key's wallet stands where it does.</summary>
[McpServerToolType]
internal sealed class ExplainTool(McpCall call, FindOrder find, ExplainOrder explain, TokenRegistry tokens, TimeProvider time)
{
    [McpServerTool(Name = "explain", ReadOnly = true, Idempotent = true, OpenWorld = true, UseStructuredContent = true)]
    [Description("Why an order stands where it does: one sentence, each gate between it and its swap, and what has to change.")]
    public async Task<ToldExplanation> HandleAsync([Description("The order's uuid.")] string uuid, CancellationToken token)
    {
        var caller = await call.CallerAsync(WalletActions.ListOrders, token);
        // An order of another wallet is not there, as elsewhere.
        if (await find.HandleAsync(McpCall.Uuid(uuid), token) is not { } view || view.Order.Terms.Owner != caller.Owner)
            throw McpCall.Refusal(new OrderError.NotFound());
        var why = await explain.HandleAsync(view, token);
        return new ToldExplanation(why.Sentence, ToldOrder.Of(view.Order, tokens, time.GetUtcNow()),
            [.. why.Gates.Select(gate => $"{gate.Name}: {gate.Says}")], [.. why.Gates.Select(gate => gate.Change).OfType<string>()]);
    }
}
