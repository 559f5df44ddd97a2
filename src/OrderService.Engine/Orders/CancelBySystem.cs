using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Orders;

/// <summary>Cancels orders for the operator, whoever they belong to. The order says so in its reason.</summary>
internal sealed class CancelBySystem(ListOrders list, AbsentOrders absent, IDbContextFactory<OrdersDb> databases, TimeProvider time)
{
    /// <summary>The reason of an order that was ended so.</summary>
    public const string Reason = "system";

    private const int BatchMax = 100;

    /// <summary>
    /// Cancels every open order that is meant, newest first, a batch a transaction; answers how many. One that ends meanwhile is left
    /// alone.
    /// </summary>
    public async Task<int> HandleAsync(OrderQuery which, CancellationToken token)
    {
        var total = 0;
        for (var page = which with { Limit = BatchMax, IsOpen = true }; ;)
        {
            var found = await list.KeysAsync(page, token);
            if (found.Count == 0) return total;
            total += (await CancelAsync([.. found.Select(key => key.Id)], token)).Count(c => c.Error is null);
            page = page with { Cursor = found[^1].ToString() };
        }
    }

    /// <summary>Cancels the one order that is meant; refused where there is none, it has ended or was dropped.</summary>
    public async Task<Result<CancelOutcome>> OneAsync(OrderQuery which, CancellationToken token) =>
        await list.KeysAsync(which with { Limit = 1 }, token) is [var found]
            ? (await CancelAsync([found.Id], token))[0] : await absent.WhyAsync(which, token);

    private async Task<IReadOnlyList<Result<CancelOutcome>>> CancelAsync(IReadOnlyList<Guid> ids, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var orders = await db.LockOrdersAsync(ids, token);
        var now = time.GetUtcNow();
        foreach (var order in orders.Values) order.ActedOnBy(Actors.Operator);
        Result<CancelOutcome>[] outcomes = [.. orders.Values.Select(o => o.Cancel(now, requests: true, Reason))];
        await db.SaveWithNewsAsync(now, token);
        await transaction.CommitAsync(token);
        return outcomes;
    }
}
