using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;
using OrderService.Engine.Orders;

namespace OrderService.Api.SwapCoffee;

/// <summary>
/// How far an order has come. An invocation is a swap transaction that the chain has decided, well or not; what is sent and undecided is in
/// flight and its input counts as gone, until it comes back. A transaction that spends an intent's uuid is in flight too, but moves
/// nothing.
/// </summary>
internal sealed record OrderProgress(TokenAmount InputLeft, TokenAmount Output, int Suborders, int Invocations, int InFlight)
{
    /// <summary>Counts an order's slices and attempts.</summary>
    public static OrderProgress Of(OrderView view)
    {
        var slices = view.Order.Slices;
        var live = view.Attempts.Where(a => a.Status.IsLive()).ToList();
        var swapping = live.Where(a => a.Kind == AttemptKind.Swap).Select(a => a.SliceNumber).ToHashSet();
        var swapped = slices.Where(s => s.Status == SliceStatus.Confirmed).ToList();
        return new OrderProgress(
            view.Order.Terms.AmountIn - Sum(slices.Where(s => s.Status == SliceStatus.Confirmed || swapping.Contains(s.Number))
                .Select(s => s.AmountIn)),
            Sum(swapped.Select(s => s.AmountOut ?? TokenAmount.Zero)),
            swapped.Count,
            slices.Sum(s => s.AttemptsUsed) - swapping.Count,
            live.Count);
    }

    private static TokenAmount Sum(IEnumerable<TokenAmount> amounts) => amounts.Aggregate(TokenAmount.Zero, (sum, amount) => sum + amount);
}
