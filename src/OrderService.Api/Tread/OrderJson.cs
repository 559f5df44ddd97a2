using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.Tread;

/// <summary>Makes the records of an order as an item of a list: fields, their order and their JSON types are the original's.</summary>
internal static class OrderJson
{
    /// <summary>The item of the list.</summary>
    public static ListedRecord Of(OrderFacts order) => With(new ListedRecord(), order);

    /// <summary>The item of the open orders, which carries its fills.</summary>
    public static OpenRecord OpenOf(OrderFacts order) => (OpenRecord)With(
        new OpenRecord { PosSide = order.Fields.PosSide,
            Fills = [.. PlacementFacts.Of(order).Where(p => p.IsFilled).Select(FillJson.OfOpen)] }, order);

    private static ListedRecord With(ListedRecord own, OrderFacts order)
    {
        var fields = order.Fields;
        return own with
        {
            Id = order.Order.Id.ToString(),
            CustomOrderId = fields.CustomId,
            Notes = fields.Notes,
            Pair = fields.Pair,
            Side = order.Side,
            Exchanges = [fields.Venue],
            BuyToken = order.BuyToken,
            BuyTokenAmount = order.BuyAmount is { } buy ? new NumberText(Decimals.Text(buy, order.BuyDecimals)) : null,
            SellToken = order.SellToken,
            SellTokenAmount = new NumberText(Decimals.Text(order.SellAmount, order.SellDecimals)),
            ExecutedQty = new NumberText(order.Text(order.Executed)),
            ExecutedBuyQty = new NumberText(Decimals.Text(order.Out, order.BuyDecimals)),
            AverageExecutedPrice = order.AveragePrice?.ToString(),
            ExecutedNotional = new NumberText(order.QuoteText(order.Quote)),
            TargetOrderQty = new NumberText(order.Text(order.Asked.Target)),
            TargetRemainingQty = new NumberText(order.Text(order.Remaining)),
            TargetToken = order.TargetToken,
            TargetExecutedQty = new NumberText(order.Text(order.Executed)),
            PctFilled = Decimals.Padded(Decimals.Percent(order.Executed, order.Asked.Target), 2),
            TotalFee = new NumberText("0"),
            FeeAsset = fields.Quote,
            TotalFeeInBase = new NumberText("0"),
            Strategy = order.Strategy.Name,
            SuperStrategy = order.SuperStrategy,
            Duration = order.Duration,
            Accounts = [.. fields.Accounts.Select(id => id.ToString("D"))],
            AccountNames = fields.AccountNames,
            EnginePassiveness = Decimals.Number(fields.Passiveness),
            ScheduleDiscretion = Decimals.Number(fields.Discretion),
            PovLimit = Decimals.Number(fields.PovLimit),
            PovTarget = Decimals.Number(order.PovTarget),
            AlphaTilt = Decimals.Number(fields.Tilt),
            StrategyParams = Decimals.Stored(order.StrategyParams),
            User = order.Order.Terms.Owner.ToString(),
            Status = TreadStatus.Of(order.View.Standing),
            Active = TreadStatus.IsActive(order.View.Standing),
            IsSimple = order.Strategy.IsSimple,
            FailureReason = order.FailureReason,
            LimitPrice = order.LimitPrice,
            IsReverseLimitPrice = order.Asked.IsReverseLimit,
            TimeStart = TreadTime.Text(order.TimeStart),
            TimeEnd = TreadTime.Text(order.TimeEnd),
            CreatedAt = TreadTime.Text(order.Order.CreatedAt),
            UpdatedAt = TreadTime.Text(order.UpdatedAt),
        };
    }
}
