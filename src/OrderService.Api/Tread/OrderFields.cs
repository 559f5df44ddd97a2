using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderService.Api.Tread;

/// <summary>
/// What an order of this wire keeps beside the engine's terms, to be shown again: names, and texts as they were given. Written once; what
/// an amend changes is read from the engine.
/// </summary>
internal sealed record OrderFields
{
    public required string Pair { get; init; }

    public required string Base { get; init; }

    public required string Quote { get; init; }

    public required int BaseDecimals { get; init; }

    public required int QuoteDecimals { get; init; }

    public required string Venue { get; init; }

    public required Guid Strategy { get; init; }

    public string? Super { get; init; }

    public required Guid[] Accounts { get; init; }

    public required string[] AccountNames { get; init; }

    public required string PaidBy { get; init; }

    /// <summary>Seconds, as first planned.</summary>
    public required int Duration { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required string Passiveness { get; init; }

    public required string Discretion { get; init; }

    public required string Tilt { get; init; }

    public string? PovLimit { get; init; }

    public string? PovTarget { get; init; }

    public string LimitPrice { get; init; } = "";

    /// <summary>The test alone, in RPN and in infix.</summary>
    public string? Condition { get; init; }

    public string? ConditionInfix { get; init; }

    /// <summary>Name, RPN, infix of each variable.</summary>
    public string[][] Variables { get; init; } = [];

    public string? StopPrice { get; init; }

    public string Params { get; init; } = "{}";

    public int? OrderSlices { get; init; }

    public string MaxOtc { get; init; } = "0";

    public string? PosSide { get; init; }

    public int? Leverage { get; init; }

    public string CustomId { get; init; } = "";

    public string Notes { get; init; } = "";

    public int? ChaseDecay { get; init; }

    public string Metadata { get; init; } = "{}";

    /// <summary>Warnings told once, when the order was stored.</summary>
    public string[] Warnings { get; init; } = [];

    /// <summary>Where what is bought goes, in a sentence.</summary>
    public required string Receiver { get; init; }

    /// <summary>As the engine keeps it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, OrderFieldsJson.Default.OrderFields);

    /// <summary>Reads it back.</summary>
    public static OrderFields Parse(string? json) =>
        JsonSerializer.Deserialize(json ?? throw new InvalidDataException("an order of this wire has no fields"),
            OrderFieldsJson.Default.OrderFields) ?? throw new InvalidDataException(json);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OrderFields))]
internal sealed partial class OrderFieldsJson : JsonSerializerContext;
