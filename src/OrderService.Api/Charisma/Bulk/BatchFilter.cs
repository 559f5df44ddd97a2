using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>A batch that was let through: its orders, and the one owner of them all.</summary>
internal sealed record OwnersBatch(BatchBody Body, StacksAddress Owner);

/// <summary>Reads the body of a batch of new orders and lets it through where it is one, and of one owner. A key that is sent is counted before.</summary>
internal sealed class BatchFilter(Authenticator authenticator) : IEndpointFilter
{
    /// <summary>The batch of a request that was let through.</summary>
    public static OwnersBatch BatchOf(HttpContext context) => context.Features.Get<OwnersBatch>() ?? throw new InvalidOperationException("this route has no batch in front of it");

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (await authenticator.RefusalOfKeyAsync(http, WalletActions.CreateOrder, http.RequestAborted) is { } noKey) return CharismaErrors.From(noKey);
        if (http.Request.Headers.ContainsKey(IdempotencyFilter.Header)) http.Request.EnableBuffering(BatchBody.BytesMax); // it is read again for its fingerprint
        if ((await BatchBody.ReadAsync(http)).IsRejected(out var why, out var body)) return CharismaErrors.From(why);
        if (OwnerOf(body).IsRejected(out why, out var owner)) return CharismaErrors.From(why);
        http.Features.Set(new OwnersBatch(body, owner));
        return await next(context);
    }

    private static Result<StacksAddress> OwnerOf(BatchBody body)
    {
        if (body.Orders.FirstOrDefault(order => order.Owner.IsRead) is not { Owner.Value: var owner }) return new OrderError.Field("orders[0].owner", "must be a Stacks address", "invalid_principal");
        var other = body.Orders.Index().FirstOrDefault(order => order.Item.Owner.IsRead && order.Item.Owner.Value != owner, (Index: -1, Item: body.Orders[0])).Index;
        return other < 0 ? owner : new OrderError.Field($"orders[{other}].owner", "must be the owner of the other orders too: a batch is of one wallet");
    }
}
