using System.Text.Json.Serialization;
using OrderService.Api.SwapCoffee.Records;

namespace OrderService.Api.SwapCoffee;

/// <summary>The records of this dialect's answers as JSON. What has no value is left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StrategyRecord))]
[JsonSerializable(typeof(IReadOnlyList<StrategyRecord>))]
[JsonSerializable(typeof(TransactionRecord))]
[JsonSerializable(typeof(CellRecord))]
[JsonSerializable(typeof(KeptFieldsRecord))]
[JsonSerializable(typeof(RefusalRecord))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
internal sealed partial class SwapCoffeeJson : JsonSerializerContext;
