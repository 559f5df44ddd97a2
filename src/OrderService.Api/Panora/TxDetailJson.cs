using OrderService.Api.Panora.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Orders;

namespace OrderService.Api.Panora;

/// <summary>
/// Makes the records of an order's history as this wire has it. Swaps cost their owner no fee: the account that sends them pays.
/// </summary>
internal static class TxDetailJson
{
    /// <summary>One line of it.</summary>
    public static TxDetailRecord Of(TxEntry entry, TxDetails details, ScheduledView order, Token sell, Token buy)
    {
        var isFill = entry.Type == TxHistory.Filled;
        return new TxDetailRecord
        {
            TxId = entry.TxId,
            OnChain = entry.IsOnChain,
            TxNumber = entry.Number,
            Type = entry.Type,
            AttemptNumber = entry.Attempt,
            FromTokenAmount = entry.AmountIn.ToWhole(sell.Decimals),
            FromTokenAmountUSD = WireNumbers.Usd(entry.AmountIn, sell, UsdOf(details, order.SellToken, entry)),
            ToTokenAmount = entry.AmountOut.ToWhole(buy.Decimals),
            ToTokenAmountUSD = WireNumbers.Usd(entry.AmountOut, buy, UsdOf(details, order.BuyToken, entry)),
            FeeTokenAmount = "0",
            FeeTokenAmountUSD = "0",
            Time = IsoTime.Text(entry.At),
            PriceFromTokenPerToToken = isFill ? WireNumbers.Rate(entry.AmountIn, sell, entry.AmountOut, buy) : null,
            PriceToTokenPerFromToken = isFill ? WireNumbers.Rate(entry.AmountOut, buy, entry.AmountIn, sell) : null,
            Reason = entry.Reason,
        };
    }

    private static Price? UsdOf(TxDetails details, TokenId token, TxEntry entry) =>
        details.Usd.TryGetValue((token, entry.At), out var price) ? price : null;
}
