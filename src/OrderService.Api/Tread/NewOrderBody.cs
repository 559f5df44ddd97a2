using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Expressions;
using OrderService.Domain.Orders;

namespace OrderService.Api.Tread;

/// <summary>How an order was sized.</summary>
internal enum SizedBy
{
    BaseQty,
    QuoteQty,
    SellAmount,
}

/// <summary>A limit as it was given, and what it is: one number, or an expression.</summary>
internal sealed record GivenLimit(string Text, Price? Price, Expression Expression);

/// <summary>A condition with what is shown of it: the test alone, and the variables in an object of their own.</summary>
internal sealed record GivenCondition(Condition Condition)
{
    /// <summary>The test in RPN.</summary>
    public string Rpn => Condition.Test.ToRpn();

    /// <summary>The test in infix.</summary>
    public string Infix => Condition.Test.ToInfix();
}

/// <summary>The parameters of a strategy: as they were given, known keys only, and those that do something.</summary>
internal sealed record StrategyParams(string Json, IReadOnlySet<string> True, GivenDecimal? ClipMax)
{
    public static readonly StrategyParams None = new("{}", new HashSet<string>(), null);

    /// <summary>True where a flag is set.</summary>
    public bool Has(string name) => True.Contains(name);
}

/// <summary>
/// A new order of this wire, every field of which holds by itself. The pair is null where a leg is not known, which is said later.
/// </summary>
internal sealed record NewOrderBody
{
    public required string PairText { get; init; }

    public required TradePair? Pair { get; init; }

    public required PairLegs? UnknownLegs { get; init; }

    public required TradeSide Side { get; init; }

    public required IReadOnlyList<string> Accounts { get; init; }

    public required Strategy Strategy { get; init; }

    public SuperStrategy? SuperStrategy { get; init; }

    public required int? Duration { get; init; }

    public required SizedBy SizedBy { get; init; }

    public required WireNumber Quantity { get; init; }

    public required GivenDecimal Passiveness { get; init; }

    public required GivenDecimal Discretion { get; init; }

    public required GivenDecimal Tilt { get; init; }

    public GivenDecimal? PovLimit { get; init; }

    public GivenDecimal? PovTarget { get; init; }

    public GivenLimit? Limit { get; init; }

    public bool IsReverseLimit { get; init; }

    public DateTimeOffset? Start { get; init; }

    public GivenCondition? Condition { get; init; }

    public DateTimeOffset? ConditionExpiry { get; init; }

    public GivenDecimal? StopPrice { get; init; }

    public required StrategyParams Params { get; init; }

    public int? OrderSlices { get; init; }

    public GivenDecimal? MaxOtc { get; init; }

    public GivenDecimal? ExposureTolerance { get; init; }

    public string? PosSide { get; init; }

    public int? Leverage { get; init; }

    public string CustomId { get; init; } = "";

    public string Notes { get; init; } = "";

    public int? ChaseDecay { get; init; }

    public string Metadata { get; init; } = "{}";

    /// <summary>True where it asks for something that only a venue of another kind has.</summary>
    public bool AsksForOtherVenue { get; init; }

    /// <summary>True where the target is the base token.</summary>
    public bool TargetsBase => SizedBy == SizedBy.BaseQty || (SizedBy == SizedBy.SellAmount && Side == TradeSide.Sell);

    /// <summary>True where the target is what is bought.</summary>
    public bool IsExactOut => SizedBy != SizedBy.SellAmount && TargetsBase == (Side == TradeSide.Buy);

    /// <summary>The asset that is sold.</summary>
    public TradeAsset Sold => Side == TradeSide.Buy ? Pair!.Quote : Pair!.Base;

    /// <summary>The asset that is bought.</summary>
    public TradeAsset Bought => Side == TradeSide.Buy ? Pair!.Base : Pair!.Quote;
}
