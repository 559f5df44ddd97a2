using System.Diagnostics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Events;

namespace OrderService.Domain.Orders;

/// <summary>
/// Orders of one swap each, the legs, that depend on each other. Whatever becomes of a leg, <see cref="Conclude"/> says what that means for
/// the others; it reads where all of them stand and asks nothing of what has happened, so it may be called at any time and as often as one
/// likes.
/// </summary>
public sealed class OrderGroup
{
    /// <summary>Why a leg waits whose turn comes when another is swapped.</summary>
    public const string WaitsForLeg = "waits_for_leg";

    /// <summary>Why a leg waits that was due while another had the slot.</summary>
    public const string OtherLegInFlight = "other_leg_in_flight";

    /// <summary>
    /// Why a leg waits whose turn has come: its account has too little of what it sells, so that it cannot be set aside. Where that lasts,
    /// why it ended.
    /// </summary>
    public const string LegUnfunded = "leg_unfunded";

    /// <summary>Why a leg ended: its rival was swapped.</summary>
    public const string OtherLegFilled = "other_leg_filled";

    /// <summary>Why a leg ended: the uuid of its rival was used by somebody else, who may have sold by it.</summary>
    public const string OtherLegUsed = "other_leg_used";

    /// <summary>Why a leg ended: its rival was due while it waited to be tried again.</summary>
    public const string OtherLegDue = "other_leg_due";

    /// <summary>Why a leg ended: the one that it waited for ended without a swap.</summary>
    public const string FirstLegUnfilled = "first_leg_unfilled";

    private readonly GroupSlot _slot;
    private readonly Order[] _legs;

    /// <summary>The group of a slot, with all of its legs.</summary>
    public OrderGroup(GroupSlot slot, IEnumerable<Order> legs)
    {
        ArgumentNullException.ThrowIfNull(slot);
        (_slot, _legs) = (slot, [.. legs.OrderBy(leg => leg.Terms.Leg)]);
        if (_legs.Length != slot.Kind.LegsCount()) throw new UnreachableException($"group {slot.GroupId} has {_legs.Length} legs");
        foreach (var leg in _legs) leg.StandIn(this);
    }

    /// <summary>Makes the group of new orders, whose terms name it: those whose turn comes later wait from the beginning.</summary>
    public static void Make(GroupSlot slot, IEnumerable<Order> legs)
    {
        foreach (var leg in new OrderGroup(slot, legs)._legs.Where(leg => slot.Kind.After(NumberOf(leg)) is not null))
            Park(SliceOf(leg), WaitsForLeg);
    }

    /// <summary>
    /// What was set aside for the legs together and is the account's again, since all of them have ended; null while one has not, and where
    /// wallets pay.
    /// </summary>
    public Guid? Released => _legs[0].Account is not null && _legs.All(leg => leg.Status.IsTerminal()) ? _legs[0].ReservationId : null;

    /// <summary>
    /// What was set aside for the legs that come later and is the account's again, since a reorganisation took the first one back before
    /// any of them was sent.
    /// </summary>
    public TokenAmount? TakenBack { get; private set; }

    /// <summary>The legs that come later and have neither ended nor been sent; the first of them stands for all in the ledger.</summary>
    public IEnumerable<Order> Later =>
        _legs.Where(leg => _slot.Kind.After(NumberOf(leg)) is not null && !leg.Status.IsTerminal() && !SliceOf(leg).WasSent);

    /// <summary>
    /// What is to be set aside for the legs that come later, once for all of them since one is swapped at most: the most that one of them
    /// sells. Null where nothing is, now.
    /// </summary>
    public TokenAmount? Needs => !IsToFund ? null : _slot.SellsAll ? _legs[0].Paid : Later.Max(leg => leg.Terms.AmountIn);

    /// <summary>
    /// Tells of the legs that come later what is set aside for them. They go on by their own terms when the group is concluded.
    /// </summary>
    public void Fund(TokenAmount amount)
    {
        if (Needs != amount) throw new UnreachableException($"group {_slot.GroupId} needs {Needs}, and {amount} was set aside");
        if (_slot.SellsAll) foreach (var leg in Later) leg.Sells(amount);
        _slot.Fund(amount);
    }

    /// <summary>The account has too little for the legs that come later: they wait until it is looked at again, and not for ever.</summary>
    public void Lack(DateTimeOffset now, TimeSpan pause, TimeSpan longest)
    {
        if (!IsToFund) return;
        foreach (var leg in Later.ToArray())
        {
            var slice = SliceOf(leg);
            if (now - (_legs[0].EndedAt ?? now) >= longest)
            {
                leg.Cancel(now, requests: true, LegUnfunded);
                continue;
            }
            if (slice.Reason == LegUnfunded) continue;
            slice.Because(LegUnfunded);
            leg.Tell(slice, new OrderFact.BackedOff(LegUnfunded), now);
        }
        _slot.LookAgain(now + pause);
    }

    /// <summary>Why a leg cannot be executed by a call now; null where its group does not forbid it.</summary>
    internal OrderError? Refusal(Order leg) => First(leg) switch
    {
        { } first when !IsFilled(first) =>
            new OrderError.NotExecutable(WaitsForLeg,
                $"its turn comes when leg {NumberOf(first)} of its group, order {first.Terms.Uuid}, is swapped"),
        not null when !IsFunded => new OrderError.NotExecutable(LegUnfunded, "what it sells is set aside first"),
        _ => null,
    };

    /// <summary>The swap of a leg is final.</summary>
    internal void Decide(Order leg)
    {
        if (_slot.Leg == leg.Terms.Leg && Rivals(leg).Any()) _slot.Decide();
    }

    /// <summary>
    /// Ends what cannot be any more, gives the slot on, lets go what waited, and asks for the slot where a rival of its holder was due.
    /// </summary>
    public void Conclude(DateTimeOffset now)
    {
        foreach (var leg in _legs)
        {
            if (!leg.Status.IsTerminal() && leg.Status != OrderStatus.Cancelling && WhyOver(leg) is { } why)
                leg.Cancel(now, requests: true, why);
        }
        ConcludeFunds(now);
        if (!_slot.IsFinal && !(Holder is { } holder && IsBusy(holder))) _slot.Take(_legs.FirstOrDefault(IsBusy)?.Terms.Leg);
        foreach (var leg in _legs) Stand(leg, now);
        Yield(now);
    }

    private Order? Holder => _slot.Leg is { } number ? _legs[number - 1] : null;

    private static int NumberOf(Order leg) =>
        leg.Terms.Leg ?? throw new UnreachableException($"order {leg.Id} is in a group and no leg of it");

    private static Slice SliceOf(Order leg) =>
        leg.Slices is [var only] ? only : throw new UnreachableException($"leg {leg.Id} has {leg.Slices.Count} slices");

    private static bool IsFilled(Order leg) => SliceOf(leg).Status == SliceStatus.Confirmed;

    // Wallets set nothing aside, and rivals that begin together have what they sell from the beginning.
    private bool IsFunded => _legs[0].Account is null || _slot.Kind == GroupKind.Oco || _slot.Funded is not null;

    private bool IsToFund => !IsFunded && IsFilled(_legs[0]) && Later.Any();

    private void ConcludeFunds(DateTimeOffset now)
    {
        if (_slot.Funded is { } aside && !IsFilled(_legs[0]) && _legs.Skip(1).All(leg => !SliceOf(leg).WasSent))
        {
            TakenBack = aside;
            _slot.Fund(null);
        }
        else if (_slot.Funded is not null && Released is not null)
        {
            _slot.Fund(null);
        }
        _slot.LookAgain(IsToFund ? _slot.FundAt ?? now : null);
    }

    private Order? First(Order leg) => _slot.Kind.After(NumberOf(leg)) is { } number ? _legs[number - 1] : null;

    private IEnumerable<Order> Rivals(Order leg) => _legs.Where(other => _slot.Kind.AreRivals(NumberOf(leg), NumberOf(other)));

    // From its first send until it has come to its end; where a rival would take its place, until its swap is final.
    private bool IsBusy(Order leg) => SliceOf(leg) switch
    {
        { Status: SliceStatus.Confirmed } => Rivals(leg).Any(rival => !rival.Status.IsTerminal()),
        { WasSent: true } slice => !slice.Status.IsTerminal(),
        _ => false,
    };

    private string? WhyOver(Order leg)
    {
        if (_slot.IsFinal && Rivals(leg).Contains(Holder)) return OtherLegFilled;
        if (First(leg) is { } first && first.Status.IsTerminal() && !IsFilled(first)) return FirstLegUnfilled;
        // Whether it sold, the chain does not tell. A second sale is worse than none.
        return Rivals(leg).Any(rival => SliceOf(rival) is { Status: SliceStatus.Failed, Reason: "intent_already_used" })
            ? OtherLegUsed : null;
    }

    private void Stand(Order leg, DateTimeOffset now)
    {
        var slice = SliceOf(leg);
        if (slice is not { Status: SliceStatus.Waiting or SliceStatus.Executing, EndAs: null }) return;
        if (First(leg) is { } first && (!IsFilled(first) || !IsFunded))
        {
            if (slice.WasSent || IsParked(slice)) return;
            Park(slice, WaitsForLeg);
            leg.Tell(slice, new OrderFact.BackedOff(WaitsForLeg), now);
        }
        else if (IsParked(slice)
            || (slice is { Status: SliceStatus.Waiting, IsArmed: false, Reason: OtherLegInFlight } && !_slot.IsTakenFrom(NumberOf(leg))))
        {
            leg.Tell(slice, new OrderFact.LegReleased(slice.Reason, _slot.SellsAll && First(leg) is not null ? slice.AmountIn : null), now);
            slice.Because(null);
            if (leg.Status == OrderStatus.Open) slice.Arm(now);
        }
    }

    // A leg that was sent and is tried again later would hold up a rival that is due: its uuid is spent, and then it is the rival's turn.
    private void Yield(DateTimeOffset now)
    {
        if (_slot.IsFinal || Holder is not { } holder
            || SliceOf(holder) is not { Status: SliceStatus.Waiting or SliceStatus.Executing, EndAs: null } held)
        {
            return;
        }
        if (Rivals(holder)
            .Any(rival => rival.Status == OrderStatus.Open
                && SliceOf(rival) is { Status: SliceStatus.Waiting, EndAs: null, IsArmed: false, Reason: OtherLegInFlight }))
        {
            holder.RequestEnd(held, SliceStatus.Cancelled, OtherLegDue, now);
        }
    }

    /// <summary>
    /// Gives a claimed leg back that was due while another of its group has the slot: it waits until that one has come to its end.
    /// </summary>
    public static void GiveWay(Order leg, int sliceNumber, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(leg);
        var slice = leg.Find(sliceNumber);
        var repeated = slice.Reason == OtherLegInFlight;
        slice.Move(SliceStatus.Waiting, OtherLegInFlight);
        if (!repeated) leg.Tell(slice, new OrderFact.BackedOff(OtherLegInFlight), now);
    }

    private static bool IsParked(Slice slice) =>
        slice is { Status: SliceStatus.Waiting, IsArmed: false, Reason: WaitsForLeg or LegUnfunded };

    private static void Park(Slice slice, string reason)
    {
        if (slice.Status == SliceStatus.Executing) slice.Move(SliceStatus.Waiting, reason);
        slice.Disarm();
        slice.Because(reason);
    }
}
