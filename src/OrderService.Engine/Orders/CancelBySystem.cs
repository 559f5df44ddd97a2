using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Orders;

/// <summary>Cancels numbered orders for the operator, whoever they belong to. The order says so in its reason.</summary>
internal sealed class CancelBySystem(NumberedOrders numbered, IDbContextFactory<OrdersDb> databases, TimeProvider time)
{
    /// <summary>The reason of an order that was ended so.</summary>
    public const string Reason = "system";

    private const int BatchMax = 100;

    /// <summary>Cancels every open order that is meant, newest first, a batch a transaction; answers how many. One that ends meanwhile is left alone.</summary>
    public async Task<int> HandleAsync(NumberedQuery which, CancellationToken token)
    {
        var total = 0;
        for (var page = which with { Limit = BatchMax, IsOpenOnly = true }; ;)
        {
            var found = await numbered.FindAsync(page, token);
            if (found.Count == 0) return total;
            total += (await CancelAsync([.. found.Select(f => f.Id)], token)).Count(c => c.Error is null);
            page = page with { Before = found[^1].Number };
        }
    }

    /// <summary>Cancels the order of one number; refused where there is none or it has ended.</summary>
    public async Task<Result<CancelOutcome>> HandleAsync(int number, CancellationToken token)
    {
        var found = await numbered.FindAsync(new NumberedQuery(1) { Number = number }, token);
        return found.Count == 0 ? new OrderError.NotFound() : (await CancelAsync([found[0].Id], token))[0];
    }

    private async Task<IReadOnlyList<Result<CancelOutcome>>> CancelAsync(IReadOnlyList<Guid> ids, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var orders = await db.LockOrdersAsync(ids, token);
        var now = time.GetUtcNow();
        foreach (var order in orders.Values) order.ActedOnBy(Actors.Operator);
        Result<CancelOutcome>[] outcomes = [.. orders.Values.Select(o => o.Cancel(now, requests: true, Reason))];
        await db.SaveWithNewsAsync(token);
        await transaction.CommitAsync(token);
        return outcomes;
    }
}
