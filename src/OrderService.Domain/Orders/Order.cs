using System.Diagnostics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Domain.Transactions;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Messages;

namespace OrderService.Domain.Orders;

/// <summary>
/// What a client asked for, with its slices. State changes only through its methods; each appends the events that the store writes beside
/// it.
/// </summary>
public sealed class Order : OrderHeader
{
    private readonly List<Slice> _slices = [];

    private Order()
    {
    }

    /// <summary>Its slices by number.</summary>
    public IReadOnlyList<Slice> Slices => _slices;

    /// <summary>The group that it is a leg of, where it was read for a change: then with all of its legs.</summary>
    public OrderGroup? Group { get; private set; }

    /// <summary>What its swaps have paid so far.</summary>
    public TokenAmount Paid => _slices.Aggregate(TokenAmount.Zero, (sum, slice) => sum + (slice.AmountOut ?? TokenAmount.Zero));

    // Of one that was read with some of its slices nobody knows it here.
    private protected override TokenAmount? FilledSoFar =>
        IsPart && !IsOneSwap
            ? null
            : _slices.Aggregate(TokenAmount.Zero, (sum, slice) => slice.Status == SliceStatus.Confirmed ? sum + slice.AmountIn : sum);

    /// <summary>True where it was read for one of its slices.</summary>
    internal bool IsPart { get; set; }

    /// <summary>True where its slices have made all the swap attempts that they may make together.</summary>
    public bool IsOutOfAttempts => Rules.AttemptsMax is { } max && _slices.Sum(s => s.AttemptsUsed) >= max;

    internal Order(
        FundsAuthority authority, OrderTerms terms, ScheduleRules rules, IReadOnlyList<SlicePart> parts, string dialect,
        string? clientFields, int? bandBpsDefault, DateTimeOffset now)
    {
        authority.MustFit(terms);
        (Id, Dialect, Terms, Rules, ClientFields, CreatedAt) = (terms.Uuid.Key, dialect, terms, rules, clientFields, now);
        (Funding, Account, Signature) = authority is FundsAuthority.Managed managed
            ? (managed.IsCalled ? FundingKind.Called : FundingKind.Managed, managed.Account, null)
            : (FundingKind.Signed, (StacksAddress?)null, ((FundsAuthority.Signed)authority).Intent.Signature.ToRsvHex());
        ActedOnBy(terms.Owner.ToString());
        foreach (var part in parts) _slices.Add(new Slice(Id, _slices.Count + 1, terms, part, now));
        PriceBandBps = terms.PriceBandBps(parts.Count == 0 ? RateBounds.Any : parts[0].Rate, bandBpsDefault);
        Turn.Next(this, now);
        Tell(null, new OrderFact.Created(), now);
    }

    /// <summary>
    /// Makes an open order of one slice. There is no other way to one than through a verified intent over exactly its uuid, token, amount
    /// and router.
    /// <paramref name="bandBpsDefault"/> is the price band of an order that neither names one nor has a floor of its own; null for none.
    /// </summary>
    public static Result<Order> Create(
        VerifiedIntent intent, OrderTerms terms, string dialect, string? termsSignature, string? clientFields, int attemptsMax,
        DateTimeOffset now, int? bandBpsDefault = null)
    {
        if (terms.WindowRefusal(now) is { } no) return no;
        return new Order(new FundsAuthority.Signed(intent), terms, ScheduleRules.None, [SlicePart.Whole(terms, attemptsMax)], dialect,
            clientFields, bandBpsDefault, now) { TermsSignature = termsSignature, IsTermsBound = termsSignature is not null };
    }

    /// <summary>
    /// Makes an open order of the parts of a schedule. The terms' amount in and min amount out are those of all parts together.
    /// </summary>
    public static Result<Order> CreateScheduled(
        FundsAuthority authority, OrderTerms terms, SchedulePlan plan, ScheduleLimits limits, string dialect, string? clientFields,
        DateTimeOffset now, int? bandBpsDefault = null)
    {
        if ((terms.WindowRefusal(now) ?? plan.Refusal(terms, limits)) is { } no) return no;
        if (authority is FundsAuthority.Signed && plan.Schedule.Parts > 1)
            return new OrderError.Field("parts", "must be 1: a wallet's signature authorises one swap", "one_part_only");
        if (SlicePart.First(terms, plan, authority is FundsAuthority.Managed, now).IsRejected(out var why, out var first)) return why;
        return new Order(authority, terms, ScheduleRules.Of(plan), [first], dialect, clientFields, bandBpsDefault, now)
        {
            Anchor = first.NotBefore,
        };
    }

    /// <summary>The status as it reads at a moment: a window that has closed reads as expired before the sweep has written it.</summary>
    public OrderStatus StatusAt(DateTimeOffset now) =>
        Status is OrderStatus.Open or OrderStatus.Paused && !IsCurve
            && _slices.TrueForAll(s => s.Status.IsTerminal() || (s.Status == SliceStatus.Waiting && !s.WasSent && s.IsPast(now)))
            ? OrderStatus.Expired
            : Status;

    /// <summary>
    /// Cancels what no swap can confirm any more. The answer is definitive: cancelled, or cancelling (what was ever sent is spent first,
    /// and no swap follows), or in flight (a swap may still confirm). With <paramref name="requests"/> an order of one slice, too, is asked
    /// to end with what is in flight. <paramref name="reason"/> says whose wish it was, where it was not the owner's.
    /// </summary>
    public Result<CancelOutcome> Cancel(DateTimeOffset now, bool requests = false, string? reason = null) =>
        Cancellation.Ask(this, now, requests, reason);

    /// <summary>
    /// Claims the next slice for execution by a call: skips the price range and a schedule's rhythm, never the window, nor pause. With
    /// <paramref name="retries"/> a slice that waits for calls is tried again should this try fail, as others are.
    /// </summary>
    public Result<Slice> ClaimByCall(Guid claimId, DateTimeOffset leaseUntil, DateTimeOffset now, bool retries = false)
    {
        if (StatusAt(now) != OrderStatus.Open) return new OrderError.NotOpen(Wire(StatusAt(now)));
        if (IsCurve && _slices.TrueForAll(s => s.Status.IsTerminal())) return new OrderError.NotOpen("scheduled");
        var slice = _slices.Find(s => !s.Status.IsTerminal()) ?? throw new UnreachableException($"open order {Id} has no open slice");
        if (_slices.Find(s => s.Status == SliceStatus.Broadcast || (s != slice && s.Status == SliceStatus.Executing)) is { } sent)
            return new OrderError.InFlight(sent.TxId);
        if (slice.EndAs is not null || (slice.Status == SliceStatus.Executing && slice.LeaseUntil is not null))
            return new OrderError.InFlight(slice.TxId);
        if (slice.IsPast(now)) return new OrderError.NotOpen("expired");
        if (Group?.Refusal(this) is { } notYet) return notYet;
        if (Terms.ValidFrom is { } start && start > now)
            return new OrderError.NotExecutable("not_yet_valid", $"its validFrom, {MomentText.Of(start)}, has not come");
        Turn.Only(this, slice);
        slice.Retry(retries);
        if (slice.Status == SliceStatus.Waiting) slice.Move(SliceStatus.Executing, null);
        slice.Hold(claimId, now, leaseUntil);
        Tell(slice, new OrderFact.Claimed("call"), now);
        return slice;
    }

    /// <summary>True where the slice is still held under this claim: the one condition of every step after the claim.</summary>
    public bool Holds(int sliceNumber, Guid claimId) =>
        _slices.Find(s => s.Number == sliceNumber) is { Status: SliceStatus.Executing } slice && slice.ClaimId == claimId;

    /// <summary>
    /// Gives a claimed slice back with a reason: it waits for the moment, then for its box again. Consumes no attempt. With a need it waits
    /// for a quote instead of the moment.
    /// </summary>
    public void BackOff(
        int sliceNumber, OrderFact.BackedOff why, DateTimeOffset until, BackOffKind kind, DateTimeOffset now, QuoteNeed? need = null)
    {
        ArgumentNullException.ThrowIfNull(why);
        var reason = why.Reason;
        var slice = Find(sliceNumber);
        var repeated = slice.Reason == reason;
        slice.Move(SliceStatus.Waiting, reason);
        slice.NotSwapped(kind);
        if (slice.EndAs is not null) slice.ArmAt(until);
        // a call tried it before it has fired: its trigger goes on
        else if (Status != OrderStatus.Paused && slice is { Trigger: SliceTrigger.Price } && (slice.Trail ?? Terms.LimitPrice) is not null)
            slice.Arm(now);
        else if (Status != OrderStatus.Paused && !slice.WaitsForCall) slice.ArmFor(need, until, now);
        if (kind == BackOffKind.Unfunded) slice.LacksFunds(HoldKey.Of(this).ToString(), now);
        if (kind == BackOffKind.CallUnderWay) slice.StandsBehind(Account!.Value.ToString());
        if (!repeated) Tell(slice, why, now);
    }

    /// <summary>
    /// Ends a claimed slice that can never be swapped, or whose window has closed. Where it was ever sent, its uuid is spent first.
    /// </summary>
    public void GiveUp(int sliceNumber, SliceStatus endAs, string reason, DateTimeOffset now)
    {
        var slice = Find(sliceNumber);
        if (slice.WasSent) RequestEnd(slice, endAs, reason, now);
        else EndSlice(slice, endAs, reason, now);
        Conclusion.Draw(this, now, now);
    }

    /// <summary>
    /// Ends a claimed slice whose single use, the uuid or the account's nonce, the chain shows as used by none of its attempts: there is
    /// nothing left to swap, nor to guard.
    /// </summary>
    public void EndSpent(int sliceNumber, DateTimeOffset now, string reason = "intent_already_used")
    {
        EndSlice(Find(sliceNumber), SliceStatus.Failed, reason, now);
        Conclusion.Draw(this, now, now);
        if (Status.IsTerminal()) KeepSealed(null, null);
    }

    /// <summary>Ends a claimed slice that was asked to end, as it was asked: the chain has decided all that was ever sent of it.</summary>
    public void EndDecided(int sliceNumber, DateTimeOffset now)
    {
        var slice = Find(sliceNumber);
        var endAs = slice.EndAs ?? throw new UnreachableException($"slice {Id}/{sliceNumber} was not asked to end");
        EndSlice(slice, endAs, slice.Reason, now);
        Conclusion.Draw(this, Turn.RanAt(this, slice, now), now);
    }

    /// <summary>
    /// Moves a claimed slice to broadcast and writes down the attempt whose bytes are about to be sent. Without protection the chain does
    /// not enforce the min amount out, which is told.
    /// </summary>
    public SwapAttempt Broadcast(
        int sliceNumber, AttemptKind kind, PreparedTransaction transaction, TokenAmount? quoted, TokenAmount? minAmountOut,
        DateTimeOffset now, bool isProtected = true)
    {
        var slice = Find(sliceNumber);
        slice.Move(SliceStatus.Broadcast, slice.Reason);
        slice.Sending(transaction, consumesAttempt: kind == AttemptKind.Swap);
        Tell(slice, new OrderFact.Broadcast(transaction.TxId, kind.ToString().ToLowerInvariant())
        {
            IsProtected = isProtected ? null : false, Fee = transaction.Fee, Payer = transaction.Solver.ToString(),
            Nonce = checked((long)transaction.Nonce), Quoted = quoted, MinAmountOut = minAmountOut,
        }, now);
        return new SwapAttempt(Id, sliceNumber, kind, transaction, quoted, minAmountOut, now);
    }

    /// <summary>
    /// The first field in which two orders of one uuid differ, or null where they are the same. One that was changed is the order that it
    /// was made as.
    /// </summary>
    public string? FirstDifference(Order other) => FirstDifference(other.Terms)
        ?? (Account == other.Account && IsCurve == other.IsCurve
            && (Revision > 1 || (Rules == other.Rules && (IsCurve || _slices[0].Rate == other._slices[0].Rate))) ? null : "schedule");

    /// <summary>The slice of that number.</summary>
    public Slice Find(int sliceNumber) =>
        _slices.Find(s => s.Number == sliceNumber) ?? throw new UnreachableException($"order {Id} has no slice {sliceNumber}");

    /// <summary>
    /// Takes its signatures in the form in which they are stored; none where nothing can be swapped with them any more, nor anything is
    /// left to guard.
    /// </summary>
    public void KeepSealed(byte[]? signature, byte[]? terms) => (SealedSignature, SealedTermsSignature) = (signature, terms);

    internal void RequestEnd(Slice slice, SliceStatus endAs, string reason, DateTimeOffset now)
    {
        if (slice.Status != SliceStatus.Waiting) slice.Move(SliceStatus.Waiting, reason);
        slice.Because(reason);
        if (slice.EndAs is null) Tell(slice, new OrderFact.SpendRequested(reason), now);
        slice.EndWhenSpent(endAs);
        slice.Arm(now);
    }

    internal void EndSlice(Slice slice, SliceStatus status, string? reason, DateTimeOffset now) =>
        EndSlice(slice, status, reason, status switch
        {
            SliceStatus.Cancelled => new OrderFact.Cancelled(reason),
            SliceStatus.Expired => new OrderFact.Expired(reason),
            SliceStatus.Failed => new OrderFact.Failed(reason),
            SliceStatus.Skipped => new OrderFact.Skipped(reason),
            _ => throw new UnreachableException($"a slice does not end as {status} without a swap"),
        }, now);

    internal void EndSlice(Slice slice, SliceStatus status, string? reason, OrderFact happened, DateTimeOffset now)
    {
        slice.Move(status, reason);
        slice.Ended(now);
        Tell(slice, happened, now);
    }

    internal void Reopen(DateTimeOffset now)
    {
        if (Status.IsTerminal())
        {
            Move(Status == OrderStatus.Cancelled ? OrderStatus.Cancelling : OrderStatus.Open,
                Status == OrderStatus.Cancelled ? Reason : null, now);
        }
    }

    internal void Amend(OrderTerms terms, ScheduleRules rules, int? priceBandBps)
    {
        KeepFirstTerms();
        (Terms, Rules, PriceBandBps, Revision) = (terms, rules, priceBandBps, Revision + 1);
    }

    // What it sells was not known when it was made.
    internal void Sells(TokenAmount amount)
    {
        KeepFirstTerms();
        Terms = Terms with { AmountIn = amount };
        _slices[0].Resize(amount);
    }

    internal void Because(string? reason) => Reason = reason;
    internal void StandIn(OrderGroup group) => Group = group;
    internal void AnchorAt(DateTimeOffset moment, int part) => (Anchor, AnchorPart) = (moment, part);
    internal void Plan(OrderCurve curve) => (Curve, IsCurve, Kind) = (curve, true, OrderKind.Curve);

    internal Slice Draw(SlicePart part, DateTimeOffset now)
    {
        var slice = new Slice(Id, _slices.Count + 1, Terms, part, now);
        _slices.Add(slice);
        return slice;
    }

    internal void Move(OrderStatus to, string? reason, DateTimeOffset now)
    {
        if (!OrderStatusTable.Allows(Status, to)) throw new UnreachableException($"order {Id} cannot move from {Status} to {to}");
        (Status, Reason) = (to, reason);
        EndedAt = to.IsTerminal() ? now : null;
        if (!to.IsTerminal() && to != OrderStatus.Cancelling) return;
        if (IsCurve) CurveCourse.LetGo(this);
        else IsRestReleased |= PartsOf.Left(this) > 0;
        if (to.IsTerminal() && !_slices.Exists(s => s.WasSent)) KeepSealed(null, null); // nobody but this service ever had them
    }

    internal static string Wire(OrderStatus status) => status.ToString().ToLowerInvariant();
}
