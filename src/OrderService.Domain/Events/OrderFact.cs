using System.Text.Json;
using System.Text.Json.Serialization;
using OrderService.Domain.Amounts;
using OrderService.Stacks.Addresses;

namespace OrderService.Domain.Events;

/// <summary>
/// Something that became true of an order: a closed set of records, each with its own facts. What stands in the order's row anyway is not
/// repeated; where the order stands after it is told beside it. Events of before may lack facts that those of today have.
/// </summary>
public abstract record OrderFact
{
    private OrderFact()
    {
    }

    /// <summary>What happened, in a word.</summary>
    [JsonIgnore]
    public string Happened => EventText.KindOf(GetType());

#pragma warning disable CS1591 // the words are the documentation
    public sealed record Created : OrderFact;

    /// <summary>It became due. Where a price made it so: what was believed, of when, and by which sources.</summary>
    public sealed record Triggered(
        Price? WatchedPrice = null, Price? BasePrice = null, string? PriceSources = null,
        [property: JsonConverter(typeof(MomentText))] DateTimeOffset? PriceAt = null) : OrderFact;

    public sealed record Claimed(string? By) : OrderFact;

    public sealed record ClaimTimedOut : OrderFact;

    /// <summary>It was due and is not swapped now, for a reason; with the figures that decided, where there are some.</summary>
    public sealed record BackedOff(string Reason) : OrderFact
    {
        public TokenAmount? Quoted { get; init; }

        public TokenAmount? Believed { get; init; }

        public TokenAmount? MinAmountOut { get; init; }

        public int? MaxDeviationBps { get; init; }

        public Price? SellUsd { get; init; }

        public Price? BuyUsd { get; init; }

        public TokenAmount? Available { get; init; }

        public TokenAmount? Required { get; init; }
    }

    /// <summary>A transaction was written down, and is sent: a swap, or the spend of the uuid.</summary>
    public sealed record Broadcast(string Txid, string Kind) : OrderFact
    {
        public bool? IsProtected { get; init; }

        public TokenAmount? Fee { get; init; }

        public string? Payer { get; init; }

        public long? Nonce { get; init; }

        public TokenAmount? Quoted { get; init; }

        public TokenAmount? MinAmountOut { get; init; }
    }

    public sealed record Sent(string Txid) : OrderFact;

    public sealed record FeeRaised(string Txid, TokenAmount Fee, string Was) : OrderFact;

    public sealed record PaidBelowMin(string Txid, TokenAmount AmountOut, TokenAmount MinAmountOut) : OrderFact;

    public sealed record AmountUnexpected(string Txid, TokenAmount AmountOut, TokenAmount? QuotedAmountOut) : OrderFact;

    public sealed record Rejected(string Txid, string Reason) : OrderFact;

    public sealed record Reverted(string Txid, string Reason) : OrderFact;

    public sealed record Replaced(string Txid, string Reason) : OrderFact;

    public sealed record Confirmed(string? Reason = null, string? Txid = null, TokenAmount? AmountOut = null, long? BlockHeight = null)
        : OrderFact;

    public sealed record Failed(string? Reason = null, bool? Partial = null) : OrderFact;

    public sealed record Skipped(string? Reason = null, int? Parts = null) : OrderFact;

    public sealed record Cancelled(string? Reason = null) : OrderFact;

    public sealed record CancelRequested(string? Reason = null) : OrderFact;

    public sealed record SpendRequested(string Reason, string? Txid = null, TokenAmount? Fee = null, string? Was = null) : OrderFact;

    public sealed record Expired(string? Reason = null) : OrderFact;

    public sealed record Paused(string? By = null, string? Reason = null) : OrderFact;

    public sealed record Resumed(string? By = null) : OrderFact;

    public sealed record Completed(string? Reason = null, bool? Partial = null) : OrderFact;

    public sealed record Rescheduled([property: JsonConverter(typeof(MomentText))] DateTimeOffset NotBefore) : OrderFact;

    public sealed record Reorged(string Txid) : OrderFact;

    /// <summary>The condition held. What was read then, by name.</summary>
    public sealed record ConditionMet : OrderFact
    {
        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Seen { get; init; }
    }

    public sealed record ConditionUnknown : OrderFact;

    public sealed record NoVolume : OrderFact;

    public sealed record Activated : OrderFact;

    /// <summary>
    /// A leg of a group may be swapped from here on; why it waited before, and what it sells where that was not known before.
    /// </summary>
    public sealed record LegReleased(string? Reason, TokenAmount? AmountIn = null) : OrderFact;

    public sealed record Amended(int Revision, IReadOnlyList<string> Fields) : OrderFact;
#pragma warning restore CS1591
}
