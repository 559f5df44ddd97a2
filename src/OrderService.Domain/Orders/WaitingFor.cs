namespace OrderService.Domain.Orders;

/// <summary>What an order waits for.</summary>
public enum WaitingFor
{
    /// <summary>A call to execute it.</summary>
    Call,

    /// <summary>A call to resume it.</summary>
    Resume,

    /// <summary>Its own schedule: its start, its condition, or the moment of what comes next.</summary>
    Schedule,

    /// <summary>Another leg of its group: until that one is swapped, or has come to its end.</summary>
    Leg,

    /// <summary>The beginning of its window, or of its part's.</summary>
    Start,

    /// <summary>The price that it watches.</summary>
    Price,

    /// <summary>A quote that is good enough.</summary>
    Quote,

    /// <summary>What it sells: its holder has too little.</summary>
    Funds,

    /// <summary>A route from what is sold to what is bought.</summary>
    Route,

    /// <summary>An account that pays the transaction.</summary>
    Payer,

    /// <summary>The operator, who has paused all sends.</summary>
    Operator,

    /// <summary>The moment at which it is tried again.</summary>
    Retry,

    /// <summary>The next look at what is due.</summary>
    Tick,

    /// <summary>Its turn among what is due.</summary>
    Turn,

    /// <summary>The send, which is being prepared.</summary>
    Send,

    /// <summary>The chain: a transaction decides.</summary>
    Chain,

    /// <summary>The spend of its uuid, after which it ends.</summary>
    Spend,
}

/// <summary>Says what an order waits for, from its rows alone: nobody is asked.</summary>
public static class WaitingForOrder
{
    /// <summary>What it waits for at a moment; null where it has ended.</summary>
    public static WaitingFor? Of(Order order, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(order);
        var status = order.StatusAt(now);
        if (status.IsTerminal()) return null;
        var slice = Current(order);
        if (slice is { Status: SliceStatus.Broadcast }) return slice.EndAs is null ? WaitingFor.Chain : WaitingFor.Spend;
        if (status == OrderStatus.Cancelling || slice is { EndAs: not null }) return WaitingFor.Spend;
        if (status == OrderStatus.Paused) return WaitingFor.Resume;
        return slice is null ? WaitingFor.Schedule : OfSlice(slice, now);
    }

    /// <summary>The slice that the order's next step is about; null where it has none open.</summary>
    public static Slice? Current(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return order.Slices.FirstOrDefault(s => s.Status == SliceStatus.Broadcast) ?? order.Slices.FirstOrDefault(s => s.IsActive)
            ?? order.Slices.FirstOrDefault(s => !s.Status.IsTerminal());
    }

    private static WaitingFor OfSlice(Slice slice, DateTimeOffset now) => slice switch
    {
        { Status: SliceStatus.Executing, LeaseUntil: null } => WaitingFor.Turn,
        { Status: SliceStatus.Executing } => WaitingFor.Send,
        { IsArmed: false, Reason: OrderGroup.WaitsForLeg or OrderGroup.OtherLegInFlight } => WaitingFor.Leg,
        { IsArmed: false, Reason: OrderGroup.LegUnfunded } => WaitingFor.Funds,
        { WaitSide: not null } => WaitingFor.Price,
        { QuoteRoute: not null } => WaitingFor.Quote,
        { WakeAt: { } wake } => OfMoment(slice, wake, now),
        { WaitsForCall: true } => WaitingFor.Call,
        _ => WaitingFor.Turn,
    };

    private static WaitingFor OfMoment(Slice slice, DateTimeOffset wake, DateTimeOffset now)
    {
        if (slice.NotBefore is { } start && start > now) return WaitingFor.Start;
        return slice.Reason switch
        {
            "insufficient_balance" or "balance_unread" or "balance_outdated" => WaitingFor.Funds,
            "solvers_busy" or "fee_budget" => WaitingFor.Payer,
            "sends_paused" => WaitingFor.Operator,
            "no_route" => WaitingFor.Route,
            "min_amount_out" or "price_impact" or "rate_out_of_bounds" or "no_believed_price" => WaitingFor.Quote,
            _ => wake > now ? WaitingFor.Retry : WaitingFor.Tick,
        };
    }
}
