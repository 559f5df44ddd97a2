using OrderService.Domain.Events;
using OrderService.Domain.Orders;

namespace OrderService.Engine.Orders.Explain;

/// <summary>Reads the times at which an order was due, and what came of each, out of its events.</summary>
internal static class DueTimes
{
    /// <summary>
    /// Oldest first. What waits for the same reason as before is told once: the event of a reason comes where the reason changes.
    /// </summary>
    public static IReadOnlyList<DueTime> Of(IEnumerable<OrderEvent> events)
    {
        var due = new List<DueTime>();
        foreach (var told in events)
        {
            if (told.SliceNumber is not { } slice || !EventText.TryReadOrder(told.Kind, told.Detail, out var fact)) continue;
            if (fact is OrderFact.Triggered by) due.Add(Triggered(told, slice, by));
            else if (fact is OrderFact.Claimed) due.Add(new DueTime(told.At, slice, "call"));
            else if (OutcomeOf(fact) is { } came) Ends(due, told, slice, fact, came);
        }
        return due;
    }

    private static DueTime Triggered(OrderEvent told, int slice, OrderFact.Triggered by) =>
        new(told.At, slice, by.WatchedPrice is null ? "time" : "price")
        {
            WatchedPrice = by.WatchedPrice?.ToString(), BasePrice = by.BasePrice?.ToString(), PriceSources = by.PriceSources,
        };

    private static void Ends(List<DueTime> due, OrderEvent told, int slice, OrderFact fact, (string? Reason, string? TxId) came)
    {
        var last = due.FindLastIndex(time => time.Slice == slice);
        // It was looked at again for the same reason as before, and now something else came of it.
        if (last < 0 || (fact is OrderFact.Broadcast or OrderFact.BackedOff && due[last].Outcome is not null))
        {
            due.Add(new DueTime(told.At, slice, "again"));
            last = due.Count - 1;
        }
        due[last] = due[last] with { Outcome = told.Kind, OutcomeAt = told.At, Reason = came.Reason, TxId = came.TxId ?? due[last].TxId };
    }

    // What came of it, with its reason and its transaction; null where nothing did.
    private static (string? Reason, string? TxId)? OutcomeOf(OrderFact fact) => fact switch
    {
        OrderFact.BackedOff e => (e.Reason, null),
        OrderFact.Broadcast e => (null, e.Txid),
        OrderFact.Rejected e => (e.Reason, e.Txid),
        OrderFact.Reverted e => (e.Reason, e.Txid),
        OrderFact.Replaced e => (e.Reason, e.Txid),
        OrderFact.Confirmed e => (e.Reason, e.Txid),
        OrderFact.Failed e => (e.Reason, null),
        OrderFact.Expired e => (e.Reason, null),
        OrderFact.Cancelled e => (e.Reason, null),
        OrderFact.ClaimTimedOut => (null, null),
        OrderFact.Reorged e => (null, e.Txid),
        OrderFact.SpendRequested e => (e.Reason, e.Txid),
        _ => null,
    };
}
