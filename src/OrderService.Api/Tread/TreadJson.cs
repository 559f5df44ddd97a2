using System.Text.Json.Serialization;
using OrderService.Api.Tread.Records;

namespace OrderService.Api.Tread;

/// <summary>The records of this dialect's answers as JSON. What has no value is null, as the original has it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PageRecord<ListedRecord>))]
[JsonSerializable(typeof(PageRecord<WithStatsRecord>))]
[JsonSerializable(typeof(OpenListRecord))]
[JsonSerializable(typeof(SubmittedRecord))]
[JsonSerializable(typeof(OrderDetailRecord))]
[JsonSerializable(typeof(SummaryRecord))]
[JsonSerializable(typeof(PlacementPageRecord))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyList<OrderMessageRecord>>))]
[JsonSerializable(typeof(StrategiesRecord))]
[JsonSerializable(typeof(PairListRecord))]
[JsonSerializable(typeof(BothNotationsRecord))]
[JsonSerializable(typeof(UpdateRecord))]
[JsonSerializable(typeof(MessageRecord))]
[JsonSerializable(typeof(ErrorRecord))]
[JsonSerializable(typeof(ErrorsRecord))]
[JsonSerializable(typeof(DetailRecord))]
[JsonSerializable(typeof(string))]
internal sealed partial class TreadJson : JsonSerializerContext;
