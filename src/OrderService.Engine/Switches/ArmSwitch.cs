using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Events;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Switches;

/// <summary>
/// Arms an owner's dead man's switch, puts it off, or takes it away. What was due before, if only by a moment, fires first: its moment
/// decides, and not when somebody looks. Only arming and disarming are told as events: a switch is put off all day long.
/// </summary>
internal sealed class ArmSwitch(IDbContextFactory<OrdersDb> databases, MessageLedger messages, FireSwitches fire, TimeProvider time)
{
    /// <summary>In so many seconds from now; 0 takes it away. Null where none is armed then.</summary>
    public async Task<Result<CancelSwitch?>> HandleAsync(OrderFilter filter, int seconds, Caller caller, CancellationToken token)
    {
        if (!CancelSwitch.IsTimeout(seconds))
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "not a time that a switch may be put off");
        await fire.OneAsync(caller.Owner, filter, token);
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var now = time.GetUtcNow();
        if (caller.Message is { } message && (await messages.RecordAsync(db, message, now, token)).IsRejected(out var used)) return used;
        var armed = seconds == 0 ? null : new CancelSwitch(caller.Owner, filter, now.AddSeconds(seconds), now, caller.Actor);
        if ((await WriteAsync(db, armed, filter, caller, token)).IsRejected(out var why, out var news)) return why;
        if (news is not null) db.Tell(news, caller.Owner, caller.Actor, now);
        await db.SaveChangesAsync(token);
        await transaction.CommitAsync(token);
        return armed;
    }

    // What there is to tell; nothing where it was put off, or where there was none to take away.
    private static async Task<Result<OwnerEvent?>> WriteAsync(
        OrdersDb db, CancelSwitch? armed, OrderFilter filter, Caller caller, CancellationToken token)
    {
        if (armed is null)
        {
            return await SwitchRows.DisarmAsync(db.TransactionConnection(), caller.Owner, filter.Scope, token)
                ? new CancelAllDisarmed(filter.Scope) : (OwnerEvent?)null;
        }
        return await SwitchRows.ArmAsync(db.TransactionConnection(), armed, token) switch
        {
            null => new OrderError.TooMany("too_many_switches",
                $"This wallet has {CancelSwitch.MaxPerOwner} switches armed: take one away first", TimeSpan.FromMinutes(1)),
            true => new CancelAllArmed(filter.Scope, armed.FiresAt),
            false => (OwnerEvent?)null,
        };
    }
}
