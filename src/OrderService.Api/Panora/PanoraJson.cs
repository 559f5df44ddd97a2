using System.Text.Json.Serialization;
using OrderService.Api.Panora.Records;

namespace OrderService.Api.Panora;

/// <summary>
/// The records of this dialect's answers as JSON. What has no value is left out, but for a required member, which is null then.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DcaOrderRecord))]
[JsonSerializable(typeof(LimitOrderRecord))]
[JsonSerializable(typeof(OrderPageRecord<DcaOrderRecord>))]
[JsonSerializable(typeof(OrderPageRecord<LimitOrderRecord>))]
[JsonSerializable(typeof(RefusalRecord))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
internal sealed partial class PanoraJson : JsonSerializerContext;
