using System.Text.Json;

namespace OrderService.Client;

/// <summary>What one signs for. Amounts are base units and prices decimal numbers everywhere, as text.</summary>
public sealed record ServiceNetwork(string Service, string Venue, string Network, uint ChainId, string Router);

/// <summary>A token that is traded; <c>Base</c> is what a subnet token stands for.</summary>
public sealed record TradedToken(string ContractId, string Symbol, string Name, int Decimals, string Type, string? Base);

/// <summary>A believed price in USD, when it was so (milliseconds), and who said it.</summary>
public sealed record BelievedPrice(
    string TokenId, string? Symbol, string UsdPriceExact, long LastUpdated, PriceDetails? CalculationDetails);

/// <summary>Who said it.</summary>
public sealed record PriceDetails(string? PriceSource);

/// <summary>An order as it stands.</summary>
public sealed record PlacedOrder(
    string Uuid, string Owner, string InputToken, string OutputToken, string AmountIn, string Recipient, string Status, string CreatedAt)
{
    /// <summary>What is watched: a token, <c>*</c> for at once, null for an order by call.</summary>
    public string? ConditionToken { get; init; }

    /// <summary>What the price is measured in; USD where it is null.</summary>
    public string? BaseAsset { get; init; }

    /// <summary><c>gt</c> or <c>lt</c>.</summary>
    public string? Direction { get; init; }

    /// <summary>The price that it waits for.</summary>
    public string? TargetPrice { get; init; }

    /// <summary>The least that it is paid.</summary>
    public string? MinAmountOut { get; init; }

    /// <summary>The beginning of its window.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>The end of its window.</summary>
    public string? ValidTo { get; init; }

    /// <summary>True while it is paused.</summary>
    public bool Paused { get; init; }

    /// <summary>What it waits for, in a word.</summary>
    public string? WaitingFor { get; init; }

    /// <summary>Why it stands there, in a word.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it failed.</summary>
    public string? FailureReason { get; init; }

    /// <summary>Why it was cancelled.</summary>
    public string? CancelReason { get; init; }

    /// <summary>Its last transaction.</summary>
    public string? Txid { get; init; }

    /// <summary>What it was paid.</summary>
    public string? AmountOut { get; init; }

    /// <summary>The group that it is a leg of.</summary>
    public string? GroupId { get; init; }

    /// <summary>Which leg, from 1.</summary>
    public int? Leg { get; init; }

    /// <summary>True where nothing more happens to it.</summary>
    public bool HasEnded => Status is "confirmed" or "failed" or "cancelled";
}

/// <summary>An order with the number of its revision: 1 of one that was never changed.</summary>
public sealed record RevisedOrder(PlacedOrder Order, int Revision);

/// <summary>What the legs of a group are to each other.</summary>
public enum GroupType
{
    /// <summary>One cancels the other: two legs, of which one is swapped at most.</summary>
    Oco,

    /// <summary>One triggers the other: the second leg waits until the first is swapped.</summary>
    Oto,

    /// <summary>An entry, and then two exits of which one is swapped at most.</summary>
    Bracket,
}

/// <summary>
/// A group as it stands: <c>open</c>, or <c>ended</c> when all of its legs have. The active leg was sent and is not decided.
/// </summary>
public sealed record OrderGroup(string GroupId, string Type, string Status, int? ActiveLeg, IReadOnlyList<PlacedOrder> Legs);

/// <summary>What a group would be.</summary>
public sealed record GroupPreview(bool Acceptable, IReadOnlyList<PreviewRefusal> Refusals, IReadOnlyList<OrderPreview> Legs);

/// <summary>What became of one order of those that were to be cancelled: where it stands now, or why it was not.</summary>
public sealed record CancelledOrder(string? Uuid, bool Ok, string? OrderStatus, CallRefusal? Refusal);

/// <summary>Why something was not done, in a word and in a sentence.</summary>
public sealed record CallRefusal(string Code, string Error);

/// <summary>Why an order stands where it does.</summary>
public sealed record Explanation(string Sentence, string? WaitingFor, IReadOnlyList<ExplainedGate> Gates, IReadOnlyList<string> Changes);

/// <summary>One thing that has to be so before it is swapped; null is not known now.</summary>
public sealed record ExplainedGate(string Name, bool? Open, string Says, string? Change);

/// <summary>What an order would be.</summary>
public sealed record OrderPreview(
    string Sentence, bool Acceptable, IReadOnlyList<PreviewRefusal> Refusals, bool WouldTriggerNow, PreviewSwap? Swap, PreviewFunds? Funds);

/// <summary>Why it would be refused.</summary>
public sealed record PreviewRefusal(string Code, string Error, string? Field);

/// <summary>The swap that it would be now.</summary>
public sealed record PreviewSwap(
    string AmountOut, string? MinAmountOut, bool Taken, string? Why, string? Fee, int? ImpactBps, int? BelowBelievedBps);

/// <summary>The funds that are there for it.</summary>
public sealed record PreviewFunds(string Balance, string Required, bool Enough);

/// <summary>A managed account with what it holds.</summary>
public sealed record ManagedAccount(
    string Id, string Owner, string Name, string Address, string CreatedAt, IReadOnlyList<AccountBalance>? Balances);

/// <summary>What an account holds of a token, and how much of it is not spoken for.</summary>
public sealed record AccountBalance(
    string Token, string Symbol, int Decimals, string Balance, string Reserved, string Withdrawing, string Available);

/// <summary>Something that happened, with its own facts. The id resumes a stream behind it.</summary>
public sealed record ServiceEvent(long Position, string Kind, string At, string Actor)
{
    /// <summary>Where a reader goes on behind it.</summary>
    public string Id { get; init; } = "";

    /// <summary>Whose it is.</summary>
    public string? Owner { get; init; }

    /// <summary>The order that it is about.</summary>
    public string? Order { get; init; }

    /// <summary>Where the order stood then.</summary>
    public string? OrderStatus { get; init; }

    /// <summary>Its own facts.</summary>
    public JsonElement? Facts { get; init; }
}

internal sealed record DataAnswer<T>(T Data);

internal sealed record OrdersAnswer(IReadOnlyList<PlacedOrder> Data, string? NextCursor);

internal sealed record PositionAnswer(string Log, long Head);

internal sealed record AccountsAnswer(IReadOnlyList<ManagedAccount> Accounts);

internal sealed record ExecutedAnswer(string Txid);
