using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Execution;

/// <summary>
/// Whether a slice is worth the fee that the operator pays for it, at the believed prices. What has no believed price is not known to be
/// worth too little.
/// </summary>
internal sealed class WorthItsFee(
    TokenRegistry tokens, PriceBoard board, ISwapRouter router, IOptions<OrdersOptions> options, TimeProvider time)
{
    private const int FeesMinOnChain = 2;
    private const int StxDecimals = 6;

    /// <summary>Why it waits, or null.</summary>
    public OrderError? Refusal(TokenId sells, TokenAmount amount, TokenAmount fee)
    {
        var feesMin = options.Value.ValueMinFees ?? (router.Terms.Venue == "simulated" ? 0 : FeesMinOnChain); // play money pays no fee
        if (feesMin == 0 || tokens.Find(sells) is not { } sold) return null;
        var now = time.GetUtcNow();
        if (!board.TryRead(sold.Id, now, out var price) || !board.TryRead(TokenId.Stx, now, out var stx)) return null;
        // Both sides in USD, multiplied by the units of the other's token, so that nothing is rounded.
        var worth = (BigInteger)amount.Units * price.Usd.Count * BigInteger.Pow(10, StxDecimals);
        var least = (BigInteger)fee.Units * stx.Usd.Count * BigInteger.Pow(10, sold.Decimals) * feesMin;
        if (worth >= least) return null;
        return new OrderError.NotExecutable("value_below_fee",
            string.Create(CultureInfo.InvariantCulture,
                $"{amount} of {sold.Symbol} is worth less than {feesMin} times the fee of {fee} base units of STX at the believed prices"));
    }
}
