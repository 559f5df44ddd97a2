using System.Text.Json.Serialization;
using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Records;

/// <summary>An order without fields of its client's, for which the generator writes code: the answer of most creates.</summary>
internal record PlainOrderRecord
{
    /// <summary>Whose order it is.</summary>
    [Is(Shape.Address)]
    public required string Owner { get; init; }

    /// <summary>What is sold.</summary>
    [Is(Shape.Token)]
    public required string InputToken { get; init; }

    /// <summary>What is bought.</summary>
    [Is(Shape.Token)]
    public required string OutputToken { get; init; }

    /// <summary>How much is sold, in base units of inputToken.</summary>
    [Is(Shape.BaseUnits)]
    public required string AmountIn { get; init; }

    /// <summary>The price of conditionToken in baseAsset at which it fires.</summary>
    [Is(Shape.Price)]
    public string? TargetPrice { get; init; }

    /// <summary>gt at or above targetPrice, lt at or below it.</summary>
    [Words("gt", "lt")]
    public string? Direction { get; init; }

    /// <summary>The token whose price is watched; "*" for due at once; left out for an order that a call executes.</summary>
    [Is(Shape.Condition)]
    public string? ConditionToken { get; init; }

    /// <summary>What the watched price is counted in.</summary>
    [Is(Shape.Token)]
    public string? BaseAsset { get; init; }

    /// <summary>Who is paid.</summary>
    [Is(Shape.Principal)]
    public required string Recipient { get; init; }

    /// <summary>The order's uuid as it was signed.</summary>
    [Is(Shape.Uuid)]
    public required string Uuid { get; init; }

    /// <summary>Not before this moment.</summary>
    [Is(Shape.GivenMoment)]
    public string? ValidFrom { get; init; }

    /// <summary>Not after this moment.</summary>
    [Is(Shape.GivenMoment)]
    public string? ValidTo { get; init; }

    /// <summary>The least that may be paid, in base units of outputToken.</summary>
    [Is(Shape.BaseUnits)]
    public string? MinAmountOut { get; init; }

    /// <summary>How far below its quote the swap may pay, in basis points.</summary>
    [Is(Shape.BasisPoints)]
    public int? SlippageBps { get; init; }

    /// <summary>How far below the believed prices a quote may be, in basis points.</summary>
    [Is(Shape.BasisPoints)]
    public int? MaxDeviationBps { get; init; }

    /// <summary>The least rate that is taken: whole outputToken for one whole inputToken.</summary>
    [Is(Shape.Price)]
    public string? LimitPrice { get; init; }

    /// <summary>How far the price must come back from the best since it was armed, in basis points of that.</summary>
    [Is(Shape.BasisPoints)]
    public int? TrailingBps { get; init; }

    /// <summary>The same as a distance of the price.</summary>
    [Is(Shape.Price)]
    public string? TrailingAmount { get; init; }

    /// <summary>gtc stays until it is cancelled, gtt until validTo, ioc has one try when it is due.</summary>
    [Words("gtc", "gtt", "ioc")]
    public required string TimeInForce { get; init; }

    /// <summary>true where the owner takes an output that no rule of the chain can watch.</summary>
    /// <example>true</example>
    public bool? AcceptUnprotectedOutput { get; init; }

    /// <summary>
    /// Where it stands: open waits or is paused, broadcasted is in flight, cancelling ends once what was sent is spent, the others are
    /// ends.
    /// </summary>
    [Words(CharismaStatus.Open, CharismaStatus.Broadcasted, CharismaStatus.Cancelling, CharismaStatus.Confirmed, CharismaStatus.Failed,
        CharismaStatus.Cancelled)]
    public required string Status { get; init; }

    /// <summary>true while it is paused.</summary>
    /// <example>true</example>
    public bool? Paused { get; init; }

    /// <summary>
    /// What there is to know beside the status: order_cancelling, where a cancel has taken effect and the end is still to come.
    /// </summary>
    [Words("order_cancelling")]
    public string? Code { get; init; }

    /// <summary>What it waits for while it is open, in a word; GET orders/{uuid}/explain says more.</summary>
    [Words("call", "resume", "schedule", "leg", "start", "price", "quote", "funds", "route", "payer", "operator", "retry", "tick", "turn",
        "send", "chain", "spend")]
    public string? WaitingFor { get; init; }

    /// <summary>The group that it is a leg of.</summary>
    [Is(Shape.Uuid)]
    public string? GroupId { get; init; }

    /// <summary>Which leg of its group it is, from 1.</summary>
    /// <example>1</example>
    [Bounds(1, 3)]
    public int? Leg { get; init; }

    /// <summary>How far it has come, of an order that runs in parts or along a curve.</summary>
    public ProgressRecord? Progress { get; init; }

    /// <summary>When it was stored.</summary>
    [Is(Shape.Moment)]
    public required string CreatedAt { get; init; }

    /// <summary>true where its owner signed all of its terms.</summary>
    /// <example>true</example>
    public bool? TermsBound { get; init; }

    /// <summary>The latest transaction.</summary>
    [Is(Shape.TxId)]
    public string? Txid { get; init; }

    /// <summary>The block that has it.</summary>
    /// <example>1234</example>
    [Bounds(0)]
    public long? BlockHeight { get; init; }

    /// <summary>That block's time, in Unix seconds.</summary>
    /// <example>1893499206</example>
    [Bounds(0)]
    public long? BlockTime { get; init; }

    /// <summary>When it was confirmed.</summary>
    [Is(Shape.Moment)]
    public string? ConfirmedAt { get; init; }

    /// <summary>What was paid, in base units of outputToken.</summary>
    [Is(Shape.BaseUnits)]
    public string? AmountOut { get; init; }

    /// <summary>Why it waits, or what was unusual about the payment, in a word.</summary>
    /// <example>insufficient_balance</example>
    public string? Reason { get; init; }

    /// <summary>When it failed.</summary>
    [Is(Shape.Moment)]
    public string? FailedAt { get; init; }

    /// <summary>Why it failed, in a word.</summary>
    /// <example>no_route</example>
    public string? FailureReason { get; init; }

    /// <summary>When it was cancelled or expired.</summary>
    [Is(Shape.Moment)]
    public string? CancelledAt { get; init; }

    /// <summary>Why it ended without a swap: expired, or a word for who cancelled it.</summary>
    /// <example>expired</example>
    public string? CancelReason { get; init; }

    /// <summary>What was believed when it fired.</summary>
    public TriggerRecord? Trigger { get; init; }

    /// <summary>The transactions that were made for it, oldest first.</summary>
    public IReadOnlyList<AttemptRecord>? Attempts { get; init; }
}

/// <summary>
/// An order and what became of it. What does not apply is left out; the client's own fields follow as they came. The signature is never in
/// it.
/// </summary>
internal sealed record OrderRecord : PlainOrderRecord
{
    /// <summary>The client's own fields.</summary>
    [JsonExtensionData]
    public Dictionary<string, object>? Others { get; set; }
}

/// <summary>How far an order has come that runs in parts or along a curve. What is in flight is not counted.</summary>
internal sealed record ProgressRecord
{
    /// <summary>How much was sold, in base units of inputToken.</summary>
    [Is(Shape.BaseUnits)]
    public required string Sold { get; init; }

    /// <summary>How much is to be sold; of one that buys an exact amount, the most that it may cost.</summary>
    [Is(Shape.BaseUnits)]
    public required string ToSell { get; init; }

    /// <summary>How much was paid for it, in base units of outputToken.</summary>
    [Is(Shape.BaseUnits)]
    public required string Paid { get; init; }

    /// <summary>How much of it is done, rounded down: of what it sells, or of the exact amount that it buys.</summary>
    [Is(Shape.BasisPoints)]
    public required int DoneBps { get; init; }

    /// <summary>How many swaps were confirmed.</summary>
    /// <example>3</example>
    [Bounds(0)]
    public required int Swaps { get; init; }

    /// <summary>How many parts it has; left out of a curve, whose swaps follow from how it goes.</summary>
    /// <example>12</example>
    [Bounds(1)]
    public int? Parts { get; init; }

    /// <summary>The moment of the next part, while it is open.</summary>
    [Is(Shape.Moment)]
    public string? NextAt { get; init; }

    /// <summary>The moment of the last part, or the end of its curve, while it is open and as it stands now.</summary>
    [Is(Shape.Moment)]
    public string? EndsAt { get; init; }
}

/// <summary>The quote that an order's latest swap was built on; among the order's metadata.</summary>
internal sealed record SwapQuoteRecord
{
    /// <summary>What is sold, in base units.</summary>
    [Is(Shape.LooseUnits)]
    public required LooseUnits AmountIn { get; init; }

    /// <summary>What was to be paid, in base units.</summary>
    [Is(Shape.LooseUnits)]
    public required LooseUnits AmountOut { get; init; }

    /// <summary>When.</summary>
    [Is(Shape.Moment)]
    public required string Timestamp { get; init; }

    /// <summary>The slippage that was asked for, as a fraction.</summary>
    /// <example>0.005</example>
    public NumberText? Slippage { get; init; }
}

/// <summary>The prices that were believed when an order fired.</summary>
internal sealed record TriggerRecord
{
    /// <summary>The price of conditionToken in dollars.</summary>
    [Is(Shape.Price)]
    public string? WatchedPrice { get; init; }

    /// <summary>The price of baseAsset in dollars.</summary>
    [Is(Shape.Price)]
    public string? BasePrice { get; init; }

    /// <summary>Who told the prices.</summary>
    /// <example>simulated</example>
    public string? PriceSources { get; init; }

    /// <summary>When they were told.</summary>
    [Is(Shape.Moment)]
    public string? PriceAt { get; init; }
}

/// <summary>One transaction that was made for an order.</summary>
internal sealed record AttemptRecord
{
    /// <summary>Its id.</summary>
    [Is(Shape.TxId)]
    public required string Txid { get; init; }

    /// <summary>swap swaps; spend spends the intent's uuid, so that nothing can swap any more.</summary>
    [Words("swap", "spend")]
    public required string Kind { get; init; }

    /// <summary>Where it stands.</summary>
    [Words("prepared", "sent", "confirmed", "reverted", "rejected", "replaced")]
    public required string Status { get; init; }

    /// <summary>Why it did not succeed, in a word.</summary>
    /// <example>below_min</example>
    public string? Reason { get; init; }

    /// <summary>Ids that it was sent under before its fee was raised.</summary>
    [Is(Shape.TxId)]
    public IReadOnlyList<string>? Outbid { get; init; }
}
