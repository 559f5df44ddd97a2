using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;

namespace OrderService.Api.Mcp;

/// <summary>Who calls a tool: the key of the request that carries the call, where it may do that.</summary>
internal sealed class McpCall(IHttpContextAccessor requests, Authenticator authenticator)
{
    /// <summary>The caller of one of <see cref="WalletActions"/>, or the refusal as the protocol tells it.</summary>
    public async Task<Caller> CallerAsync(string action, CancellationToken token)
    {
        var http = requests.HttpContext ?? throw new InvalidOperationException("a tool was called outside of a request");
        return (await authenticator.AuthenticateAsync(http, action, uuid: null, owner: null, token)).IsRejected(out var why, out var caller)
            ? throw Refusal(why) : caller;
    }

    /// <summary>A refusal as the protocol tells it to whoever called the tool: the code, which stays, and the sentence.</summary>
    public static ToolRefusal Refusal(OrderError why) => new($"{why.Code}: {why.Message}");

    /// <summary>A refusal of an argument.</summary>
    public static ToolRefusal Refusal(string argument, string problem) => new($"invalid_field: {argument} {problem}");

    /// <summary>An order's uuid.</summary>
    public static OrderUuid Uuid(string text) =>
        OrderUuid.TryParse(text, out var uuid) ? uuid : throw Refusal("uuid", "must be a uuid, 8-4-4-4-12 hex digits");
}
