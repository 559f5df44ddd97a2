using System.Text.Json.Serialization;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread.Records;

/// <summary>An order as it is answered when it is submitted.</summary>
[SnakeCase]
internal sealed record SubmittedRecord : OrderStateRecord
{
    /// <summary>Empty: nothing was placed yet.</summary>
    /// <example>[]</example>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<string> Placements { get; init; }
}

/// <summary>Everything about an order.</summary>
[SnakeCase]
internal sealed record OrderDetailRecord : OrderStateRecord
{
    /// <summary>When something of it changed.</summary>
    [Is(Shape.Moment)]
    [JsonPropertyOrder(3)]
    public required string? UpdatedAt { get; init; }

    /// <summary>Always null.</summary>
    /// <example>null</example>
    [JsonPropertyOrder(3)]
    public required string? ParentOrderId { get; init; }

    /// <summary>Always null.</summary>
    /// <example>null</example>
    [JsonPropertyOrder(3)]
    public required string? BatchOrderId { get; init; }

    /// <summary>The venue.</summary>
    /// <example>["simulated"]</example>
    [JsonPropertyOrder(3)]
    public required IReadOnlyList<string> Exchanges { get; init; }

    /// <summary>Quote for one base so far.</summary>
    /// <example>0.0498</example>
    [JsonPropertyOrder(3)]
    public required string? AverageExecutedPrice { get; init; }

    /// <summary>The token that the quantity is of.</summary>
    /// <example>sUSDT</example>
    [JsonPropertyOrder(3)]
    public required string TargetToken { get; init; }

    /// <summary>How much of it was executed.</summary>
    /// <example>0</example>
    [JsonPropertyOrder(3)]
    public required NumberText? TargetExecutedQty { get; init; }

    /// <summary>Always 0.</summary>
    /// <example>0</example>
    [JsonPropertyOrder(3)]
    public required NumberText TotalFee { get; init; }

    /// <summary>The quote token's symbol.</summary>
    /// <example>sUSDT</example>
    [JsonPropertyOrder(3)]
    public required string FeeAsset { get; init; }

    /// <summary>Always 0.</summary>
    /// <example>0</example>
    [JsonPropertyOrder(3)]
    public required NumberText TotalFeeInBase { get; init; }

    /// <summary>While it is paused: when it goes on by itself.</summary>
    /// <example>CHA-sUSDT@simulated &lt;= 0.05</example>
    [JsonPropertyOrder(3)]
    public required string? ResumeConditionNormal { get; init; }

    /// <summary>When it starts or did.</summary>
    [Is(Shape.Moment)]
    [JsonPropertyOrder(3)]
    public required string? StartDatetime { get; init; }

    /// <summary>How much of the target token is left.</summary>
    /// <example>1000</example>
    [JsonPropertyOrder(3)]
    public required NumberText? RemainingQty { get; init; }

    /// <summary>The venue.</summary>
    /// <example>["simulated"]</example>
    [JsonPropertyOrder(3)]
    public required IReadOnlyList<string> ExchangeNames { get; init; }

    /// <summary>The strategy's name.</summary>
    /// <example>VWAP</example>
    [JsonPropertyOrder(3)]
    public required string Trajectory { get; init; }

    /// <summary>pov_target in per cent.</summary>
    /// <example>10</example>
    [JsonPropertyOrder(3)]
    public required NumberText? ParticipationRateTargetPercent { get; init; }

    /// <summary>How much of the target token is in flight.</summary>
    /// <example>0</example>
    [JsonPropertyOrder(3)]
    public required NumberText? PlacementLiveQty { get; init; }

    /// <summary>Its swap attempts.</summary>
    [JsonPropertyOrder(3)]
    public required IReadOnlyList<PlacementRecord> Placements { get; init; }

    /// <summary>Its fills, where they were asked for.</summary>
    [JsonPropertyOrder(3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FillRecord>? Fills { get; init; }

    /// <summary>What it has to say, newest first.</summary>
    [JsonPropertyOrder(3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DetailMessageRecord>? Messages { get; init; }
}

/// <summary>A message of an order, inside its detail.</summary>
[SnakeCase]
internal sealed record DetailMessageRecord
{
    /// <summary>Its id.</summary>
    [Is(Shape.Uuid)]
    public required string Id { get; init; }

    /// <summary>Its order.</summary>
    [Is(Shape.Uuid)]
    public required string Order { get; init; }

    /// <summary>Always system.</summary>
    [Words("system")]
    public required string Sender { get; init; }

    /// <summary>The sentence.</summary>
    /// <example>Order received; account main pays</example>
    public required string Message { get; init; }

    /// <summary>How grave it is.</summary>
    /// <example>INFO</example>
    public required string MessageType { get; init; }

    /// <summary>When.</summary>
    [Is(Shape.Moment)]
    public required string? CreatedAt { get; init; }
}
