using System.Text;
using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>Writes an order as this wire has it. The signature is never in it: whoever has it can move the funds.</summary>
internal static class OrderJson
{
    /// <summary>Writes one order object.</summary>
    public static void Write(Utf8JsonWriter json, OrderView view)
    {
        var (order, status) = (view.Order, view.Order.StatusAt(view.ReadAt));
        json.WriteStartObject();
        WriteTerms(json, order);
        json.WriteString("status", CharismaStatus.Of(status, order.Slices.Any(s => s.Status == SliceStatus.Broadcast)));
        if (status == OrderStatus.Paused) json.WriteBoolean("paused", true);
        Optional(json, "code", CodeOf(view));
        json.WriteString("createdAt", IsoTime.Text(order.CreatedAt));
        if (order.IsTermsBound) json.WriteBoolean("termsBound", true);
        WriteOutcome(json, order, status, view.PriceReason);
        WriteTrigger(json, order.Slices.LastOrDefault(s => s.WatchedPrice is not null));
        WriteAttempts(json, view);
        var quote = QuotedSwap.Of(view);
        if (order.ClientFields is { } fields) WriteClientFields(json, fields, quote);
        if (quote is { IsWritten: false }) quote.WriteAlone(json);
        json.WriteEndObject();
    }

    /// <summary>What there is to know beside the status, in a word: the cancel of an order that reads <c>cancelling</c> has taken effect, and its end is still to come.</summary>
    public static string? CodeOf(OrderView view) => view.Order.StatusAt(view.ReadAt) == OrderStatus.Cancelling ? "order_cancelling" : null;

    private static void WriteTerms(Utf8JsonWriter json, Order order)
    {
        var (terms, spelt) = (order.Terms, Spelling.Of(order));
        json.WriteString("owner", terms.Owner.ToString());
        json.WriteString("inputToken", terms.SellToken.ToString());
        json.WriteString("outputToken", terms.BuyToken.ToString());
        json.WriteString("amountIn", spelt.Amount("amountIn", terms.AmountIn));
        Optional(json, "targetPrice", spelt.Price("targetPrice", terms.TargetPrice));
        Optional(json, "direction", terms.Direction is { } direction ? Direction.Text(direction) : null);
        Optional(json, "conditionToken", terms.Trigger == SliceTrigger.Time ? "*" : terms.ConditionToken?.ToString());
        Optional(json, "baseAsset", terms.BaseAsset?.ToString());
        json.WriteString("recipient", terms.Recipient.ToString());
        json.WriteString("uuid", terms.Uuid.ToString());
        Optional(json, "validFrom", spelt.Moment("validFrom", terms.ValidFrom));
        Optional(json, "validTo", spelt.Moment("validTo", terms.ValidTo));
        Optional(json, "minAmountOut", spelt.Amount("minAmountOut", terms.MinAmountOut));
        if (terms.SlippageBps is { } bps) json.WriteNumber("slippageBps", bps);
        if (order.PriceBandBps is { } band) json.WriteNumber("maxDeviationBps", band);
        if (terms.AcceptsUnprotectedOutput) json.WriteBoolean("acceptUnprotectedOutput", true);
    }

    private static void WriteOutcome(Utf8JsonWriter json, Order order, OrderStatus status, string? priceReason)
    {
        var last = order.Slices.LastOrDefault(s => s.TxId is not null);
        Optional(json, "txid", last?.TxId);
        if (last?.BlockHeight is { } height) json.WriteNumber("blockHeight", height);
        if (last?.BlockTime is { } time) json.WriteNumber("blockTime", time.ToUnixTimeSeconds());
        switch (status)
        {
            case OrderStatus.Completed:
                Optional(json, "confirmedAt", Moment(order.EndedAt));
                json.WriteString("amountOut", Paid(order).ToString());
                Optional(json, "reason", order.Slices.FirstOrDefault(s => s.Status == SliceStatus.Confirmed && s.Reason is not null)?.Reason); // paid_below_min, amount_unexpected
                break;
            case OrderStatus.Failed:
                Optional(json, "failedAt", Moment(order.EndedAt));
                Optional(json, "failureReason", order.Reason);
                break;
            case OrderStatus.Cancelled:
                Optional(json, "cancelledAt", Moment(order.EndedAt));
                Optional(json, "cancelReason", order.Reason);
                break;
            case OrderStatus.Expired:
                // Read before the sweep has written it: it ended when its last window closed.
                Optional(json, "cancelledAt", Moment(order.EndedAt ?? order.Slices.Max(s => s.NotAfter)));
                json.WriteString("cancelReason", "expired");
                break;
            default:
                Optional(json, "reason", priceReason ?? order.Reason ?? order.Slices.FirstOrDefault(s => !s.Status.IsTerminal())?.Reason);
                break;
        }
    }

    // What was believed when it became due, so that a fill can be checked against the world later.
    private static void WriteTrigger(Utf8JsonWriter json, Slice? slice)
    {
        if (slice is null) return;
        json.WriteStartObject("trigger");
        Optional(json, "watchedPrice", slice.WatchedPrice?.ToString());
        Optional(json, "basePrice", slice.BasePrice?.ToString());
        Optional(json, "priceSources", slice.PriceSources);
        Optional(json, "priceAt", Moment(slice.PriceAt));
        json.WriteEndObject();
    }

    private static void WriteAttempts(Utf8JsonWriter json, OrderView view)
    {
        if (view.Attempts.Count == 0) return;
        json.WriteStartArray("attempts");
        foreach (var attempt in view.Attempts)
        {
            json.WriteStartObject();
            json.WriteString("txid", attempt.TxId);
            json.WriteString("kind", attempt.Kind.ToString().ToLowerInvariant());
            json.WriteString("status", attempt.Status.ToString().ToLowerInvariant());
            Optional(json, "reason", attempt.Reason);
            WriteOutbid(json, view.Outbid[attempt.Id]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // Ids under which it was sent before its fee was raised: one of these may be what a call to execute was answered.
    private static void WriteOutbid(Utf8JsonWriter json, IEnumerable<string> txIds)
    {
        if (!txIds.Any()) return;
        json.WriteStartArray("outbid");
        foreach (var txId in txIds) json.WriteStringValue(txId);
        json.WriteEndArray();
    }

    // Values are copied as they came, numbers of any size included; a name of ours is not taken from a client.
    private static void WriteClientFields(Utf8JsonWriter json, string fields, QuotedSwap? quote)
    {
        var utf8 = Encoding.UTF8.GetBytes(fields).AsSpan();
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (OrderFields.IsOwn(name)) continue;
            json.WritePropertyName(name);
            var value = utf8[start..(int)reader.BytesConsumed];
            if (name == QuotedSwap.Metadata && quote is not null) quote.WriteWithin(json, value);
            else json.WriteRawValue(value, skipInputValidation: true);
        }
    }

    private static TokenAmount Paid(Order order) =>
        order.Slices.Aggregate(TokenAmount.Zero, (sum, slice) => sum + (slice.AmountOut ?? TokenAmount.Zero));

    private static string? Moment(DateTimeOffset? moment) => moment is { } at ? IsoTime.Text(at) : null;

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }
}
