using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;

namespace OrderService.Api.Panora;

/// <summary>Writes an order's history as this wire has it. Swaps cost their owner no fee: the account that sends them pays.</summary>
internal static class TxDetailJson
{
    /// <summary>Writes <c>txDetails</c>, and says so where the beginning is left out.</summary>
    public static void Write(Utf8JsonWriter json, TxDetails details, ScheduledView order, Token sell, Token buy)
    {
        json.WriteStartArray("txDetails");
        foreach (var entry in details.Entries) WriteEntry(json, entry, sell, UsdOf(details, order.SellToken, entry), buy, UsdOf(details, order.BuyToken, entry));
        json.WriteEndArray();
        if (details.IsCut) json.WriteBoolean("txDetailsCut", true);
    }

    private static void WriteEntry(Utf8JsonWriter json, TxEntry entry, Token sell, Price? sellUsd, Token buy, Price? buyUsd)
    {
        json.WriteStartObject();
        json.WriteString("txId", entry.TxId);
        json.WriteBoolean("onChain", entry.IsOnChain);
        json.WriteNumber("txNumber", entry.Number);
        json.WriteString("type", entry.Type);
        json.WriteNumber("attemptNumber", entry.Attempt);
        json.WriteString("fromTokenAmount", HumanAmount.Text(entry.AmountIn, sell.Decimals));
        json.WriteString("fromTokenAmountUSD", WireNumbers.Usd(entry.AmountIn, sell, sellUsd));
        json.WriteString("toTokenAmount", HumanAmount.Text(entry.AmountOut, buy.Decimals));
        json.WriteString("toTokenAmountUSD", WireNumbers.Usd(entry.AmountOut, buy, buyUsd));
        json.WriteString("feeTokenAmount", "0");
        json.WriteString("feeTokenAmountUSD", "0");
        json.WriteString("time", IsoTime.Text(entry.At));
        if (entry.Type == TxHistory.Filled)
        {
            json.WriteString("priceFromTokenPerToToken", WireNumbers.Rate(entry.AmountIn, sell, entry.AmountOut, buy));
            json.WriteString("priceToTokenPerFromToken", WireNumbers.Rate(entry.AmountOut, buy, entry.AmountIn, sell));
        }
        if (entry.Reason is { } reason) json.WriteString("reason", reason);
        json.WriteEndObject();
    }

    private static Price? UsdOf(TxDetails details, TokenId token, TxEntry entry) => details.Usd.TryGetValue((token, entry.At), out var price) ? price : null;
}
