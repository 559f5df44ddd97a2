using System.Diagnostics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Orders.Explain;

/// <summary>
/// Says why an order stands where it does: in one sentence for a person, then gate by gate with figures, and each time that it was due with
/// what came of it.
/// </summary>
internal sealed class ExplainOrder(OrderGates gates, ReadStory stories, TokenRegistry tokens)
{
    private const int EventsMax = 1_000;
    private const int DueMax = 100;

    public async Task<Explanation> HandleAsync(OrderView view, CancellationToken token)
    {
        var (order, now) = (view.Order, view.ReadAt);
        var slice = WaitingForOrder.Current(order);
        var waiting = WaitingForOrder.Of(order, now);
        var all = await gates.OfAsync(order, slice, token);
        var due = DueTimes.Of(await stories.LatestAsync(order.Id, EventsMax, token));
        return new Explanation(waiting is { } what ? SentenceOf(what, order, slice, all) : EndOf(order, order.StatusAt(now)), waiting, all,
            [.. due.TakeLast(DueMax)]);
    }

    private static string SentenceOf(WaitingFor waiting, Order order, Slice? slice, List<OrderGate> gates)
    {
        string Says(string name) => gates.Find(gate => gate.Name == name)?.Says ?? "It is looked at again within moments.";
        return waiting switch
        {
            WaitingFor.Call => "It waits for a call to execute: no price and no time makes it due.",
            WaitingFor.Resume => "It is paused, and waits to be resumed.",
            WaitingFor.Schedule =>
                "It waits for what its schedule asks for next: its start, its condition, or the moment of its next part.",
            WaitingFor.Leg => Says(OrderGate.Group),
            WaitingFor.Start => Says(OrderGate.Window),
            WaitingFor.Price =>
                gates.Find(gate => gate.Name == OrderGate.Price) is { IsOpen: not true } price
                    ? price.Says : "Its price is reached: it becomes due with the next look.",
            WaitingFor.Quote =>
                gates.Find(gate => gate.Name == OrderGate.Quote) is { IsOpen: not true } quote
                    ? $"It waits for a better quote. {quote.Says}"
                    : "It waited for a better quote, and there is one now: it is asked for again within moments.",
            WaitingFor.Funds when gates.Find(gate => gate is { Name: OrderGate.Group, IsOpen: false }) is { } unfunded => unfunded.Says,
            WaitingFor.Funds =>
                gates.Find(gate => gate.Name == OrderGate.Funds) is { IsOpen: not true } funds
                    ? $"It waits for funds. {funds.Says}" : "It waited for funds, which are there now: it is tried again within moments.",
            WaitingFor.Route => $"It waits for a route. {Says(OrderGate.Route)}",
            WaitingFor.Payer => $"It waits for an account that pays its transaction. {Says(OrderGate.Payer)}",
            WaitingFor.Operator =>
                gates.Find(gate => gate.Name == OrderGate.Sends) is { } sends
                    ? sends.Says : "The operator had paused all sends: it is tried again within moments.",
            WaitingFor.Retry => Says(OrderGate.Retry),
            WaitingFor.Tick => "It is due, and is looked at with the next tick.",
            WaitingFor.Turn => "It is due, and waits for its turn among what is due.",
            WaitingFor.Send => "It is due, and is being prepared for its send now.",
            WaitingFor.Chain => $"It is in flight: the chain decides over transaction {slice?.TxId}.",
            WaitingFor.Spend => order.Status == OrderStatus.Cancelling
                ? "It was cancelled, and no swap follows: its uuid, which was sent once, is being spent on the chain so that nobody can use it."
                : "It ends without a swap as soon as its uuid, which was sent once, is spent on the chain so that nobody can use it.",
            _ => throw new UnreachableException($"no sentence for {waiting}"),
        };
    }

    private string EndOf(Order order, OrderStatus status)
    {
        var sold = order.Slices.Where(slice => slice.Status == SliceStatus.Confirmed)
            .Aggregate(TokenAmount.Zero, (sum, slice) => sum + slice.AmountIn);
        var swapped = $"{tokens.Text(sold, order.Terms.SellToken)} became {tokens.Text(order.Paid, order.Terms.BuyToken)}";
        var before = sold > TokenAmount.Zero ? $" Before that {swapped}." : "";
        return status switch
        {
            OrderStatus.Completed => $"It is done: {swapped}.",
            OrderStatus.Failed => $"It failed: {order.Reason ?? "no reason was kept"}.{before}",
            OrderStatus.Cancelled => $"It was cancelled{(order.Reason is { } reason ? $": {reason}" : "")}.{before}",
            OrderStatus.Expired => $"Its window closed before it was swapped.{before}",
            _ => throw new UnreachableException($"an order that is {status} has not ended"),
        };
    }
}
