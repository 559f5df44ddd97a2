using System.Text.Json.Serialization;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread.Records;

/// <summary>A swap attempt. Price and quantity are those of its quote.</summary>
[SnakeCase]
[Always]
internal record PlacementRecord
{
    /// <summary>Its id.</summary>
    [Is(Shape.Uuid)]
    public string Id { get; init; } = "";

    /// <summary>When it was made.</summary>
    [Is(Shape.Moment)]
    public string? CreatedAt { get; init; }

    /// <summary>Its order.</summary>
    [Is(Shape.Uuid)]
    public string Order { get; init; } = "";

    /// <summary>Always TAKE.</summary>
    [Words("TAKE")]
    public string PlacementType { get; init; } = "";

    /// <summary>Quote for one base.</summary>
    /// <example>0.0498</example>
    public string Price { get; init; } = "";

    /// <summary>How much of the base token.</summary>
    /// <example>100</example>
    public string Qty { get; init; } = "";

    /// <summary>The venue.</summary>
    /// <example>simulated</example>
    public string Exchange { get; init; } = "";

    /// <summary>Its fill, where it has one.</summary>
    public IReadOnlyList<PlacementFillRecord> Fills { get; init; } = [];

    /// <summary>How patient it is.</summary>
    /// <example>0.02</example>
    public string Passiveness { get; init; } = "";

    /// <summary>Whether it was filled.</summary>
    /// <example>true</example>
    public bool Filled { get; init; }

    /// <summary>Its transaction.</summary>
    [Is(Shape.TxId)]
    public string ExternalId { get; init; } = "";

    /// <summary>Where it stands.</summary>
    [Words("PENDING", "ACTIVE", "FILLED", "FAILED")]
    public string Status { get; init; } = "";

    /// <summary>More of that, or nothing.</summary>
    /// <example>REVERTED</example>
    public string? SubStatus { get; init; }

    /// <summary>Always false.</summary>
    /// <example>false</example>
    public bool IsCross { get; init; }

    /// <summary>Whether its strategy is a simple one.</summary>
    /// <example>false</example>
    public bool IsSimple { get; init; }

    /// <summary>Always 1.</summary>
    /// <example>1</example>
    public string ContractValue { get; init; } = "";

    /// <summary>Its number within the order.</summary>
    /// <example>my-1-1</example>
    public string ClientOrderId { get; init; } = "";
}

/// <summary>A swap attempt in the list of placements.</summary>
[SnakeCase]
internal sealed record ListedPlacementRecord : PlacementRecord
{
    /// <summary>The same as qty.</summary>
    /// <example>100</example>
    [JsonPropertyOrder(1)]
    public required string BaseQty { get; init; }

    /// <summary>0 or 100.</summary>
    /// <example>100</example>
    [Bounds(0, 100)]
    [JsonPropertyOrder(1)]
    public required int PctFilled { get; init; }

    /// <summary>Why it failed, or nothing.</summary>
    /// <example>below_min</example>
    [JsonPropertyOrder(1)]
    public required string FailureReason { get; init; }
}

/// <summary>A fill inside its placement.</summary>
[SnakeCase]
internal sealed record PlacementFillRecord
{
    /// <summary>Its id.</summary>
    [Is(Shape.Uuid)]
    public required string Id { get; init; }

    /// <summary>When.</summary>
    [Is(Shape.Moment)]
    public required string? CreatedAt { get; init; }

    /// <summary>When.</summary>
    [Is(Shape.Moment)]
    public required string? FillTime { get; init; }

    /// <summary>Always TAKE.</summary>
    [Words("TAKE")]
    public required string Role { get; init; }

    /// <summary>Its transaction.</summary>
    [Is(Shape.TxId)]
    public required string ExternalId { get; init; }

    /// <summary>Quote for one base.</summary>
    /// <example>0.0498</example>
    public required NumberText? ExecutedPrice { get; init; }

    /// <summary>How much of the base token.</summary>
    /// <example>100</example>
    public required NumberText? ExecutedQty { get; init; }

    /// <summary>The venue.</summary>
    /// <example>simulated</example>
    public required string Exchange { get; init; }

    /// <summary>Always 0.</summary>
    /// <example>0</example>
    public required NumberText Fee { get; init; }
}

/// <summary>A fill of an order with statistics or of a detail.</summary>
[SnakeCase]
internal sealed record FillRecord
{
    /// <summary>Its placement.</summary>
    [Is(Shape.Uuid)]
    public required string PlacementId { get; init; }

    /// <summary>The venue.</summary>
    /// <example>simulated</example>
    public required string Exchange { get; init; }

    /// <summary>Always TAKE.</summary>
    [Words("TAKE")]
    public required string Role { get; init; }

    /// <summary>Quote for one base.</summary>
    /// <example>0.05</example>
    public required string ExecutedPrice { get; init; }

    /// <summary>How much of the base token.</summary>
    /// <example>100.00000000</example>
    public required string ExecutedQty { get; init; }

    /// <summary>How much of the quote token.</summary>
    /// <example>4.98</example>
    public required string ExecutedNotional { get; init; }

    /// <summary>Always 0.</summary>
    /// <example>0.00</example>
    public required string Fee { get; init; }

    /// <summary>When.</summary>
    [Is(Shape.Moment)]
    public required string? FillTime { get; init; }
}

/// <summary>Placements of an order.</summary>
[SnakeCase]
internal sealed record PlacementPageRecord
{
    /// <summary>The placements, oldest first.</summary>
    public required IReadOnlyList<ListedPlacementRecord> Placements { get; init; }

    /// <summary>How many there are.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public required int Count { get; init; }
}
