using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Curves;

namespace OrderService.Api.Tread;

/// <summary>DELETE order/{id}: nothing unsent is sent any more. Twice is as well; what is only one undecided swap is not.</summary>
internal static class DeleteOrder
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, string? id, TreadOrders orders, CancelOrder cancel, CancellationToken token)
    {
        var caller = TokenProof.CallerOf(context);
        // Twice: somebody may change it between the look and the cancel.
        for (var tries = 0; tries < 2; tries++)
        {
            var (order, fault) = await orders.FindAsync(caller, id, OrderFaults.Bare, token);
            if (order is null) return fault!;
            if (order.View.Standing == CurveStanding.Canceled) return Answers.Bare(context, "Order already canceled!");
            if (order.View.Standing == CurveStanding.Complete)
                return TreadFaults.Error(422, "order_not_open", "Order is in a state that cannot be canceled");
            var refused = (await cancel.HandleAsync(order.Order.Terms.Uuid, caller.For(order.Order.Terms.Owner), token)).Error;
            if (refused is null) return Answers.Bare(context, "Order canceled!");
            if (refused is OrderError.InFlight) return TreadFaults.Error(422, "order_in_flight", "Failed to cancel all placements");
        }
        return TreadFaults.Error(422, "changed_meanwhile", "Failed to commit cancellation changes");
    }
}
