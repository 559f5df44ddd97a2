using System.Text.Json.Serialization;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>The answer to arming a dead man's switch.</summary>
internal sealed record SwitchAnswerRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>The switch; null where it was taken away.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required SwitchRecord? Data { get; init; }
}

/// <summary>The dead man's switches of a wallet.</summary>
internal sealed record SwitchListRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>The switches, the next first.</summary>
    public required IReadOnlyList<SwitchRecord> Data { get; init; }
}

/// <summary>A dead man's switch that is armed.</summary>
internal sealed record SwitchRecord
{
    /// <summary>When the orders are cancelled, unless it is put off before.</summary>
    [Is(Shape.Moment)]
    public required string FiresAt { get; init; }

    /// <summary>Which open orders; empty for all of the wallet.</summary>
    public required FilterRecord Filter { get; init; }

    /// <summary>When it was armed, or put off last.</summary>
    [Is(Shape.Moment)]
    public required string ArmedAt { get; init; }

    /// <summary>Whose doing that was.</summary>
    /// <example>key:7c9e6679742540de944be07fc1f90ae7</example>
    public required string ArmedBy { get; init; }
}

/// <summary>What became of several orders.</summary>
internal sealed record BulkAnswerRecord
{
    /// <summary>Always success: what became of each order stands with it.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>One result an order, in the order in which they were named.</summary>
    public required IReadOnlyList<BulkItemRecord> Data { get; init; }

    /// <summary>How many results are ok.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public required int Succeeded { get; init; }

    /// <summary>How many are not.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public required int Failed { get; init; }

    /// <summary>Of cancel-all: false where there was no time for all of them, so that the call has to be made again.</summary>
    /// <example>true</example>
    public bool? Complete { get; init; }
}

/// <summary>What became of one of several orders.</summary>
internal sealed record BulkItemRecord
{
    /// <summary>Its place in the call, from 0.</summary>
    /// <example>0</example>
    [Bounds(0)]
    public int Index { get; init; }

    /// <summary>Its uuid; missing where what was sent has none.</summary>
    [Is(Shape.Uuid)]
    public string? Uuid { get; init; }

    /// <summary>true where it was done.</summary>
    /// <example>true</example>
    public required bool Ok { get; init; }

    /// <summary>Of a create: the order.</summary>
    public OrderRecord? Order { get; init; }

    /// <summary>Of a cancel: where the order stands.</summary>
    [Words("cancelled", "cancelling")]
    public string? OrderStatus { get; init; }

    /// <summary>Of a call to execute: the transaction.</summary>
    [Is(Shape.TxId)]
    public string? Txid { get; init; }

    /// <summary>Why it was not done.</summary>
    public RefusalRecord? Refusal { get; init; }
}
