using OrderService.Domain.Scheduling;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Messages;

namespace OrderService.Domain.Orders;

/// <summary>
/// What of an order is the same for all of its slices: what was asked for, and where it stands. Whoever needs no more takes this, and
/// cannot mistake some of the slices for all.
/// </summary>
public abstract class OrderHeader : OrderNews
{
    private protected OrderHeader() => (Dialect, Terms, Rules) = ("", null!, ScheduleRules.None);

    private protected override OrderStatus Standing => Status;

    private protected override string? StandingReason => Reason;

    /// <summary>The API it came through.</summary>
    public string Dialect { get; private protected set; }

    /// <summary>What kind of order it was asked for as.</summary>
    public OrderKind Kind { get; private protected set; }

    /// <summary>What the clients of its API call it, where that is not its uuid.</summary>
    public string? PublicId { get; private protected set; }

    /// <summary>What was asked for.</summary>
    public OrderTerms Terms { get; private protected set; }

    /// <summary>Who signs its intents.</summary>
    public FundingKind Funding { get; private protected set; }

    /// <summary>The managed account that holds its funds and signs its intents; null where the owner's wallet does.</summary>
    public StacksAddress? Account { get; private protected set; }

    /// <summary>
    /// What its account has set aside for it goes by this id: its own, and of a leg that of the first leg of its group, by which goes what
    /// is set aside for all legs.
    /// </summary>
    public Guid ReservationId => Account is not null && Terms.GroupId is { } group ? group : Id;

    /// <summary>
    /// True where its account calls the router itself: then a slice's single use is the account's own nonce, and no intent is signed.
    /// </summary>
    public bool IsCalled => Funding == FundingKind.Called;

    /// <summary>
    /// The intent's signature, 130 hex digits R‖S‖V, on an order that was just made; null where a managed account signs. Never leaves the
    /// service.
    /// </summary>
    public string? Signature { get; private protected set; }

    /// <summary>The signature over the terms, where the client gave one, on an order that was just made.</summary>
    public string? TermsSignature { get; private protected set; }

    /// <summary>The intent's signature as the store has it, until it can no longer be needed.</summary>
    public byte[]? SealedSignature { get; private protected set; }

    /// <summary>The signature over the terms as the store has it, as long.</summary>
    public byte[]? SealedTermsSignature { get; private protected set; }

    /// <summary>True where the client gave a signature over the terms.</summary>
    public bool IsTermsBound { get; private protected set; }

    /// <summary>Fields of the client's that the service keeps without reading them: a JSON object, or null.</summary>
    public string? ClientFields { get; private protected set; }

    /// <summary>The strategy that its client says it belongs to.</summary>
    public string? StrategyId { get; private protected set; }

    /// <summary>The rules of its schedule.</summary>
    public ScheduleRules Rules { get; private protected set; }

    /// <summary>1, and one more with each change.</summary>
    public int Revision { get; private protected set; } = 1;

    /// <summary>What of its terms has been changed since, as it was made; null where nothing was.</summary>
    public FirstTerms? First { get; private protected set; }

    /// <summary>The moment from which the moments of its parts are counted.</summary>
    public DateTimeOffset? Anchor { get; private protected set; }

    /// <summary>Which part has that moment, 0 for the first.</summary>
    public int AnchorPart { get; private protected set; }

    /// <summary>True where the parts that had no slice were given back: none of them has one any more.</summary>
    public bool IsRestReleased { get; private protected set; }

    /// <summary>
    /// How far below the believed prices its quotes may be, in basis points, as it was decided when the order was made; null for no band.
    /// </summary>
    public int? PriceBandBps { get; private protected set; }

    /// <summary>Where it stands.</summary>
    public OrderStatus Status { get; private protected set; }

    /// <summary>Why it ended, in a word.</summary>
    public string? Reason { get; private protected set; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset CreatedAt { get; private protected set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; private protected set; }

    /// <summary>True where it is planned slice by slice: its plan is <see cref="Curve"/>, and of its slices at most one is open.</summary>
    public bool IsCurve { get; private protected set; }

    /// <summary>Its plan, where it is planned slice by slice and its plan was read too.</summary>
    public OrderCurve? Curve { get; private protected set; }

    /// <summary>True where one swap is all of it.</summary>
    public bool IsOneSwap => !IsCurve && Rules.Parts is null or 1;

    /// <summary>Says, of an order that was just made, what it was asked for as and what its clients call it.</summary>
    public void KnownAs(OrderKind kind, string? publicId) => (Kind, PublicId) = (kind, publicId);

    /// <summary>Says, of an order that was just made, which strategy its client counts it to.</summary>
    public void InStrategy(string id) => StrategyId = id;

    /// <summary>What has to be signed so that the slice's funds move: the same for its whole life.</summary>
    public TransferIntent IntentOf(Slice slice) => Terms.IntentOf(slice.AmountIn, slice.IntentUuid);

    /// <summary>The first field in which other terms differ from those that it was made with, or null where none does.</summary>
    public string? FirstDifference(OrderTerms other) => AsMade(other).FirstDifference(other);

    // Of one that was changed before they were kept nobody knows them.
    private protected void KeepFirstTerms()
    {
        if (Revision == 1) First ??= FirstTerms.Of(Terms);
    }

    // Of an order in parts that was changed before its first terms were kept, what may have been changed is not asked of another.
    private OrderTerms AsMade(OrderTerms other) => (First, Revision) switch
    {
        ({ } first, _) => first.In(Terms),
        (null, 1) => Terms,
        (null, _) => Terms with { AmountIn = other.AmountIn, MinAmountOut = other.MinAmountOut, SlippageBps = other.SlippageBps },
    };
}
