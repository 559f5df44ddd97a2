using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Domain.Transactions;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Orders;

/// <summary>An order as it reads at one moment, with its attempts, oldest first.</summary>
internal sealed record OrderView(Order Order, IReadOnlyList<SwapAttempt> Attempts, DateTimeOffset ReadAt)
{
    private static readonly ILookup<long, string> None = Array.Empty<OutgoingVersion>().ToLookup(v => v.TransactionId, v => v.TxId);

    /// <summary>The other ids that an attempt was sent under, by the attempt's key, oldest first.</summary>
    public ILookup<long, string> Outbid { get; init; } = None;

    /// <summary>
    /// Why the price that it waits for is not believed at this moment, in a word; null where it is, or where it waits for none.
    /// </summary>
    public string? PriceReason { get; init; }

    /// <summary>
    /// The same with the reason that the board has. It is said when the order is read: nobody writes to every waiting row what one pair's
    /// price is about.
    /// </summary>
    public OrderView Beside(PriceBoard board, TokenId baseAssetDefault) => this with
    {
        PriceReason = Order.Terms.ConditionToken is { } watched && Order.StatusAt(ReadAt) == OrderStatus.Open
            && Order.Slices.Any(WaitsForPrice)
            ? board.WhyNoRatio(watched, Order.Terms.BaseAsset ?? baseAssetDefault, ReadAt)
            : null,
    };

    private bool WaitsForPrice(Slice slice) =>
        slice.Status == SliceStatus.Waiting && slice.Trigger == SliceTrigger.Price
            && (slice.WaitSide is not null || slice.WakeAt <= ReadAt);
}
