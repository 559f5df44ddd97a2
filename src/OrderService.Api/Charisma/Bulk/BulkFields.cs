using System.Text.Json;
using System.Text.Json.Serialization;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>What a call about several orders asks for, as it came; which members are wanted depends on the route. One that is not known is refused: who misspelt it would believe in it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BulkFields
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false, AllowDuplicateProperties = false, NumberHandling = JsonNumberHandling.Strict, MaxDepth = 16,
    };

    public IReadOnlyList<string?>? Uuids { get; init; }

    public bool? Retry { get; init; }

    public WalletMessageFilter? Filter { get; init; }

    public int? TimeoutSeconds { get; init; }

    // The parts of a wallet's proof, which stand in the same body.
    public string? Message { get; init; }

    public string? Signature { get; init; }

    public string? WalletAddress { get; init; }

    public string? PublicKey { get; init; }

    /// <summary>True where nothing is asked for beside the proof.</summary>
    public bool IsProofOnly => this with { Message = null, Signature = null, WalletAddress = null, PublicKey = null } == new BulkFields();

    /// <summary>Those that a wallet has signed.</summary>
    public static BulkFields Of(WalletMessage message) => new() { Uuids = message.Uuids, Retry = message.Retry, Filter = message.Filter, TimeoutSeconds = message.TimeoutSeconds };

    /// <summary>Those of the body; none where there is no body.</summary>
    public static Task<Result<BulkFields>> ReadAsync(HttpContext context) => RequestBody.ReadAsync(context, DialectLimits.BodyMax, Parse);

    /// <summary>The orders that are meant, or what is wrong with them.</summary>
    public Result<OrderUuid[]> ReadUuids()
    {
        if (Uuids is null || Uuids.Count is 0 or > BatchBody.OrdersMax) return new OrderError.Field("uuids", $"must be a list of 1 to {BatchBody.OrdersMax} uuids");
        var (read, seen) = (new OrderUuid[Uuids.Count], new HashSet<Guid>());
        for (var at = 0; at < read.Length; at++)
        {
            if (!OrderUuid.TryParse(Uuids[at], out read[at])) return new OrderError.Field($"uuids[{at}]", "must be a uuid");
            if (!seen.Add(read[at].Key)) return new OrderError.Field($"uuids[{at}]", "is given twice");
        }
        return read;
    }

    /// <summary>Which orders are meant, or what is wrong with that. All of them have to be asked for in so many words.</summary>
    public Result<OrderFilter> ReadFilter()
    {
        if (Filter is not { } asked) return new OrderError.Field("filter", "is required: {} means all orders of the wallet");
        var filter = OrderFilter.All;
        if (asked.Token is { } text)
        {
            if (!TokenId.TryParse(text, out var token)) return new OrderError.Field("filter.token", "must be a token: a contract id, or .stx");
            filter = filter with { Token = token };
        }
        if (asked.Pair is { } pair)
        {
            if (!OrdersQuery.TryReadPair(pair, out var tokens)) return new OrderError.Field("filter.pair", "must be two tokens with a / between them");
            filter = filter with { Pair = tokens };
        }
        if (asked.StrategyId is { } strategy)
        {
            if (strategy.Length is 0 or > NewOrderRecord.StrategyIdMax || strategy.Contains('\0', StringComparison.Ordinal)) return new OrderError.Field("filter.strategyId", $"must be text of 1 to {NewOrderRecord.StrategyIdMax} characters");
            filter = filter with { StrategyId = strategy };
        }
        if (asked.GroupId is { } id)
        {
            if (!OrderUuid.TryParse(id, out var group)) return new OrderError.Field("filter.groupId", "must be a uuid");
            filter = filter with { GroupId = group.Key };
        }
        if (asked.Side is not { } side) return filter;
        if (side is not ("buy" or "sell")) return new OrderError.Field("filter.side", "must be buy or sell");
        if (filter is { Token: null, Pair: null }) return new OrderError.Field("filter.side", "needs the token or the pair that it is a side of");
        return filter with { Side = side == "buy" ? TradeSide.Buy : TradeSide.Sell };
    }

    private static Result<BulkFields> Parse(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) return new BulkFields();
        try
        {
            return JsonSerializer.Deserialize<BulkFields>(body.Span, Options) ?? Malformed<BulkFields>("it must be a JSON object");
        }
        catch (JsonException fault)
        {
            return Malformed<BulkFields>(fault.Path is { Length: > 2 } path ? $"{path[2..]} is not known here, is given twice, or is of the wrong type" : "it must be a JSON object of the members that this call knows");
        }
        catch (Exception unread) when (unread is ArgumentException or InvalidOperationException)
        {
            return Malformed<BulkFields>("it is not valid Unicode");
        }
    }

    /// <summary>A body that cannot be read.</summary>
    public static Result<T> Malformed<T>(string problem) => new OrderError.Malformed($"Invalid request: the body cannot be read: {problem}");
}
