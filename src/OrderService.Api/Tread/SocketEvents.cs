using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders.Curves;

namespace OrderService.Api.Tread;

/// <summary>
/// What one connection was told of its orders: it follows the log from a place on, in the log's order. A place that was filled late is told
/// late rather than not at all; what was told lately is not told again.
/// </summary>
internal sealed class SocketEvents(FollowCurves follow, TreadOrders orders, TreadCaller caller, TimeProvider time)
{
    private const int RowsMax = 500;

    // No transaction of the service lasts so long.
    private static readonly TimeSpan LookBack = TimeSpan.FromSeconds(10);

    private readonly Dictionary<long, DateTimeOffset> _told = [];
    private long _settled;

    /// <summary>Begins behind a place, or now.</summary>
    public async Task BeginAsync(long? after, CancellationToken token)
    {
        _told.Clear();
        _settled = after ?? await follow.LatestAsync(token);
    }

    /// <summary>The messages that are new.</summary>
    public async Task<List<ReadOnlyMemory<byte>>> NextAsync(CancellationToken token)
    {
        var now = time.GetUtcNow();
        var fresh = (await follow.ReadAsync(NewOrderTerms.Dialect, caller.Owner, _settled, RowsMax, token)).Where(
            h => !_told.ContainsKey(h.Sequence)).ToList();
        var known = (await orders.ReadAsync([.. fresh.Select(h => h.OrderId).Distinct()], token)).ToDictionary(o => o.Order.Id);
        var messages = new List<ReadOnlyMemory<byte>>();
        foreach (var happened in fresh)
        {
            _told[happened.Sequence] = now;
            if (TypeOf(happened) is { } type && known.TryGetValue(happened.OrderId, out var order))
                messages.Add(Message(happened, type, order));
        }
        Settle(now);
        return messages;
    }

    private void Settle(DateTimeOffset now)
    {
        foreach (var (sequence, at) in _told.Where(t => now - t.Value > LookBack).ToList())
        {
            _settled = Math.Max(_settled, sequence);
            _told.Remove(sequence);
        }
    }

    private static string? TypeOf(CurveHappening happened) => (happened.Kind, happened.IsOfSlice) switch
    {
        (OrderEventKinds.Created, _) => "order_created",
        (OrderEventKinds.Activated, _) => "order_activated",
        (OrderEventKinds.Confirmed, _) => "order_fill_received",
        (OrderEventKinds.Paused, _) => "order_paused",
        (OrderEventKinds.Resumed, _) => "order_resumed",
        (OrderEventKinds.Amended, _) => "order_amended",
        (OrderEventKinds.Completed, false) => "order_completed",
        (OrderEventKinds.Cancelled or OrderEventKinds.CancelRequested or OrderEventKinds.Failed or OrderEventKinds.Expired, false) =>
            "order_canceled",
        _ => null,
    };

    private static ReadOnlyMemory<byte> Message(CurveHappening happened, string type, OrderFacts order)
    {
        var data = new UpdateDataRecord
        {
            OrderId = order.Order.Id.ToString(), UpdateType = type, Order = OrderDetailJson.Of(order, withFills: false, messages: null),
        };
        return JsonAnswer.Bytes(new UpdateRecord { Type = "order_update", Sequence = happened.Sequence, Data = data },
            TreadJson.Default.UpdateRecord);
    }
}
