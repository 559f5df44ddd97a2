using System.Text.Json;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;

namespace OrderService.Benchmarks.Load;

/// <summary>The JSON that a client posts for an order.</summary>
internal static class OrderBody
{
    private static readonly JsonSerializerOptions Shown = new()
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Of(NewOrder order)
    {
        var (terms, isDue) = (order.Terms, order.Terms.Trigger == SliceTrigger.Time);
        return JsonSerializer.Serialize(new
        {
            owner = terms.Owner.ToString(),
            inputToken = terms.SellToken.ToString(),
            outputToken = terms.BuyToken.ToString(),
            amountIn = terms.AmountIn.ToString(),
            targetPrice = isDue ? "0" : terms.TargetPrice?.ToString(),
            direction = "gt",
            conditionToken = isDue ? "*" : terms.ConditionToken?.ToString(),
            baseAsset = isDue ? null : terms.BaseAsset?.ToString(),
            recipient = terms.Recipient.ToString(),
            signature = SignedOrders.SignatureOf(order).ToRsvHex(),
            uuid = terms.Uuid.ToString(),
        }, Shown);
    }
}
