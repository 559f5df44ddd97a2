using System.Text.Json;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;

namespace OrderService.Benchmarks.Load;

/// <summary>The JSON that a client posts for an order.</summary>
internal static class OrderBody
{
    public static string Of(NewOrder order)
    {
        var terms = order.Terms;
        return JsonSerializer.Serialize(new
        {
            owner = terms.Owner.ToString(),
            inputToken = terms.SellToken.ToString(),
            outputToken = terms.BuyToken.ToString(),
            amountIn = terms.AmountIn.ToString(),
            targetPrice = terms.TargetPrice?.ToString(),
            direction = "gt",
            conditionToken = terms.ConditionToken?.ToString(),
            baseAsset = terms.BaseAsset?.ToString(),
            recipient = terms.Recipient.ToString(),
            signature = SignedOrders.SignatureOf(order).ToRsvHex(),
            uuid = terms.Uuid.ToString(),
        });
    }
}
