using System.Diagnostics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;

namespace OrderService.Domain.Orders;

/// <summary>One swap's worth of an order: a box in time × price. Changed only through its <see cref="Order"/>.</summary>
public sealed class Slice
{
    private Slice()
    {
    }

    internal Slice(Guid orderId, int number, OrderTerms terms, SlicePart part, DateTimeOffset createdAt)
    {
        (OrderId, Number, AmountIn, Trigger) = (orderId, number, part.AmountIn, terms.Trigger);
        (PriceMin, PriceMax, RateMin, RateMax) = (terms.Range.Min, terms.Range.Max, part.Rate.Min, part.Rate.Max);
        (NotBefore, NotAfter, Trail) = (part.NotBefore, terms.ValidTo, terms.Trail);
        (IntentUuid, AttemptsMax, CreatedAt) = (part.IntentUuid, part.AttemptsMax, createdAt);
    }

    /// <summary>The order it belongs to.</summary>
    public Guid OrderId { get; private set; }

    /// <summary>1 for the first.</summary>
    public int Number { get; private set; }

    /// <summary>Base units sold.</summary>
    public TokenAmount AmountIn { get; private set; }

    /// <summary>
    /// The uuid of its intent, the same for its whole life; null where that is the order's. <see cref="Order.IntentOf"/> has the text.
    /// </summary>
    public string? IntentUuid { get; private set; }

    /// <summary>
    /// What makes it due. One that trails, or that waits for a limit price since it has fired, is due by the clock from then on, whatever
    /// the watched price does.
    /// </summary>
    public SliceTrigger Trigger { get; private set; }

    /// <summary>The pair whose price it waits for; assigned by the store.</summary>
    public int? PairId { get; private set; }

    /// <summary>Lower bound, inclusive.</summary>
    public Price? PriceMin { get; private set; }

    /// <summary>Upper bound, inclusive.</summary>
    public Price? PriceMax { get; private set; }

    /// <summary>How far the price must come back from its best, in the unit of its order, where it trails.</summary>
    public Price? Trail { get; private set; }

    /// <summary>The watermark that it was armed at, whose price is that best; given by the store, for good.</summary>
    public long? WatermarkId { get; private set; }

    /// <summary>The least rate of a quote that is taken, inclusive.</summary>
    public Price? RateMin { get; private set; }

    /// <summary>The greatest such rate, inclusive.</summary>
    public Price? RateMax { get; private set; }

    /// <summary>Start of its window, inclusive; of a schedule's part, its moment.</summary>
    public DateTimeOffset? NotBefore { get; private set; }

    /// <summary>End of its window, inclusive.</summary>
    public DateTimeOffset? NotAfter { get; private set; }

    /// <summary>When its window closes, while it waits: the store finds it by that. It follows from the rest.</summary>
    public DateTimeOffset? ClosesAt { get => Status == SliceStatus.Waiting && EndAs is null ? NotAfter : null; private set => _ = value; }

    /// <summary>Where it stands.</summary>
    public SliceStatus Status { get; private set; }

    /// <summary>Why it stands there, in a word; null where there is nothing to say.</summary>
    public string? Reason { get; private set; }

    /// <summary>The moment it waits for.</summary>
    public DateTimeOffset? WakeAt { get; private set; }

    /// <summary>The side of the bound it waits for.</summary>
    public WaitSide? WaitSide { get; private set; }

    /// <summary>The bound it waits for.</summary>
    public Price? WaitPrice { get; private set; }

    /// <summary>The route whose rate it waits for; <see cref="QuoteRoute.Parse"/> reads it.</summary>
    public string? QuoteRoute { get; private set; }

    /// <summary>The side of the rate that it waits for.</summary>
    public QuoteSide? QuoteSide { get; private set; }

    /// <summary>The rate that it waits for.</summary>
    public Price? QuoteRate { get; private set; }

    /// <summary>Fresh with every claim; a step that no longer finds its own discards its work.</summary>
    public Guid? ClaimId { get; private set; }

    /// <summary>When it was claimed.</summary>
    public DateTimeOffset? ClaimedAt { get; private set; }

    /// <summary>The number of its claim among its owner's, the lowest first; null outside of one, or where a call made it.</summary>
    public long? QueuePlace { get; private set; }

    /// <summary>Until when a worker holds it; null while it is queued for one.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    /// <summary>What was believed when it was triggered: the watched price, the base price, when and by which sources.</summary>
    public Price? WatchedPrice { get; private set; }

    /// <summary>The base price believed at the trigger.</summary>
    public Price? BasePrice { get; private set; }

    /// <summary>The sources behind the trigger.</summary>
    public string? PriceSources { get; private set; }

    /// <summary>The time of the older of the two prices.</summary>
    public DateTimeOffset? PriceAt { get; private set; }

    /// <summary>What it was planned as, in the target token of its order, where it is planned slice by slice.</summary>
    public TokenAmount? Planned { get; private set; }

    /// <summary>From when on such a slice runs at any price; before, at a favourable one.</summary>
    public DateTimeOffset? AnyPriceFrom { get; private set; }

    /// <summary>Swap attempts made, but for those that were lost by trouble of the payer's.</summary>
    public int AttemptsUsed { get; private set; }

    /// <summary>Swap attempts allowed.</summary>
    public int AttemptsMax { get; private set; }

    /// <summary>Times in a row that no quote could be had.</summary>
    public int Unquoted { get; private set; }

    /// <summary>Times in a row that a quote was below its min, its price band or its rate bounds, or its funds were too little.</summary>
    public int BelowMin { get; private set; }

    /// <summary>The holder and token whose balance was too little when it was last tried, as <see cref="HoldKey"/> prints them.</summary>
    public string? FundsOf { get; private set; }

    /// <summary>Since when in a row it was; null for one that only a call tries.</summary>
    public DateTimeOffset? UnfundedSince { get; private set; }

    /// <summary>The account whose calls it waits behind.</summary>
    public string? CallsOf { get; private set; }

    /// <summary>True from the first send of its intent: from then on the intent counts as public.</summary>
    public bool WasSent { get; private set; }

    /// <summary>
    /// Of an order whose account calls itself: the account's nonce that it was sent with. Until the chain has decided that nonce, nothing
    /// of the slice is sent with another; null before its first send, and after an abort, which uses the nonce up.
    /// </summary>
    public long? OriginNonce { get; private set; }

    /// <summary>The state it ends in once its uuid is spent, where that was asked for.</summary>
    public SliceStatus? EndAs { get; private set; }

    /// <summary>True where the last call asked for more tries should one fail; what waits for a call is else tried once a call.</summary>
    public bool Retries { get; private set; }

    /// <summary>The last transaction.</summary>
    public string? TxId { get; private set; }

    /// <summary>What the chain says was paid.</summary>
    public TokenAmount? AmountOut { get; private set; }

    /// <summary>The block it was confirmed in.</summary>
    public long? BlockHeight { get; private set; }

    /// <summary>The time of that block.</summary>
    public DateTimeOffset? BlockTime { get; private set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Its price box.</summary>
    public PriceRange Range => new(PriceMin, PriceMax);

    /// <summary>What its quote must pay.</summary>
    public RateBounds Rate => new(RateMin, RateMax);

    /// <summary>True where it waits for a moment, a bound or a quote.</summary>
    public bool IsArmed => WakeAt is not null || WaitSide is not null || QuoteRoute is not null;

    /// <summary>True where it is due, or on its way to a swap: of an order, at most one ever is, but for what a reorg gives back.</summary>
    public bool IsActive => EndAs is null && (IsArmed || Status is SliceStatus.Executing or SliceStatus.Broadcast);

    /// <summary>True where nothing but a call makes it due again.</summary>
    public bool WaitsForCall => Trigger == SliceTrigger.Manual && !(Retries && WasSent);

    /// <summary>True where its window has closed.</summary>
    public bool IsPast(DateTimeOffset now) => NotAfter is { } end && now > end;

    // A waiting slice waits for exactly one thing: a moment, one bound, a quote, or nothing. What trails is listed with its distance by the
    // next look at its pair.
    internal void Arm(DateTimeOffset now)
    {
        Disarm();
        if (EndAs is not null) WakeAt = now;
        else if (WaitsForCall) return;
        else if (NotBefore is { } start && start > now) WakeAt = start;
        else if (Trigger is SliceTrigger.Time or SliceTrigger.Manual) WakeAt = now;
        else if (Trigger == SliceTrigger.Price && Trail is not null) WaitSide = OrderService.Domain.Orders.WaitSide.Trail;
        else if (Trigger == SliceTrigger.Price && PriceMin is { } min)
            (WaitSide, WaitPrice) = (OrderService.Domain.Orders.WaitSide.Rise, min);
        else if (Trigger == SliceTrigger.Price && PriceMax is { } max)
            (WaitSide, WaitPrice) = (OrderService.Domain.Orders.WaitSide.Fall, max);
    }

    // A call may execute a part before its moment; what is tried again by itself waits for it.
    internal void ArmAt(DateTimeOffset moment)
    {
        Disarm();
        WakeAt = EndAs is null && Trigger != SliceTrigger.Manual && NotBefore is { } start && start > moment ? start : moment;
    }

    // Without a need it waits for the moment; where its window is ahead, for that first.
    internal void ArmFor(QuoteNeed? need, DateTimeOffset until, DateTimeOffset now)
    {
        Disarm();
        if (need is not { } rate) ArmAt(until);
        else if (NotBefore is { } start && start > now) WakeAt = start;
        else (QuoteRoute, QuoteSide, QuoteRate) = (rate.Route.ToString(), rate.Side, rate.Rate);
    }

    internal void Disarm()
    {
        (WakeAt, CallsOf, WaitSide, WaitPrice) = (null, null, null, null);
        (QuoteRoute, QuoteSide, QuoteRate) = (null, null, null);
    }

    internal void Move(SliceStatus to, string? reason)
    {
        if (!SliceStatusTable.Allows(Status, to))
            throw new UnreachableException($"slice {OrderId}/{Number} cannot move from {Status} to {to}");
        (Status, Reason) = (to, reason);
        Disarm();
        if (to != SliceStatus.Executing) (LeaseUntil, QueuePlace) = (null, null);
    }

    internal void Hold(Guid claimId, DateTimeOffset now, DateTimeOffset leaseUntil) =>
        (ClaimId, ClaimedAt, LeaseUntil) = (claimId, now, leaseUntil);

    internal void Sending(PreparedTransaction transaction, bool consumesAttempt)
    {
        (TxId, WasSent, OriginNonce) = (transaction.TxId, true, transaction.Origin is { } origin ? checked((long)origin.Nonce) : null);
        (Unquoted, BelowMin) = (0, 0);
        (FundsOf, UnfundedSince) = (null, null);
        if (consumesAttempt) AttemptsUsed++;
    }

    internal void NotSwapped(BackOffKind kind)
    {
        (Unquoted, BelowMin) = (kind == BackOffKind.Unquoted ? Unquoted + 1 : 0,
            kind is BackOffKind.BelowMin or BackOffKind.Unfunded ? BelowMin + 1 : 0);
        // it was quoted, so its funds were there
        if (kind is BackOffKind.Unquoted or BackOffKind.BelowMin) (FundsOf, UnfundedSince) = (null, null);
    }

    internal void Paid(TokenAmount? amountOut, long? blockHeight, DateTimeOffset? blockTime) =>
        (AmountOut, BlockHeight, BlockTime) = (amountOut, blockHeight, blockTime);

    internal void PlanAs(TokenAmount planned, DateTimeOffset anyPriceFrom, DateTimeOffset? notAfter) =>
        (Planned, AnyPriceFrom, NotAfter) = (planned, anyPriceFrom, notAfter);

    // Before its first send only: from then on the amount is part of what was signed.
    internal void Resize(TokenAmount amountIn) =>
        AmountIn = WasSent ? throw new UnreachableException($"slice {OrderId}/{Number} was sent with another amount") : amountIn;

    // It waits for nothing until it is armed again. A part of a schedule keeps its own moment, unless the start is moved; what has fired
    // stays so, unless its trigger is changed.
    internal void Follow(OrderTerms terms, TermsChanges changes)
    {
        (PriceMin, PriceMax, NotAfter) = (terms.Range.Min, terms.Range.Max, terms.ValidTo);
        if (changes.ValidFrom is not null) NotBefore = terms.ValidFrom;
        if (changes.TargetPrice is not null || changes.IsTrailChanged) (Trigger, Trail) = (terms.Trigger, terms.Trail);
        if (changes.LimitPrice is not null) RateMin = terms.LimitPrice;
        Disarm();
    }

    internal void Retry(bool retries) => Retries = retries;
    internal void NonceUsedUp() => OriginNonce = null;
    internal void GiveTryBack() => AttemptsUsed--;
    internal void LacksFunds(string of, DateTimeOffset now) => (FundsOf, UnfundedSince) = (of, UnfundedSince ?? (IsArmed ? now : null));
    internal void StandsBehind(string account) => CallsOf = account;
    internal void Queue() => (LeaseUntil, QueuePlace) = (null, QueuePlace ?? 0); // what a call claimed comes first
    internal void Follow(string txId) => TxId = txId;
    internal void EndWhenSpent(SliceStatus status) => EndAs = status;
    internal void Because(string? reason) => Reason = reason;
    internal void Watch(int? pairId) => PairId = pairId;
    internal void Allow(RateBounds rate, int attemptsMax) => (RateMin, RateMax, AttemptsMax) = (rate.Min, rate.Max, attemptsMax);
    internal void Reschedule(DateTimeOffset moment) => NotBefore = moment;
    internal void Ended(DateTimeOffset? at) => EndedAt = at;
}
