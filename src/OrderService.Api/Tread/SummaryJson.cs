using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;

namespace OrderService.Api.Tread;

/// <summary>Makes the records of an order in short, and with statistics, whose decimals are padded texts.</summary>
internal static class SummaryJson
{
    private const int Digits = 8;
    private const int MoneyDigits = 2;

    /// <summary>The summary.</summary>
    public static SummaryRecord Of(OrderFacts order)
    {
        var own = new SummaryRecord
        {
            StartDatetime = TreadTime.Text(order.TimeStart), FailureReason = order.FailureReason, LimitPrice = order.LimitPrice,
        };
        return (SummaryRecord)With(own, order, order.SuperStrategy, Decimals.Number, Decimals.Number);
    }

    /// <summary>The order with its statistics and fills.</summary>
    public static WithStatsRecord WithStatsOf(OrderFacts order)
    {
        var own = new WithStatsRecord
        {
            TimeStart = TreadTime.Text(order.TimeStart), Stats = StatsOf(order),
            Fills = [.. PlacementFacts.Of(order).Where(p => p.IsFilled).Select(p => FillJson.OfStats(p, isPadded: true))],
        };
        return (WithStatsRecord)With(own, order, order.Strategy.Name, number => Padded(number, Digits),
            number => Padded(number, MoneyDigits));
    }

    private static ShortRecord<TNumber> With<TNumber>(
        ShortRecord<TNumber> own, OrderFacts order, string? strategy, Func<string?, TNumber> number, Func<string?, TNumber> money)
    {
        var fields = order.Fields;
        return own with
        {
            Id = order.Order.Id.ToString(),
            Pair = fields.Pair,
            Side = order.Side,
            Status = TreadStatus.Of(order.View.Standing),
            Duration = order.Duration,
            TargetToken = order.TargetToken,
            OrderQty = number(order.Text(order.Asked.Target)),
            RemainingQty = number(order.Text(order.Remaining)),
            ExecutedQty = number(order.Text(order.Executed)),
            ExecutedNotional = money(order.QuoteText(order.Quote)),
            ExchangeNames = [fields.Venue],
            AccountNames = fields.AccountNames,
            ScheduleDiscretion = number(fields.Discretion),
            EnginePassiveness = number(fields.Passiveness),
            AlphaTilt = number(fields.Tilt),
            Strategy = strategy,
            Trajectory = order.Strategy.Name,
            StrategyParams = Decimals.Stored(order.StrategyParams),
            ParticipationRateTargetPercent = number(Decimals.Percent(order.PovTarget)),
            MarketType = "spot",
        };
    }

    private static StatsRecord StatsOf(OrderFacts order)
    {
        var (isKnown, curve) = (order.HasStatistics, order.Curve);
        return new StatsRecord
        {
            OrderId = order.Order.Id.ToString(),
            StatId = StableId.Of(order.Order.Id, "stats").ToString(),
            IntervalVolume = Padded(isKnown ? order.IntervalVolume : null, Digits),
            Vwap = Shown(curve.Vwap),
            ArrivalPrice = Shown(curve.ArrivalPrice),
            DeparturePrice = Shown(curve.DeparturePrice),
        };

        string? Shown(Price? price) => Padded(isKnown ? price?.ToString() : null, Digits);
    }

    private static string? Padded(string? number, int digits) => number is null ? null : Decimals.Padded(number, digits);
}
