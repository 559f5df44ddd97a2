using System.Diagnostics;
using OrderService.Domain.Events;
using OrderService.Domain.Ports;
using OrderService.Domain.Transactions;

namespace OrderService.Domain.Orders;

/// <summary>What an attempt's outcome means for its slice and order. A terminal state rests on positive evidence only.</summary>
public static class Settlement
{
    /// <summary>
    /// Writes what the chain says of an attempt into it, its slice and its order. <paramref name="retryAt"/> is when a slice with attempts
    /// left may be tried again.
    /// </summary>
    public static void Apply(Order order, SwapAttempt attempt, TransactionStatus status, DateTimeOffset retryAt, DateTimeOffset now)
    {
        switch (status)
        {
            case TransactionStatus.Succeeded success: Succeeded(order, attempt, success, now); break;
            case TransactionStatus.Aborted abort: Aborted(order, attempt, abort, retryAt, now); break;
            case TransactionStatus.Replaced: Lost(order, attempt, OutgoingStatus.Replaced, "replaced", retryAt, now,
                isOfPayer: true); break;
            case TransactionStatus.Unknown or TransactionStatus.Pending: TakenBack(order, attempt, now); break;
            default: throw new UnreachableException($"unknown transaction status {status}");
        }
        if (attempt is { IsFinal: true, Kind: AttemptKind.Swap, Status: OutgoingStatus.Confirmed }) order.Group?.Decide(order);
        if (attempt.IsFinal && order.Status.IsTerminal()) order.KeepSealed(null, null); // the uuid is spent, and no reorg gives it back
    }

    /// <summary>
    /// The first send was refused for good: these bytes can never be mined, and nothing but this node saw them. What was the payer's
    /// trouble uses up none of the owner's tries.
    /// </summary>
    public static void Rejected(
        Order order, SwapAttempt attempt, string reason, DateTimeOffset retryAt, DateTimeOffset now, bool isOfPayer = false) =>
            Lost(order, attempt, OutgoingStatus.Rejected, reason, retryAt, now, isOfPayer);

    /// <summary>A node took the bytes.</summary>
    public static void Sent(Order order, SwapAttempt attempt, DateTimeOffset now)
    {
        if (attempt.Status != OutgoingStatus.Prepared) return;
        attempt.Move(OutgoingStatus.Sent, now);
        order.Tell(order.Find(attempt.SliceNumber), new OrderFact.Sent(attempt.TxId), now);
    }

    /// <summary>
    /// Outbids bytes that wait too long with the same call at a higher fee on the same nonce; returns the bytes that were outbid, which may
    /// still be mined.
    /// </summary>
    public static OutgoingVersion Raised(Order order, SwapAttempt attempt, PreparedTransaction higher, DateTimeOffset now)
    {
        var slice = order.Find(attempt.SliceNumber);
        var outbid = attempt.Raise(higher, now);
        slice.Follow(higher.TxId);
        order.Tell(slice, new OrderFact.FeeRaised(higher.TxId, higher.Fee, outbid.TxId), now);
        return outbid;
    }

    /// <summary>
    /// Outbids a swap whose window has closed with the spend of its uuid on the same nonce; returns the bytes that were outbid, which may
    /// still be mined. Until the chain decides the slice is in flight as before.
    /// </summary>
    public static OutgoingVersion OutbidBySpend(Order order, SwapAttempt attempt, PreparedTransaction spend, DateTimeOffset now)
    {
        var slice = order.Find(attempt.SliceNumber);
        var outbid = attempt.BecomeSpend(spend, now);
        slice.Follow(spend.TxId);
        slice.Because("expired");
        order.Tell(slice, new OrderFact.SpendRequested("expired", spend.TxId, spend.Fee, outbid.TxId), now);
        return outbid;
    }

    /// <summary>An outbid version was mined after all: it is the attempt from here on. Returns the version whose place it took.</summary>
    public static OutgoingVersion Mined(Order order, SwapAttempt attempt, OutgoingVersion mined)
    {
        order.Find(attempt.SliceNumber).Follow(mined.TxId);
        return attempt.Become(mined);
    }

    private static void Succeeded(Order order, SwapAttempt attempt, TransactionStatus.Succeeded success, DateTimeOffset now)
    {
        // Mined again in another block, which paid something else, or in which the spend that outbid it took its place.
        if (attempt.Kind == AttemptKind.Spend || !attempt.Shows(success)) TakenBack(order, attempt, now);
        // a spent uuid ends a slice for good: only final evidence will do
        if (attempt.Kind == AttemptKind.Spend && !success.IsFinal) return;
        if (success.IsFinal) attempt.Finalise();
        if (!attempt.Status.IsLive()) return;
        var slice = order.Find(attempt.SliceNumber);
        attempt.Move(OutgoingStatus.Confirmed, now);
        if (attempt.Kind == AttemptKind.Spend)
        {
            // without an end that was asked for, it is a swap past its window that was outbid
            var endAs = slice.EndAs ?? SliceStatus.Expired;
            order.EndSlice(slice, endAs, slice.EndAs is null ? "expired" : slice.Reason, now);
            Conclusion.Draw(order, Turn.RanAt(order, slice, now), now);
        }
        else
        {
            attempt.Paid(success.AmountOut, success.BlockHeight);
            slice.Paid(success.AmountOut, success.BlockHeight, success.BlockTime);
            // Only where the chain does not enforce the min: the owner accepted that, and is told.
            var isShort = attempt.MinAmountOut is { } min && success.AmountOut < min;
            if (isShort) order.Tell(slice, new OrderFact.PaidBelowMin(attempt.TxId, success.AmountOut, attempt.MinAmountOut!.Value), now);
            var isOdd = success.IsUnexpected && !isShort;
            if (isOdd) order.Tell(slice, new OrderFact.AmountUnexpected(attempt.TxId, success.AmountOut, attempt.QuotedAmountOut), now);
            var unusual = isShort ? "paid_below_min" : isOdd ? "amount_unexpected" : null;
            order.EndSlice(slice, SliceStatus.Confirmed, unusual,
                new OrderFact.Confirmed(unusual, attempt.TxId, success.AmountOut, success.BlockHeight), now);
            Conclusion.Draw(order, attempt.PreparedAt, now);
        }
    }

    private static void Aborted(
        Order order, SwapAttempt attempt, TransactionStatus.Aborted abort, DateTimeOffset retryAt, DateTimeOffset now)
    {
        if (attempt.Status == OutgoingStatus.Confirmed) TakenBack(order, attempt, now);
        // a retry beside an abort that may still be taken back would be two live attempts
        if (!abort.IsFinal || !attempt.Status.IsLive()) return;
        attempt.Finalise();
        if (!abort.UuidUsed)
        {
            Lost(order, attempt, OutgoingStatus.Reverted, abort.Reason, retryAt, now);
            return;
        }
        // The chain says that the uuid is spent, and not by this attempt: nobody can use it any more, nothing is left to guard.
        var slice = order.Find(attempt.SliceNumber);
        attempt.Move(OutgoingStatus.Reverted, now, abort.Reason);
        order.Tell(slice, new OrderFact.Reverted(attempt.TxId, abort.Reason), now);
        order.EndSlice(slice, SliceStatus.Failed, "intent_already_used", now);
        Conclusion.Draw(order, now, now);
    }

    private static void Lost(
        Order order, SwapAttempt attempt, OutgoingStatus to, string reason, DateTimeOffset retryAt, DateTimeOffset now,
        bool isOfPayer = false)
    {
        if (!attempt.Status.IsLive()) return;
        var slice = order.Find(attempt.SliceNumber);
        attempt.Move(to, now, reason);
        if (to == OutgoingStatus.Reverted) slice.NonceUsedUp(); // an abort is mined
        if (isOfPayer && attempt.Kind == AttemptKind.Swap) slice.GiveTryBack();
        order.Tell(slice, to switch
        {
            OutgoingStatus.Rejected => new OrderFact.Rejected(attempt.TxId, reason),
            OutgoingStatus.Reverted => new OrderFact.Reverted(attempt.TxId, reason),
            _ => new OrderFact.Replaced(attempt.TxId, reason),
        }, now);
        slice.Move(SliceStatus.Waiting, slice.EndAs is null ? reason : slice.Reason); // the reason of an end that was asked for stays
        if (attempt.Kind == AttemptKind.Swap && slice.EndAs is null) Conclusion.MakeRoom(order, slice, attempt.PreparedAt, now);
        if (slice.EndAs is not null) slice.ArmAt(retryAt);
        else if (attempt.Kind == AttemptKind.Spend) order.RequestEnd(slice, SliceStatus.Expired, "expired", now);
        else if (slice.AttemptsUsed >= slice.AttemptsMax || order.IsOutOfAttempts) order.RequestEnd(slice, SliceStatus.Failed, reason, now);
        else if (slice.IsPast(now)) order.RequestEnd(slice, SliceStatus.Expired, "expired", now);
        else if (order.Status == OrderStatus.Cancelling) order.RequestEnd(slice, SliceStatus.Cancelled, "cancelled", now);
        else if (slice.WaitsForCall && !isOfPayer) return; // one try a call
        else if (Turn.IsOver(order, slice, now)) order.RequestEnd(slice, SliceStatus.Failed, reason, now);
        // after a reorg another part may be on its way: then this one waits for its end
        else if (order.Status == OrderStatus.Open && !order.Slices.Any(s => s.IsActive))
            slice.ArmAt(Turn.RetryAt(order, slice, retryAt, now));
    }

    // The evidence is gone (a reorg): what rested on it goes back to broadcast and is settled again.
    private static void TakenBack(Order order, SwapAttempt attempt, DateTimeOffset now)
    {
        if (attempt.Status != OutgoingStatus.Confirmed || attempt.IsFinal) return;
        var slice = order.Find(attempt.SliceNumber);
        attempt.Move(OutgoingStatus.Sent, now);
        slice.Move(SliceStatus.Broadcast, "reorg");
        slice.Ended(null);
        slice.Paid(null, null, null);
        order.Reopen(now);
        Turn.Only(order, slice);
        order.Tell(slice, new OrderFact.Reorged(attempt.TxId), now);
    }
}
