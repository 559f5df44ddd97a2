using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>A batch that was let through: its orders, and the one owner of them all.</summary>
internal sealed record OwnersBatch(NewBatchRecord Body, StacksAddress Owner);

/// <summary>Lets a batch of new orders through where they are of one owner.</summary>
internal sealed class BatchFilter : IEndpointFilter
{
    /// <summary>The batch of a request that was let through.</summary>
    public static OwnersBatch BatchOf(HttpContext context) =>
        context.Features.Get<OwnersBatch>() ?? throw new InvalidOperationException("this route has no batch in front of it");

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var body = BodyFilter<NewBatchRecord>.BodyOf(context.HttpContext);
        if (context.HttpContext.RequestServices.GetRequiredService<AddressBudgets>()
            .Take(context.HttpContext, AddressUse.Creates, body.Orders.Value!.Count) is { } spent)
        {
            return CharismaErrors.From(spent);
        }
        if (OwnerOf(body).IsRejected(out var why, out var owner)) return CharismaErrors.From(why);
        context.HttpContext.Features.Set(new OwnersBatch(body, owner));
        return await next(context);
    }

    private static Result<StacksAddress> OwnerOf(NewBatchRecord body)
    {
        var orders = body.Orders.Value!;
        if (orders.FirstOrDefault(order => order.Owner.IsRead) is not { Owner.Value: var owner })
            return new OrderError.Field("orders[0].owner", "must be a Stacks address", "invalid_principal");
        var other = orders.Index()
            .FirstOrDefault(order => order.Item.Owner.IsRead && order.Item.Owner.Value != owner, (Index: -1, Item: orders[0])).Index;
        return other < 0
            ? owner : new OrderError.Field($"orders[{other}].owner", "must be the owner of the other orders too: a batch is of one wallet");
    }
}
