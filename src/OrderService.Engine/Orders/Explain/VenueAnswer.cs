using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Orders.Explain;

/// <summary>What the venue says to whoever only wants to know.</summary>
internal static class VenueAnswer
{
    /// <summary>A quote, or why there is none.</summary>
    public static async Task<(OrderError? Why, Quote? Quote)> QuoteAsync(
        ISwapRouter router, TokenId sell, TokenId buy, TokenAmount amount, TimeSpan within, TimeProvider time, CancellationToken token)
    {
        try
        {
            var offer = await router.QuoteAsync(sell, buy, amount, token).WaitAsync(within, time, token);
            return offer.IsRejected(out var why, out var quote) ? (why, null) : (null, quote);
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            return (new OrderError.Unavailable("venue_unavailable", "The venue could not be asked", TimeSpan.FromSeconds(5)), null);
        }
    }
}
