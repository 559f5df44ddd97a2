using System.Text.Json.Serialization;
using OrderService.Api.Charisma.Accounts;
using OrderService.Api.Charisma.ApiKeys;
using OrderService.Api.Charisma.Bulk;
using OrderService.Api.Charisma.Events;
using OrderService.Api.Charisma.Explain;
using OrderService.Api.Charisma.Groups;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Charisma.Webhooks;
using OrderService.Api.Wire;

namespace OrderService.Api.Charisma;

/// <summary>
/// The records of this dialect's answers as JSON. What has no value is left out, but for a required member, which is null then.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OrderAnswerRecord))]
[JsonSerializable(typeof(PlainOrderAnswerRecord))]
[JsonSerializable(typeof(OrderListRecord))]
[JsonSerializable(typeof(ExecutedRecord))]
[JsonSerializable(typeof(SwapQuoteRecord))]
[JsonSerializable(typeof(SuccessRecord<NetworkRecord>))]
[JsonSerializable(typeof(TokenListRecord))]
[JsonSerializable(typeof(QuoteAnswerRecord))]
[JsonSerializable(typeof(PriceListRecord))]
[JsonSerializable(typeof(SuccessRecord<PriceRecord>))]
[JsonSerializable(typeof(CandleListRecord))]
[JsonSerializable(typeof(AccountAnswerRecord))]
[JsonSerializable(typeof(AccountListRecord))]
[JsonSerializable(typeof(WithdrawalAnswerRecord))]
[JsonSerializable(typeof(HistoryRecord))]
[JsonSerializable(typeof(NewApiKeyRecord))]
[JsonSerializable(typeof(ApiKeyListRecord))]
[JsonSerializable(typeof(ApiKeyAnswerRecord))]
[JsonSerializable(typeof(RevokedKeyRecord))]
[JsonSerializable(typeof(SuccessRecord<EventPageRecord>))]
[JsonSerializable(typeof(SnapshotRecord))]
[JsonSerializable(typeof(AbsentPriceRecord))]
[JsonSerializable(typeof(PricesNowRecord))]
[JsonSerializable(typeof(SuccessRecord<StoryRecord>))]
[JsonSerializable(typeof(SuccessRecord<ExplanationRecord>))]
[JsonSerializable(typeof(SuccessRecord<PreviewRecord>))]
[JsonSerializable(typeof(SuccessRecord<GroupPreviewRecord>))]
[JsonSerializable(typeof(BulkAnswerRecord))]
[JsonSerializable(typeof(SuccessRecord<GroupRecord>))]
[JsonSerializable(typeof(ReplacedAnswerRecord))]
[JsonSerializable(typeof(SwitchAnswerRecord))]
[JsonSerializable(typeof(SwitchListRecord))]
[JsonSerializable(typeof(NewWebhookRecord))]
[JsonSerializable(typeof(WebhookAnswerRecord))]
[JsonSerializable(typeof(WebhookListRecord))]
[JsonSerializable(typeof(RemovedWebhookRecord))]
[JsonSerializable(typeof(SuccessRecord<WebhookTestRecord>))]
[JsonSerializable(typeof(SuccessRecord<RedeliveryRecord>))]
[JsonSerializable(typeof(DeliveryListRecord))]
[JsonSerializable(typeof(RefusalRecord))]
[JsonSerializable(typeof(QuoteRefusalRecord))]
[JsonSerializable(typeof(UnknownTokenRecord))]
[JsonSerializable(typeof(RawJson))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
internal sealed partial class CharismaJson : JsonSerializerContext;
