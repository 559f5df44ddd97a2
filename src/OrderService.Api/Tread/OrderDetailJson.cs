using System.Text.Json;
using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>Makes the records of an order as it is answered when it is submitted, and with everything that happened to it.</summary>
internal static class OrderDetailJson
{
    /// <summary>The answer of a submit.</summary>
    public static SubmittedRecord SubmittedOf(OrderFacts order) => (SubmittedRecord)With(new SubmittedRecord { Placements = [] }, order);

    /// <summary>
    /// The whole: the same fields, then what only the detail has, the placements among it. Fills where they are asked for, messages where
    /// they are given.
    /// </summary>
    public static OrderDetailRecord Of(OrderFacts order, bool withFills, IReadOnlyList<OrderMessage>? messages)
    {
        var placements = PlacementFacts.Of(order);
        var own = new OrderDetailRecord
        {
            UpdatedAt = TreadTime.Text(order.UpdatedAt),
            ParentOrderId = null,
            BatchOrderId = null,
            Exchanges = [order.Fields.Venue],
            AverageExecutedPrice = order.AveragePrice?.ToString(),
            TargetToken = order.TargetToken,
            TargetExecutedQty = new NumberText(order.Text(order.Executed)),
            TotalFee = new NumberText("0"),
            FeeAsset = order.Fields.Quote,
            TotalFeeInBase = new NumberText("0"),
            ResumeConditionNormal = order.ResumeCondition,
            StartDatetime = TreadTime.Text(order.TimeStart),
            RemainingQty = new NumberText(order.Text(order.Remaining)),
            ExchangeNames = [order.Fields.Venue],
            Trajectory = order.Strategy.Name,
            ParticipationRateTargetPercent = Decimals.Number(Decimals.Percent(order.PovTarget)),
            PlacementLiveQty = new NumberText(order.Text(order.Live)),
            Placements = [.. placements.TakeLast(PlacementJson.CountMax).Select(PlacementJson.Of)],
            Fills = withFills ? [.. placements.Where(p => p.IsFilled).Select(p => FillJson.OfStats(p, isPadded: false))] : null,
            Messages = messages is null ? null : [.. messages.Select(message => message.OfDetail())],
        };
        return (OrderDetailRecord)With(own, order);
    }

    private static OrderStateRecord With(OrderStateRecord own, OrderFacts order)
    {
        var (fields, curve) = (order.Fields, order.Curve);
        return own with
        {
            Id = order.Order.Id.ToString(),
            ChainedOrders = [],
            CreatedAt = TreadTime.Text(order.Order.CreatedAt),
            BuyToken = order.BuyToken,
            SellToken = order.SellToken,
            Pair = fields.Pair,
            Side = order.Side,
            SellTokenAmount = Decimals.Text(order.SellAmount, order.SellDecimals),
            BuyTokenAmount = order.BuyAmount is { } buy ? Decimals.Text(buy, order.BuyDecimals) : null,
            TargetOrderQty = new NumberText(order.Text(order.Asked.Target)),
            TargetRemainingQty = new NumberText(order.Text(order.Remaining)),
            Strategy = order.Strategy.Id.ToString(),
            SuperStrategy = order.SuperStrategy,
            SuperStrategyName = order.SuperStrategy,
            StrategyParams = Decimals.Stored(order.StrategyParams),
            LimitPrice = order.LimitPrice,
            IsReverseLimitPrice = order.Asked.IsReverseLimit,
            TimeStart = TreadTime.Text(order.TimeStart),
            TimeEnd = TreadTime.Text(order.TimeEnd),
            IsSimple = order.Strategy.IsSimple,
            OrigTimeEnd = TreadTime.Text(order.OriginalTimeEnd),
            Duration = order.Duration,
            Accounts = [.. fields.Accounts.Select(id => id.ToString("D"))],
            AccountNames = fields.AccountNames,
            UniqueVenues = [fields.Venue],
            User = order.Order.Terms.Owner.ToString(),
            ExecutedQty = new NumberText(order.Text(order.Executed)),
            ExecutedBuyQty = new NumberText(Decimals.Text(order.Out, order.BuyDecimals)),
            ExecutedPrice = order.AveragePrice?.ToString(),
            ExecutedNotional = new NumberText(order.QuoteText(order.Quote)),
            ExecutedToken = new NumberText(order.BaseText(order.Base)),
            Active = TreadStatus.IsActive(order.View.Standing),
            Status = TreadStatus.Of(order.View.Standing),
            EnginePassiveness = fields.Passiveness,
            ScheduleDiscretion = fields.Discretion,
            AlphaTilt = fields.Tilt,
            PovLimit = fields.PovLimit,
            PovTarget = order.PovTarget,
            OrderCondition = fields.Condition,
            OrderConditionVars = VariablesOf(order),
            OrderConditionExpiry = Decimals.Moment(order.Asked.ConditionExpiry),
            FailureReason = order.FailureReason,
            StopPrice = fields.StopPrice ?? "-1",
            Notes = fields.Notes,
            CustomOrderId = fields.CustomId,
            UpdatedLeverage = fields.Leverage,
            Vwap = order.HasStatistics ? curve.Vwap?.ToString() : null,
            IntervalVolume = order.HasStatistics ? order.IntervalVolume : null,
            ArrivalPrice = order.HasStatistics ? curve.ArrivalPrice?.ToString() : null,
            DeparturePrice = order.HasStatistics ? curve.DeparturePrice?.ToString() : null,
            PctFilled = new NumberText(Decimals.Percent(order.Executed, order.Asked.Target)),
            OrderVariableNormal = fields.Variables.ToDictionary(variable => variable[0], variable => variable[2]),
            OrderConditionNormal = fields.ConditionInfix ?? "",
            PausedAt = Decimals.Moment(curve.PausedAt),
            ResumedAt = Decimals.Moment(curve.ResumedAt),
            MarketType = "spot",
            MaxOtc = fields.MaxOtc,
            PosSide = fields.PosSide,
            OrderSlices = fields.OrderSlices,
            AutoOrderMetadata = Decimals.Stored(fields.Metadata),
            ChaseDecay = fields.ChaseDecay,
        };
    }

    // name: [RPN, the value that it kept of a look, or null]
    private static Dictionary<string, IReadOnlyList<object?>> VariablesOf(OrderFacts order)
    {
        using var kept = order.Curve.Kept is { } text ? JsonDocument.Parse(text) : null;
        return order.Fields.Variables.ToDictionary(
            variable => variable[0],
            IReadOnlyList<object?> (variable) =>
                [variable[1],
                    kept is not null && kept.RootElement.TryGetProperty(variable[0], out var value) ? OrderFacts.KeptText(value) : null]);
    }
}
