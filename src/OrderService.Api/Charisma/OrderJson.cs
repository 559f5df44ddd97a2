using System.Text;
using System.Text.Json;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>Makes the record of an order as this wire has it. The signature is never in it: whoever has it can move the funds.</summary>
internal static class OrderJson
{
    /// <summary>One order.</summary>
    public static OrderRecord Of(OrderView view)
    {
        var (order, status) = (view.Order, view.Order.StatusAt(view.ReadAt));
        var (terms, spelt) = (order.Terms, Spelling.Of(order));
        var (last, end) = (order.Slices.LastOrDefault(s => s.TxId is not null), EndOf(order, status, view.PriceReason));
        return new OrderRecord
        {
            Owner = terms.Owner.ToString(),
            InputToken = terms.SellToken.ToString(),
            OutputToken = terms.BuyToken.ToString(),
            AmountIn = spelt.Amount("amountIn", terms.AmountIn)!,
            TargetPrice = spelt.Price("targetPrice", terms.TargetPrice),
            Direction = terms.Direction is { } direction ? Direction.Text(direction) : null,
            ConditionToken = terms.Trigger == SliceTrigger.Time ? "*" : terms.ConditionToken?.ToString(),
            BaseAsset = terms.BaseAsset?.ToString(),
            Recipient = terms.Recipient.ToString(),
            Uuid = terms.Uuid.ToString(),
            ValidFrom = spelt.Moment("validFrom", terms.ValidFrom),
            ValidTo = spelt.Moment("validTo", terms.ValidTo),
            MinAmountOut = spelt.Amount("minAmountOut", terms.MinAmountOut),
            SlippageBps = terms.SlippageBps,
            MaxDeviationBps = order.PriceBandBps,
            LimitPrice = spelt.Price("limitPrice", terms.LimitPrice),
            TrailingBps = terms.TrailingBps,
            TrailingAmount = spelt.Price("trailingAmount", terms.TrailingAmount),
            TimeInForce = TimeInForceText.Of(terms.TimeInForce),
            AcceptUnprotectedOutput = OrNull(terms.AcceptsUnprotectedOutput),
            Status = CharismaStatus.Of(status, order.Slices.Any(s => s.Status == SliceStatus.Broadcast)),
            Paused = OrNull(status == OrderStatus.Paused),
            Code = CodeOf(view),
            WaitingFor = WaitingForOrder.Of(order, view.ReadAt)?.ToString().ToLowerInvariant(),
            GroupId = terms.GroupId?.ToString(),
            Leg = terms.Leg,
            Progress = ProgressJson.Of(order, view.ReadAt),
            CreatedAt = IsoTime.Text(order.CreatedAt),
            TermsBound = OrNull(order.IsTermsBound),
            Txid = last?.TxId,
            BlockHeight = last?.BlockHeight,
            BlockTime = last?.BlockTime?.ToUnixTimeSeconds(),
            ConfirmedAt = end.ConfirmedAt,
            AmountOut = end.AmountOut,
            Reason = end.Reason,
            FailedAt = end.FailedAt,
            FailureReason = end.FailureReason,
            CancelledAt = end.CancelledAt,
            CancelReason = end.CancelReason,
            Trigger = TriggerOf(order.Slices.LastOrDefault(s => s.WatchedPrice is not null)),
            Attempts = view.Attempts.Count == 0 ? null : [.. view.Attempts.Select(attempt => Of(attempt, view))],
            Others = OthersOf(order.ClientFields, QuotedSwap.Of(view)),
        };
    }

    /// <summary>
    /// What there is to know beside the status, in a word: the cancel of an order that reads <c>cancelling</c> has taken effect, and its
    /// end is still to come.
    /// </summary>
    public static string? CodeOf(OrderView view) => view.Order.StatusAt(view.ReadAt) == OrderStatus.Cancelling ? "order_cancelling" : null;

    private static End EndOf(Order order, OrderStatus status, string? priceReason) => status switch
    {
        OrderStatus.Completed => new End
        {
            ConfirmedAt = Moment(order.EndedAt),
            AmountOut = order.Paid.ToString(),
            // paid_below_min, amount_unexpected
            Reason = order.Slices.FirstOrDefault(s => s.Status == SliceStatus.Confirmed && s.Reason is not null)?.Reason,
        },
        OrderStatus.Failed => new End { FailedAt = Moment(order.EndedAt), FailureReason = order.Reason },
        OrderStatus.Cancelled => new End { CancelledAt = Moment(order.EndedAt), CancelReason = order.Reason },
        // Read before the sweep has written it: it ended when its last window closed.
        OrderStatus.Expired => new End
        {
            CancelledAt = Moment(order.EndedAt ?? order.Slices.Max(s => s.NotAfter)), CancelReason = "expired",
        },
        _ => new End { Reason = priceReason ?? order.Reason ?? order.Slices.FirstOrDefault(s => !s.Status.IsTerminal())?.Reason },
    };

    // What was believed when it became due, so that a fill can be checked against the world later.
    private static TriggerRecord? TriggerOf(Slice? slice) => slice is null ? null : new TriggerRecord
    {
        WatchedPrice = slice.WatchedPrice?.ToString(), BasePrice = slice.BasePrice?.ToString(), PriceSources = slice.PriceSources,
        PriceAt = Moment(slice.PriceAt),
    };

    private static AttemptRecord Of(SwapAttempt attempt, OrderView view) => new()
    {
        Txid = attempt.TxId,
        Kind = attempt.Kind.ToString().ToLowerInvariant(),
        Status = attempt.Status.ToString().ToLowerInvariant(),
        Reason = attempt.Reason,
        // Ids under which it was sent before its fee was raised: one of these may be what a call to execute was answered.
        Outbid = view.Outbid[attempt.Id].ToList() is { Count: > 0 } outbid ? outbid : null,
    };

    // Values are told as they came, numbers of any size included; a name of ours is not taken from a client.
    private static Dictionary<string, object>? OthersOf(string? fields, QuotedSwap? quote)
    {
        if (fields is null && quote is null) return null;
        var others = new Dictionary<string, object>(StringComparer.Ordinal);
        if (fields is not null) AddTo(others, Encoding.UTF8.GetBytes(fields));
        if (quote is not null) others[QuotedSwap.Metadata] = quote.Among(others.GetValueOrDefault(QuotedSwap.Metadata) as RawJson?);
        return others;
    }

    private static void AddTo(Dictionary<string, object> others, byte[] fields)
    {
        var reader = new Utf8JsonReader(fields);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!OrderFields.IsOwn(name)) others[name] = new RawJson(fields.AsMemory(start..(int)reader.BytesConsumed));
        }
    }

    private static string? Moment(DateTimeOffset? moment) => moment is { } at ? IsoTime.Text(at) : null;

    // What is not so is not told.
    private static bool? OrNull(bool holds) => holds ? true : null;

    // How it ended, or why it has not.
    private readonly record struct End
    {
        public string? ConfirmedAt { get; init; }

        public string? AmountOut { get; init; }

        public string? Reason { get; init; }

        public string? FailedAt { get; init; }

        public string? FailureReason { get; init; }

        public string? CancelledAt { get; init; }

        public string? CancelReason { get; init; }
    }
}
