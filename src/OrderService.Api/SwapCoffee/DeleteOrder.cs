using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;

namespace OrderService.Api.SwapCoffee;

/// <summary>DELETE {address}/order?id=: cancels at once, or asks for it where a transaction is in flight, which then decides.</summary>
internal static class DeleteOrder
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ListOrders orders, AbsentOrders absent, CancelOrder cancel, CancellationToken token)
    {
        var caller = CallerProof.CallerOf(context);
        if (OrdersQuery.ReadId(context.Request.Query.Text("id")).IsRejected(out var why, out var id)) return SwapCoffeeErrors.From(why);
        var asked = OrdersQuery.One(id, caller.Owner);
        if (await orders.OneAsync(asked, token) is not { Order: var order })
            return SwapCoffeeErrors.From(await absent.WhyAsync(asked, token));
        if (!(await cancel.RequestAsync(order.Terms.Uuid, caller, token)).IsRejected(out why))
            return Answers.Transaction(context, TransactionBoc.CancelOrder, id, order);
        // It has ended: how, is read anew, since that may have been just now.
        if (why is OrderError.NotOpen && await orders.OneAsync(asked, token) is { } ended)
            why = new OrderError.NotOpen(SwapCoffeeStatus.Of(ended.Order));
        return SwapCoffeeErrors.From(why);
    }
}
