using System.Diagnostics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Domain.Scheduling;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Messages;

namespace OrderService.Domain.Orders;

/// <summary>
/// What a client asked for, as of the last amend (<see cref="PartsAmend"/>); otherwise immutable once stored. Two posts of one uuid are the
/// same order only where these are equal.
/// </summary>
public sealed record OrderTerms
{
    /// <summary>The uuid that the intent names.</summary>
    public required OrderUuid Uuid { get; init; }

    /// <summary>Whose funds are swapped.</summary>
    public required StacksAddress Owner { get; init; }

    /// <summary>Who receives the bought tokens.</summary>
    public required Principal Recipient { get; init; }

    /// <summary>The token that is sold: of a wallet's order, one of a subnet.</summary>
    public required TokenId SellToken { get; init; }

    /// <summary>The contract of the token that is sold, which an intent names; a token without one throws.</summary>
    public ContractId SellContract =>
        SellToken.IsContract(out var contract)
            ? contract.Value : throw new UnreachableException($"an intent of {SellToken}, which no contract is");

    /// <summary>The token that is bought.</summary>
    public required TokenId BuyToken { get; init; }

    /// <summary>Base units sold.</summary>
    public required TokenAmount AmountIn { get; init; }

    /// <summary>The router that the intent pays.</summary>
    public required ContractId Router { get; init; }

    /// <summary>The chain that the intent is for.</summary>
    public required uint ChainId { get; init; }

    /// <summary>What makes it due.</summary>
    public required SliceTrigger Trigger { get; init; }

    /// <summary>The token whose price is watched; null unless the trigger is a price.</summary>
    public TokenId? ConditionToken { get; init; }

    /// <summary>What the watched price is measured in, as the client gave it; null for the default.</summary>
    public TokenId? BaseAsset { get; init; }

    /// <summary>Which side of the target; kept beside <c>*</c> too, where it has no effect.</summary>
    public TriggerDirection? Direction { get; init; }

    /// <summary>The trigger price, not a limit; kept beside <c>*</c> too, where it has no effect.</summary>
    public Price? TargetPrice { get; init; }

    /// <summary>Due from here on, inclusive.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Due until here, inclusive.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>The least that the swap must pay.</summary>
    public TokenAmount? MinAmountOut { get; init; }

    /// <summary>How far below its quote the swap may pay, 0 to 10,000; null for the service's default.</summary>
    public int? SlippageBps { get; init; }

    /// <summary>How far below the believed prices a quote may be, 0 to 10,000, where the client says it.</summary>
    public int? MaxDeviationBps { get; init; }

    /// <summary>
    /// The least rate of a quote that is taken, whole buy tokens for one whole sell token: once it has fired, it waits for that.
    /// </summary>
    public Price? LimitPrice { get; init; }

    /// <summary>How far the price must come back from the best since it was armed, in 1/10000 of that; in place of a target.</summary>
    public int? TrailingBps { get; init; }

    /// <summary>The same as a distance of the price.</summary>
    public Price? TrailingAmount { get; init; }

    /// <summary>The distance of a trailing trigger in its unit; null for one that does not trail.</summary>
    public Price? Trail => TrailingBps is { } bps ? new Price((UInt128)bps) : TrailingAmount;

    /// <summary>True where it has one try when it is due, and ends where that cannot be.</summary>
    public bool IsImmediate { get; init; }

    /// <summary>How long it stays where it cannot be swapped.</summary>
    public TimeInForce TimeInForce => IsImmediate ? TimeInForce.Ioc : ValidTo is null ? TimeInForce.Gtc : TimeInForce.Gtt;

    /// <summary>True where the client takes a swap whose min amount out no chain rule enforces.</summary>
    public bool AcceptsUnprotectedOutput { get; init; }

    /// <summary>The group that it is a leg of.</summary>
    public Guid? GroupId { get; init; }

    /// <summary>Which leg of its group it is, from 1; null where it is in none.</summary>
    public int? Leg { get; init; }

    /// <summary>The first field in which two terms differ, by its native wire name, or null where they are equal.</summary>
    public string? FirstDifference(OrderTerms other) => this == other ? null : this switch
    {
        _ when Uuid != other.Uuid => "uuid",
        _ when Owner != other.Owner => "owner",
        _ when Recipient != other.Recipient => "recipient",
        _ when SellToken != other.SellToken => "inputToken",
        _ when BuyToken != other.BuyToken => "outputToken",
        _ when AmountIn != other.AmountIn => "amountIn",
        _ when Trigger != other.Trigger || ConditionToken != other.ConditionToken => "conditionToken",
        _ when BaseAsset != other.BaseAsset => "baseAsset",
        _ when Direction != other.Direction => "direction",
        _ when TargetPrice != other.TargetPrice => "targetPrice",
        _ when ValidFrom != other.ValidFrom => "validFrom",
        _ when ValidTo != other.ValidTo => "validTo",
        _ when MinAmountOut != other.MinAmountOut => "minAmountOut",
        _ when SlippageBps != other.SlippageBps => "slippageBps",
        _ when MaxDeviationBps != other.MaxDeviationBps => "maxDeviationBps",
        _ when LimitPrice != other.LimitPrice => "limitPrice",
        _ when TrailingBps != other.TrailingBps => "trailingBps",
        _ when TrailingAmount != other.TrailingAmount => "trailingAmount",
        _ when IsImmediate != other.IsImmediate => "timeInForce",
        _ when AcceptsUnprotectedOutput != other.AcceptsUnprotectedOutput => "acceptUnprotectedOutput",
        _ when GroupId != other.GroupId => "groupId",
        _ when Leg != other.Leg => "leg",
        _ => "router",
    };

    /// <summary>Why the window is refused at this moment, or null.</summary>
    public OrderError? WindowRefusal(DateTimeOffset now)
    {
        if (ValidTo is { } end && end < now) return new OrderError.Field("validTo", "is in the past", "valid_to_in_past");
        return ValidFrom is { } from && ValidTo is { } to && from >= to
            ? new OrderError.Field("validTo", "must be later than validFrom") : null;
    }

    /// <summary>
    /// The price band of an order with these terms, in basis points: the client's own; none where the order has a floor of its own, a min
    /// amount out or a least rate; else the default, or the order's slippage where that is wider.
    /// </summary>
    public int? PriceBandBps(RateBounds rate, int? bpsDefault)
    {
        if (MaxDeviationBps is { } own) return own;
        var hasFloor = MinAmountOut > TokenAmount.Zero || rate.Min > Price.Zero;
        return hasFloor || bpsDefault is not { } usual ? null : Math.Max(usual, SlippageBps ?? 0);
    }

    /// <summary>The intent that moves so much of the sell token to the router, under a uuid of its own or the order's.</summary>
    public TransferIntent IntentOf(TokenAmount amount, string? uuid) =>
        new(SellContract, amount.Units, Principal.From(Router), uuid ?? Uuid.ToString(), ChainId);

    /// <summary>What a quote of an order of one swap must pay.</summary>
    public RateBounds Rate => new(LimitPrice, null);

    /// <summary>The price box of the condition.</summary>
    public PriceRange Range => (Trigger, Direction) switch
    {
        (SliceTrigger.Price, TriggerDirection.Gt) => new PriceRange(TargetPrice, null),
        (SliceTrigger.Price, TriggerDirection.Lt) => new PriceRange(null, TargetPrice),
        _ => PriceRange.Any,
    };
}
