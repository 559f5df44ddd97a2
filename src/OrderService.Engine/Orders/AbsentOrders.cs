using OrderService.Domain;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Orders;

/// <summary>
/// What is said of an order that a dialect was asked for and that is not there: it ended and was dropped with its month, or it never was,
/// or is not the asker's.
/// </summary>
internal sealed class AbsentOrders(EndedOrders ended)
{
    /// <summary>The refusal of one that was meant by its dialect's number or id.</summary>
    public async Task<OrderError> WhyAsync(OrderQuery asked, CancellationToken token) =>
        asked is { Dialect: { } dialect, PublicId: { } id } && await ended.EndAsync(dialect, id, token) is { } end
            && (asked.Owner is not { } owner || owner == end.Owner)
            ? end.Refusal : new OrderError.NotFound();

    /// <summary>The end of one that was meant by its id; null where this dialect never had it.</summary>
    public async Task<GoneOrder?> FindAsync(string dialect, Guid id, CancellationToken token) =>
        await ended.EndAsync(id, token) is { } end && end.Dialect == dialect ? new GoneOrder(end.Owner, end.IsSigned, end.Refusal) : null;
}
