using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;

namespace OrderService.Api.Panora;

/// <summary>Writes an order as this wire has it. A limit order has the fields of its own call instead of a rhythm's.</summary>
internal static class OrderJson
{
    /// <summary>Writes one order object; <c>txDetails</c> only where they are given.</summary>
    public static void Write(Utf8JsonWriter json, ScheduledView order, uint chainId, Token sell, Token buy, TxDetails? details)
    {
        var echo = EchoedFields.Parse(order.ClientFields);
        json.WriteStartObject();
        json.WriteString("panoraTxId", order.PublicId);
        json.WriteNumber("chainId", chainId);
        json.WriteString("toWalletAddress", echo["toWalletAddress"] ?? order.Recipient.ToString());
        echo.Write(json, "fromWalletAddress");
        WriteToken(json, "fromToken", sell);
        WriteToken(json, "toToken", buy);
        WriteToken(json, "feeToken", sell);
        WriteAmounts(json, order, sell, buy);
        WriteTimes(json, order, echo);
        json.WriteString("avgPriceFromTokenPerToToken", WireNumbers.Rate(order.Parts.Spent, sell, order.Parts.Received, buy));
        json.WriteString("avgPriceToTokenPerFromToken", WireNumbers.Rate(order.Parts.Received, buy, order.Parts.Spent, sell));
        foreach (var rate in (ReadOnlySpan<string>)["minRateToTokenPerFromToken", "maxRateToTokenPerFromToken", "rateToTokenPerFromToken"]) echo.Write(json, rate);
        WriteStatus(json, order);
        json.WriteString("platformId", echo["platformId"] ?? "");
        echo.Write(json, "slippagePercentage");
        echo.WriteNested(json, "delay");
        if (details is not null) TxDetailJson.Write(json, details, order, sell, buy);
        json.WriteEndObject();
    }

    private static void WriteAmounts(Utf8JsonWriter json, ScheduledView order, Token sell, Token buy)
    {
        var parts = order.Parts;
        var returned = order.Status.IsTerminal() ? order.AmountIn - parts.Spent : parts.Returned;
        json.WriteString("fromTokenAmountTotal", HumanAmount.Text(order.AmountIn, sell.Decimals));
        json.WriteString("fromTokenAmountSpent", HumanAmount.Text(parts.Spent, sell.Decimals));
        json.WriteString("fromTokenAmountBalance", HumanAmount.Text(order.AmountIn - parts.Spent - returned, sell.Decimals));
        json.WriteString("fromTokenAmountWithdrawn", HumanAmount.Text(returned, sell.Decimals));
        json.WriteString("toTokenAmountWithdrawn", HumanAmount.Text(parts.Received, buy.Decimals));
        json.WriteNumber("numberOfOrdersTotal", parts.Count);
        json.WriteNumber("numberOfOrdersRemaining", order.Status.IsTerminal() ? 0 : parts.Open);
        json.WriteNumber("numberOfOrdersCompleted", parts.Confirmed);
        json.WriteString("fromTokenAmountPerOrder", HumanAmount.Text(parts.Each, sell.Decimals));
    }

    private static void WriteTimes(Utf8JsonWriter json, ScheduledView order, EchoedFields echo)
    {
        echo.WriteNested(json, "interval");
        json.WriteString("createdAtTime", IsoTime.Text(order.CreatedAt));
        json.WriteString("nextOrderTime", IsoTime.Text(order.Parts.NextAt ?? order.CreatedAt));
        if (CompletionOf(order) is { } completion) json.WriteString("estimatedCompletionTime", IsoTime.Text(completion));
        echo.WriteNested(json, "expiry");
        if (order.ValidTo is { } end) json.WriteString("expiresAtTime", IsoTime.Text(end));
    }

    private static void WriteStatus(Utf8JsonWriter json, ScheduledView order)
    {
        json.WriteString("status", PanoraStatus.Of(order.Status, order.Parts.Confirmed == order.Parts.Count));
        if (order.Status == OrderStatus.Paused) json.WriteBoolean("paused", true);
        if (order.Status == OrderStatus.Cancelling) json.WriteBoolean("cancelRequested", true);
        if (ReasonOf(order) is { } reason) json.WriteString("reason", reason);
    }

    private static string? ReasonOf(ScheduledView order) => order.Status switch
    {
        OrderStatus.Expired => "expired",
        OrderStatus.Completed => order.Parts.Confirmed == order.Parts.Count ? null : TxHistory.PartsFailed,
        _ => order.Status.IsTerminal() ? order.Reason : order.Parts.Waiting,
    };

    // While the next part is late, so are those behind it: they are counted from its run (Rhythm), which is now at the earliest.
    private static DateTimeOffset? CompletionOf(ScheduledView order)
    {
        if (order.Interval is not { } interval || order.Parts is not { NextAt: { } next, LastAt: { } last }) return null;
        if (order.Status.IsTerminal()) return order.EndedAt ?? last;
        var now = order.ReadAt;
        if (next >= now) return last;
        return order.Parts.Open == 1 || interval.After(next, 1) < now ? interval.After(now, Math.Max(0, order.Parts.Open - 1)) : last;
    }

    private static void WriteToken(Utf8JsonWriter json, string name, Token token)
    {
        json.WriteStartObject(name);
        json.WriteString("address", token.Id.ToString());
        json.WriteString("name", token.Name);
        json.WriteString("symbol", token.Symbol);
        json.WriteNumber("decimals", token.Decimals);
        if (token.Image is { } image) json.WriteString("logoUrl", image);
        json.WriteEndObject();
    }
}
