using System.Text.Json.Serialization;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>Several orders of one wallet, each signed as it is for POST orders/new.</summary>
internal sealed record NewBatchRecord : RequestRecord
{
    /// <summary>Orders of a call.</summary>
    public const int OrdersMax = 100;

    /// <summary>The largest body of such a call, in bytes.</summary>
    public const int BytesMax = 512 * 1024;

    /// <summary>The orders.</summary>
    public required Given<IReadOnlyList<NewOrderRecord>> Orders { get; init; }

    /// <summary>true: all of them are stored in one transaction, or none; otherwise each for itself.</summary>
    /// <example>false</example>
    public Given<bool> Atomic { get; init; }
}

/// <summary>Which orders a call is about.</summary>
internal record ManyRecord : ProvenCallRecord
{
    /// <summary>With a key: the orders' uuids as they were signed, case included.</summary>
    [Is(Shape.Uuid)]
    public Given<IReadOnlyList<string?>> Uuids { get; init; }

    /// <summary>The orders that are meant, or what is wrong with them.</summary>
    internal Result<OrderUuid[]> ReadUuids()
    {
        if (Uuids is not { IsRead: true, Value: { Count: > 0 and <= NewBatchRecord.OrdersMax } given })
            return new OrderError.Field("uuids", $"must be a list of 1 to {NewBatchRecord.OrdersMax} uuids");
        var (read, seen) = (new OrderUuid[given.Count], new HashSet<Guid>());
        for (var at = 0; at < read.Length; at++)
        {
            if (!OrderUuid.TryParse(given[at], out read[at])) return new OrderError.Field($"uuids[{at}]", "must be a uuid");
            if (!seen.Add(read[at].Key)) return new OrderError.Field($"uuids[{at}]", "is given twice");
        }
        return read;
    }
}

/// <summary>Which orders are executed.</summary>
internal sealed record ExecuteManyRecord : ManyRecord
{
    /// <summary>With a key: true for more than one try of orders that wait for calls.</summary>
    /// <example>false</example>
    public Given<bool> Retry { get; init; }
}

/// <summary>Which open orders are cancelled.</summary>
internal record CancelAllRecord : ProvenCallRecord
{
    /// <summary>With a key: which ones; empty for all of the wallet.</summary>
    public Given<FilterRecord> Filter { get; init; }
}

/// <summary>When and over which open orders a dead man's switch fires.</summary>
internal sealed record CancelAllAfterRecord : CancelAllRecord
{
    /// <summary>With a key: in so many seconds from now; 0 takes the switch away.</summary>
    /// <example>60</example>
    [Is(Shape.Whole)]
    [ReadBy(typeof(WireAmounts), nameof(WireAmounts.TryReadNumber))]
    public Given<WireNumber> TimeoutSeconds { get; init; }
}

/// <summary>Which orders of a wallet are meant: those that fit all that is said. It is told as it is asked for.</summary>
internal sealed record FilterRecord : RequestRecord
{
    /// <summary>Sold or bought: a contract id or .stx.</summary>
    [Is(Shape.Token)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Given<TokenId> Token { get; init; }

    /// <summary>Two tokens with / between them, sold for each other either way.</summary>
    /// <example>ST000000000000000000002AMW42H.token-susdt-subnet-v1/.stx</example>
    [ReadBy(typeof(OrdersQuery), nameof(OrdersQuery.TryReadPair))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Given<(TokenId Base, TokenId Quote)> Pair { get; init; }

    /// <summary>The strategyId that the client gave.</summary>
    /// <example>grid-1</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Given<string> StrategyId { get; init; }

    /// <summary>The group that they are legs of.</summary>
    [Is(Shape.Uuid)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Given<OrderUuid> GroupId { get; init; }

    /// <summary>Beside token or pair: those that sell the token, or the first of the pair; or those that buy it.</summary>
    [Words("buy", "sell")]
    [ReadBy(typeof(FilterRecord), nameof(TryReadSide))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Given<TradeSide> Side { get; init; }

    /// <summary>As it is told.</summary>
    public static FilterRecord Of(OrderFilter filter) => new()
    {
        Token = Given<TokenId>.Told(filter.Token?.ToString(), TokenId.TryParse),
        Pair = Given<(TokenId, TokenId)>.Told(filter.Pair is var (first, second) ? $"{first}/{second}" : null, OrdersQuery.TryReadPair),
        StrategyId = Given<string>.Told(filter.StrategyId, static (string? text, out string read) => (read = text ?? "") is not ""),
        GroupId = Given<OrderUuid>.Told(filter.GroupId?.ToString(), OrderUuid.TryParse),
        Side = Given<TradeSide>.Told(filter.Side?.ToString().ToLowerInvariant(), TryReadSide),
    };

    /// <summary>The filter of one that its rules let pass.</summary>
    internal OrderFilter Filter => OrderFilter.All with
    {
        Token = Token.IsRead ? Token.Value : null, Pair = Pair.IsRead ? Pair.Value : null, StrategyId = StrategyId.Value,
        GroupId = GroupId.IsRead ? GroupId.Value.Key : null, Side = Side.IsRead ? Side.Value : null,
    };

    /// <summary>Reads exactly the two words.</summary>
    public static bool TryReadSide(string? text, out TradeSide side)
    {
        side = text == "sell" ? TradeSide.Sell : TradeSide.Buy;
        return text is "buy" or "sell";
    }
}
