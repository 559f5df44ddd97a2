using OrderService.Engine.Events;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma.Events;

/// <summary>
/// Tells the open orders of a stream's owner at its beginning: each as it reads now, then the position behind which the stream goes on. The
/// position was read first, so that nothing is missed; what happened while they were told may be in an order already and comes as an event
/// all the same.
/// </summary>
internal sealed class OpenOrders(ListOrders list)
{
    private const int PageSize = 200;

    /// <summary>Tells them; false where the client has left.</summary>
    public async Task<bool> TellAsync(StreamBody body, EventsQuery query, LogPosition position, CancellationToken token)
    {
        var wanted = new OrderQuery
        {
            Owner = query.Owner, Ids = query.Orders, Groups = query.Groups,
            Readings = [OrderReading.Open, OrderReading.Broadcast, OrderReading.Cancelling], Limit = PageSize, Sort = OrderSort.CreatedAt,
        };
        var (count, cursor) = (0, (string?)null);
        do
        {
            if ((await list.HandleAsync(wanted with { Cursor = cursor }, token)).IsRejected(out _, out var page)) return false;
            foreach (var view in page.Orders) body.Write(id: null, "order", OrderJson.Of(view), CharismaJson.Default.OrderRecord);
            if (!await body.FlushAsync(token)) return false;
            (count, cursor) = (count + page.Orders.Count, page.NextCursor);
        }
        while (cursor is not null);
        body.Write(position.ToString(), "snapshot", new SnapshotRecord(position.LogId!, position.Number, count),
            CharismaJson.Default.SnapshotRecord);
        return true;
    }
}

/// <summary>The end of what was open when a stream began: the position behind which it goes on.</summary>
internal sealed record SnapshotRecord(string Log, long Position, int Orders);
