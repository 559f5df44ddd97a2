using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;

namespace OrderService.Engine.Orders;

/// <summary>Makes no slice of an order due until it is resumed.</summary>
internal sealed class PauseOrder(ChangeOrder change, FindOrder find)
{
    public async Task<Result<OrderView>> HandleAsync(OrderUuid uuid, Caller caller, CancellationToken token) =>
        (await change.HandleAsync(uuid, caller, (order, now) => order.Pause(now), token)).IsRejected(out var why)
            ? why
            : (await find.HandleAsync(uuid, token))!;
}
