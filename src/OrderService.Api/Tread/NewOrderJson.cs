using System.Text.Json;
using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>Makes the order of a body that <see cref="NewOrderRules"/> let pass.</summary>
internal static class NewOrderJson
{
    private const int SimpleDuration = 86_400;

    /// <summary>The order.</summary>
    public static NewOrderBody Of(NewOrderRecord body)
    {
        var (texts, strategy) = (body.Texts, body.Texts.Strategy!);
        return new NewOrderBody
        {
            PairText = texts.Pair, Pair = texts.Traded, UnknownLegs = texts.UnknownLegs, Side = body.Side.Value,
            Accounts = [.. body.Accounts.Value!.Select(name => name!)], Strategy = strategy,
            SuperStrategy = texts.SuperStrategy, Duration = Whole(body.Duration) ?? (strategy.IsSimple ? SimpleDuration : null),
            SizedBy = body.Sizes[0], Quantity = body.Quantity.Value!.Number,
            Passiveness = body.EnginePassiveness.Value ?? GivenDecimal.Of(texts.SuperStrategy?.Passiveness ?? "0.02"),
            Discretion = body.ScheduleDiscretion.Value ?? GivenDecimal.Of("0.06"),
            Tilt = body.AlphaTilt.Value ?? GivenDecimal.Of(texts.SuperStrategy?.Tilt ?? "0"), PovLimit = body.PovLimit.Value,
            PovTarget = body.PovTarget.Value, Limit = texts.Limit.Limit,
            IsReverseLimit = body.IsReverseLimitPrice.Value,
            Start = Moment(body.StartDatetime) is { } start && start > texts.Now ? start : null, Condition = texts.Condition.Condition,
            ConditionExpiry = Moment(body.OrderConditionExpiry),
            StopPrice = body.StopPrice.Value is { } stop && !NewOrderRules.IsNone(stop) ? stop : null, Params = texts.Params.Params,
            OrderSlices = Whole(body.OrderSlices), MaxOtc = body.MaxOtc.Value, ExposureTolerance = body.ExposureTolerance.Value,
            PosSide = body.PosSide.Value, Leverage = Whole(body.UpdatedLeverage),
            CustomId = body.CustomOrderId.Value ?? "", Notes = body.Notes.Value ?? "", ChaseDecay = Whole(body.ChaseDecay),
            Metadata = body.AutoOrderMetadata.IsRead ? body.AutoOrderMetadata.Value.GetRawText() : "{}",
            AsksForOtherVenue = AsksForOtherVenue(body),
        };
    }

    private static int? Whole(Given<long> given) => given.IsRead ? (int)given.Value : null;

    private static DateTimeOffset? Moment(Given<DateTimeOffset> given) => given.IsRead ? given.Value : null;

    // What would silently not be done: a stop loss that is ignored is worse than an order that is refused.
    private static bool AsksForOtherVenue(NewOrderRecord body) =>
        (body.MarketType.IsGiven && !string.Equals(body.MarketType.Value, "spot", StringComparison.OrdinalIgnoreCase))
        || (body.ExitConditions.IsRead && !IsEmpty(body.ExitConditions.Value))
        || (body.ScaleOrderCount.IsGiven && body.ScaleOrderCount is not { IsRead: true, Value: 0 or 1 });

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.String => JsonText.Of(value) is "",
        JsonValueKind.False => true,
        _ => false,
    };
}
