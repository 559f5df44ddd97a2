using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Accounts;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>
/// Sets aside what the legs of an account sell that come later, once the first of their group is swapped: under the lock of the account,
/// over a balance that was read after that, as for a new order. Until then nothing of them can be sent. What the account lacks is looked
/// for again, and not for ever.
/// </summary>
internal sealed class FundLegs(
    IDbContextFactory<OrdersDb> databases, FindAccount accounts, SetAsideFunds setAside, IOptions<ExecutionOptions> options,
    TimeProvider time, EngineTelemetry telemetry)
{
    private const int GroupsMax = 100; // at once; the others have their turn at the next look
    private static readonly OrderError.Unavailable Moved = new("busy", "Something else became of the group meanwhile", TimeSpan.Zero);

    /// <summary>All groups for which that is to be done now.</summary>
    public async Task HandleAsync(CancellationToken token)
    {
        foreach (var group in await DueAsync(token))
        {
            var isTold = true; // where the venue does not tell what accounts hold, the next look asks again
            await Isolation.RunAsync([group], async one => isTold = await FundAsync(one[0], token),
                fault => telemetry.WorkerFailed(WorkerNames.Settlement, fault), token);
            if (!isTold) return;
        }
    }

    private async Task<List<Guid>> DueAsync(CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var now = time.GetUtcNow();
        return await db.Slots.Where(slot => slot.FundAt <= now).OrderBy(slot => slot.FundAt).Take(GroupsMax).Select(slot => slot.GroupId)
            .ToListAsync(token);
    }

    private async Task<bool> FundAsync(Guid id, CancellationToken token)
    {
        var (group, legs) = await ReadAsync(id, token);
        if (group.Needs is not { } amount) return true;
        var (first, leg) = (legs[0], group.Later.First());
        if ((await accounts.ByAddressAsync(first.Account!.Value, first.Terms.Owner, token)).IsRejected(out var unknown, out var account))
            throw new InvalidDataException($"group {id}: {unknown.Message}");
        var funded = amount == TokenAmount.Zero
            ? new OrderError.InsufficientBalance(amount, amount)
            : await setAside.HandleAsync(account, leg.Terms.SellToken, amount, static _ => Task.FromResult<Result<bool>?>(null),
                db => WriteAsync(db, legs, amount, leg, account, token), token);
        if (!funded.IsRejected(out var why)) return true;
        if (why is OrderError.InsufficientBalance) await LackAsync(legs, token);
        return why is OrderError.InsufficientBalance || ReferenceEquals(why, Moved);
    }

    private async Task<(OrderGroup Group, Order[] Legs)> ReadAsync(Guid id, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var slot = await db.Slots.AsNoTracking().SingleAsync(one => one.GroupId == id, token);
        var legs = await db.Orders.AsNoTracking().Include(o => o.Slices).Where(o => o.Terms.GroupId == id).OrderBy(o => o.Terms.Leg)
            .ToArrayAsync(token);
        return (new OrderGroup(slot, legs), legs);
    }

    // What was read before the balance may have changed: then nothing is set aside, and the group is looked at again.
    private async Task<Result<bool>> WriteAsync(
        OrdersDb db, Order[] legs, TokenAmount amount, Order leg, ManagedAccount account, CancellationToken token)
    {
        if ((await db.LockOrdersAsync(legs.Select(one => one.Id), token)).GetValueOrDefault(legs[0].Id)?.Group is not { } group
            || group.Needs != amount)
        {
            return Moved;
        }
        var now = time.GetUtcNow();
        group.Fund(amount);
        await ReservationLedger.OpenAsync(db, Reservation.Of(leg.ReservationId, account.Id, leg.Terms.SellToken, amount), now,
            Actors.System, token, leg.Id);
        await db.SaveWithNewsAsync(now, token);
        return true;
    }

    private async Task LackAsync(Order[] legs, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var (set, now) = (options.Value, time.GetUtcNow());
        if ((await db.LockOrdersAsync(legs.Select(one => one.Id), token)).GetValueOrDefault(legs[0].Id)?.Group is not { } group) return;
        var waited = (now - (legs[0].EndedAt ?? now)) / 4;
        group.Lack(now, waited < set.RetryAfter ? set.RetryAfter : waited < set.UnfundedPauseMax ? waited : set.UnfundedPauseMax,
            set.UnfundedMax);
        await db.SaveWithNewsAsync(now, token);
        await transaction.CommitAsync(token);
    }
}
