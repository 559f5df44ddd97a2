using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.SwapCoffee;

/// <summary>PATCH {address}/order?id=: changes an active order, all that is asked for or nothing. An extension of ours.</summary>
internal static class PatchOrder
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ListOrders orders, AbsentOrders absent, AmendOrder amend, CancellationToken token)
    {
        var caller = CallerProof.CallerOf(context);
        if (OrdersQuery.ReadId(context.Request.Query.Text("id")).IsRejected(out var why, out var id)) return SwapCoffeeErrors.From(why);
        var body = AmendJson.Of(BodyFilter<AmendRecord>.BodyOf(context));
        var asked = OrdersQuery.One(id, caller.Owner);
        if (await orders.OneAsync(asked, token) is not { Order: var order })
            return SwapCoffeeErrors.From(await absent.WhyAsync(asked, token));
        if (body.ChangesOf(StrategyTypes.Of(order)).IsRejected(out why, out var changes)) return SwapCoffeeErrors.From(why);
        if (!(await amend.HandleAsync(order.Terms.Uuid, caller, changes, token)).IsRejected(out why))
            return Answers.Transaction(context, TransactionBoc.AmendOrder, id, order);
        if (why is OrderError.NotOpen && await orders.OneAsync(asked, token) is { } ended)
            why = new OrderError.NotOpen(SwapCoffeeStatus.Of(ended.Order));
        return SwapCoffeeErrors.From(why);
    }

    /// <summary>Says what is wrong with the order's number before the body is looked at.</summary>
    public static async ValueTask<object?> CheckIdAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        OrdersQuery.ReadId(context.HttpContext.Request.Query.Text("id")).IsRejected(out var why, out _)
            ? SwapCoffeeErrors.From(why) : await next(context);
}
