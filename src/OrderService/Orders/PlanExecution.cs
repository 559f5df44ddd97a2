using System.Globalization;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Execution;

namespace OrderService.Orders;

/// <summary>Step 2: quotes a claimed slice and decides. Reads only; whatever goes wrong here costs nothing but time.</summary>
internal sealed class PlanExecution(ISwapRouter router, IOptions<ExecutionOptions> execution, IOptions<OrdersOptions> orders, TimeProvider time)
{
    public async Task<ExecutionPlan> HandleAsync(Order order, ClaimedSlice claim, CancellationToken token)
    {
        var slice = order.Find(claim.Number);
        if (!order.IsStillSigned(out var intent)) return Tampered(claim, slice);
        if (slice.EndAs is not null) return new ExecutionPlan.Spend(claim, new RouterCall.Spend(intent));
        if (slice.IsPast(time.GetUtcNow())) return new ExecutionPlan.GiveUp(claim, SliceStatus.Expired, new OrderError.NotOpen("expired"));
        if (order.Terms.Router != router.Terms.Router || order.Terms.ChainId != router.Terms.Network.ChainId) return new ExecutionPlan.GiveUp(claim, SliceStatus.Failed, new OrderError.WrongRouter(router.Terms.Router.ToString()));
        if (!TermsSignatures.Hold(order)) return new ExecutionPlan.GiveUp(claim, SliceStatus.Failed, new OrderError.NotExecutable("invalid_terms_signature", "the stored terms signature does not hold"));
        var quoted = await QuoteAsync(order.Terms, slice, token);
        if (quoted.IsRejected(out var why, out var quote)) return Unquoted(claim, slice, why);
        var min = MinAmountOut(order.Terms, quote);
        if (quote.AmountOut < min) return new ExecutionPlan.BackOff(claim, new OrderError.BelowMin(quote.AmountOut, min), execution.Value.RetryAfter, Unquoted: false);
        return new ExecutionPlan.Swap(claim, new RouterCall.Swap(intent, order.Terms.Recipient, quote, min));
    }

    // Somebody changed the row. Without an intent nothing can be swapped, nor can its uuid be spent: a slice that was sent stays visible until it is mended.
    private ExecutionPlan Tampered(ClaimedSlice claim, Slice slice)
    {
        var why = new OrderError.NotExecutable("stored_signature_invalid", "the stored signature does not authorise the stored terms");
        return slice.WasSent ? new ExecutionPlan.BackOff(claim, why, execution.Value.BackOffMax, Unquoted: false) : new ExecutionPlan.GiveUp(claim, SliceStatus.Failed, why);
    }

    // The strictest of the order's own limit and the slippage below this quote.
    private TokenAmount MinAmountOut(OrderTerms terms, Quote quote)
    {
        var slippage = BasisPoints.Of(terms.SlippageBps ?? orders.Value.DefaultSlippageBps).Below(quote.AmountOut);
        return terms.MinAmountOut is { } limit ? TokenAmount.Max(limit, slippage) : slippage;
    }

    private async Task<Result<Quote>> QuoteAsync(OrderTerms terms, Slice slice, CancellationToken token)
    {
        try
        {
            var quoted = await router.QuoteAsync(TokenId.Of(terms.SellToken), terms.BuyToken, slice.AmountIn, token)
                .WaitAsync(execution.Value.QuoteTimeout, time, token);
            if (!quoted.IsRejected(out _, out var quote) && quote.AmountOut == TokenAmount.Zero) return new OrderError.NotExecutable("no_route", "the route pays nothing");
            return quoted;
        }
        catch (Exception outage) when (outage is HttpRequestException or TimeoutException or Npgsql.NpgsqlException)
        {
            return new OrderError.Unavailable("venue_unavailable", "The venue could not be asked for a quote", execution.Value.RetryAfter);
        }
    }

    private ExecutionPlan Unquoted(ClaimedSlice claim, Slice slice, OrderError why)
    {
        if (why is OrderError.Unavailable) return new ExecutionPlan.BackOff(claim, why, execution.Value.RetryAfter, Unquoted: false);
        var tries = slice.Unquoted + 1;
        if (tries >= execution.Value.UnquotedMax)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"no quote in {tries} tries: {why.Message}");
            return new ExecutionPlan.GiveUp(claim, SliceStatus.Failed, new OrderError.NotExecutable("no_route", detail));
        }
        var pause = execution.Value.BackOffFirst * (1 << Math.Min(slice.Unquoted, 16));
        return new ExecutionPlan.BackOff(claim, why, pause < execution.Value.BackOffMax ? pause : execution.Value.BackOffMax, Unquoted: true);
    }
}
