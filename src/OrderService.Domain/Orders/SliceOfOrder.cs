using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Ports;
using OrderService.Domain.Transactions;

namespace OrderService.Domain.Orders;

/// <summary>
/// One slice with the header of its order, of which no more was read than that and the slice behind it. It is what an execution needs. It
/// cannot end the order nor say where it stands: that takes all of the slices.
/// </summary>
public sealed class SliceOfOrder
{
    private readonly Order _order;

    /// <summary>What was read of an order for its slice of that number.</summary>
    public SliceOfOrder(Order order, int number)
    {
        ArgumentNullException.ThrowIfNull(order);
        (_order, Slice) = (order, order.Find(number));
        order.IsPart = true;
    }

    /// <summary>What is the same for all of its slices.</summary>
    public OrderHeader Header => _order;

    /// <summary>The slice.</summary>
    public Slice Slice { get; }

    /// <summary>What is executed of the target, in all of the order's slices: read where its limit may name it, else zero.</summary>
    public TokenAmount Executed { get; init; }

    /// <summary>Whose funds it sells.</summary>
    public HoldKey Hold => HoldKey.Of(_order);

    /// <summary>True where the part was tried for as long as its turn lasts.</summary>
    public bool TurnIsOver(DateTimeOffset now) => Turn.IsOver(_order, Slice, now);

    /// <summary>See <see cref="Order.BackOff"/>.</summary>
    public void BackOff(OrderFact.BackedOff why, DateTimeOffset until, BackOffKind kind, DateTimeOffset now) =>
        _order.BackOff(Slice.Number, why, until, kind, now);

    /// <summary>Puts it back in the queue of the executors: what made it due is not asked again.</summary>
    public void Queue() => Slice.Queue();

    /// <summary>What it sells was found by quotes: at most what it was drawn with.</summary>
    public void Resize(TokenAmount amountIn) => Slice.Resize(amountIn);

    /// <summary>See <see cref="Order.Broadcast"/>.</summary>
    public SwapAttempt Broadcast(
        AttemptKind kind, PreparedTransaction transaction, TokenAmount? quoted, TokenAmount? minAmountOut, DateTimeOffset now,
        bool isProtected = true) =>
            _order.Broadcast(Slice.Number, kind, transaction, quoted, minAmountOut, now, isProtected);

    /// <summary>See <see cref="OrderNews.TakeNews"/>.</summary>
    public IReadOnlyList<OrderEvent> TakeNews() => _order.TakeNews();
}
