using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;

namespace OrderService.Engine.Orders;

/// <summary>Makes a paused order's next slice wait for its box again.</summary>
internal sealed class ResumeOrder(ChangeOrder change, FindOrder find)
{
    public async Task<Result<OrderView>> HandleAsync(OrderUuid uuid, Caller caller, CancellationToken token) =>
        (await change.HandleAsync(uuid, caller, (order, now) => order.Resume(now), token)).IsRejected(out var why)
            ? why
            : (await find.HandleAsync(uuid, token))!;
}
