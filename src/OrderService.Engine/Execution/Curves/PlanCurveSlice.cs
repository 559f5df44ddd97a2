using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Execution.Curves;

/// <summary>
/// What is decided of a slice that is planned slice by slice before it is quoted as any other is: whether its price is favourable while
/// that matters, and how much it sells. Reads only, but for the amount of the order in hand.
/// </summary>
internal sealed class PlanCurveSlice(
    ISwapRouter router, FavourablePrice favourable, CurveLimit limits, CurveMarket market, VolumeHistory volumes,
    IOptions<ExecutionOptions> execution, TimeProvider time)
{
    // With the quote that any slice is given in the end, four.
    private const int SizeQuotesMax = 3;
    private const int OnceQuotesMax = 8;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LimitPause = TimeSpan.FromSeconds(5);

    /// <summary>Why the slice does not go on to its quote, or null where it does, with its amount found.</summary>
    public async Task<ExecutionPlan?> HandleAsync(SliceOfOrder of, ClaimedSlice claim, CancellationToken token)
    {
        var (order, slice) = (of.Header, of.Slice);
        var asked = order.Curve!.Asked;
        var now = time.GetUtcNow();
        if (slice.IsPast(now)) return null; // the end of its window is everybody's business
        if (slice.AnyPriceFrom is { } anyPrice && anyPrice > now && !await favourable.HandleAsync(order.Terms, asked, token))
        {
            return new ExecutionPlan.BackOff(claim, new OrderError.NotExecutable("unfavourable_price", "a better price may come"),
                Least(LookAgain, anyPrice - now), BackOffKind.Passing);
        }
        if (limits.Now(order, of.Executed).IsRejected(out var unknown)) return Outside(order, slice, claim, unknown);
        try
        {
            if (await VolumeCapAsync(order, slice, token) is { } cap && cap < slice.Planned)
            {
                if (cap == TokenAmount.Zero)
                {
                    return new ExecutionPlan.BackOff(claim,
                        new OrderError.NotExecutable("volume_limit", "nothing was traded since the slice before"), LimitPause,
                        BackOffKind.Passing);
                }
                if (!asked.IsExactOut) of.Resize(TokenAmount.Min(cap, slice.AmountIn));
            }
            else
            {
                cap = slice.Planned!.Value;
            }
            if (asked.IsExactOut) await SizeAsync(of, cap, token);
            return asked.Pace == CurvePace.Once ? await OnceAsync(of, claim, token) : null;
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            return new ExecutionPlan.BackOff(claim,
                new OrderError.Unavailable("venue_unavailable", "The venue could not be asked", execution.Value.RetryAfter),
                execution.Value.RetryAfter, BackOffKind.Passing);
        }
    }

    /// <summary>The least that a swap at this quote must pay to be inside the order's limit; zero without one.</summary>
    public Result<TokenAmount> LeastOut(SliceOfOrder of, Quote quote) => limits.LeastOut(of.Header, of.Executed, quote);

    /// <summary>What becomes of the one try of an order whose quote is refused: it ends. Null for every other slice, which waits.</summary>
    public static ExecutionPlan? Refused(OrderHeader order, Slice slice, ClaimedSlice claim, OrderError why) =>
        order.Curve is { Asked.Pace: CurvePace.Once } && !slice.WasSent && why is not OrderError.Unavailable ? GiveUp(claim, why) : null;

    /// <summary>What becomes of a slice whose price is outside the limit, or whose limit is not known.</summary>
    public ExecutionPlan Outside(OrderHeader order, Slice slice, ClaimedSlice claim, OrderError why)
    {
        var asked = order.Curve!.Asked;
        if (asked.Pace == CurvePace.Once && !slice.WasSent)
            return new ExecutionPlan.GiveUp(claim, SliceStatus.Failed, new OrderError.NotExecutable("no_fills", why.Message));
        if (asked.PausesOutside && why.Code == CurveLimit.Outside && !slice.WasSent) return new ExecutionPlan.PauseOutside(claim, why);
        var pause = execution.Value.BackOffFirst * (1 << Math.Min(slice.BelowMin, 8));
        return new ExecutionPlan.BackOff(claim, why, Least(pause, LimitPause), BackOffKind.BelowMin);
    }

    // An exact amount out: the input that pays it, found from the rate of the quotes before. It may take all that is left, and never more.
    private async Task SizeAsync(SliceOfOrder of, TokenAmount wanted, CancellationToken token)
    {
        var (order, slice) = (of.Header, of.Slice);
        var most = slice.AmountIn;
        var amount = FirstGuess(order, wanted, most);
        for (var quotes = 0; quotes < SizeQuotesMax; quotes++)
        {
            // the quote to come says why
            if ((await QuoteAsync(order.Terms, amount, token)).IsRejected(out _, out var quote) || quote.AmountOut == TokenAmount.Zero)
                break;
            var next = amount.MulDivCeiling(wanted.Units, quote.AmountOut.Units) is { } fits && fits < most ? fits : most;
            next = TokenAmount.Max(next, new TokenAmount(1));
            if (next == amount || IsNear(quote.AmountOut, wanted)) break;
            amount = next;
        }
        if (amount != slice.AmountIn) of.Resize(amount);
    }

    // The most of the target token that the limit on the volume allows: of what was traded since the slice was drawn, which is when the one
    // before had ended. Null without such a limit.
    private async Task<TokenAmount?> VolumeCapAsync(OrderHeader order, Slice slice, CancellationToken token)
    {
        if (order.Curve is not { Asked: { VolumeMax: { } share } asked }) return null;
        if (await volumes.SinceAsync(CurveMarket.PairOf(order.Terms, asked), slice.CreatedAt, token) is not { } traded) return null;
        var targetIsBase = (asked.Side == TradeSide.Buy) == asked.IsExactOut;
        return (targetIsBase ? traded.Base : traded.Quote).MulDivFloor((UInt128)share.Count, OrderService.Domain.Scheduling.Share.Whole);
    }

    // One try: where the whole is outside the limit, the largest part of it that is inside, as near as eight halvings come.
    private async Task<ExecutionPlan?> OnceAsync(SliceOfOrder of, ClaimedSlice claim, CancellationToken token)
    {
        var (order, slice) = (of.Header, of.Slice);
        if ((await QuoteAsync(order.Terms, slice.AmountIn, token)).IsRejected(out var none, out var whole))
            return none is OrderError.Unavailable ? null : GiveUp(claim, none);
        if (!LeastOut(of, whole).IsRejected(out var outside)) return null;
        var (inside, beyond) = (TokenAmount.Zero, slice.AmountIn);
        for (var quotes = 0; quotes < OnceQuotesMax && beyond.Units - inside.Units > 1; quotes++)
        {
            var middle = new TokenAmount(inside.Units + (beyond.Units - inside.Units) / 2);
            var isInside = !(await QuoteAsync(order.Terms, middle, token)).IsRejected(out _, out var quote)
                && quote.AmountOut > TokenAmount.Zero && !LeastOut(of, quote).IsRejected(out _);
            if (isInside) inside = middle;
            else beyond = middle;
        }
        if (inside == TokenAmount.Zero) return GiveUp(claim, outside);
        of.Resize(inside);
        return null;
    }

    private static ExecutionPlan.GiveUp GiveUp(ClaimedSlice claim, OrderError why) =>
        new(claim, SliceStatus.Failed, new OrderError.NotExecutable("no_fills", why.Message));

    private TokenAmount FirstGuess(OrderHeader order, TokenAmount wanted, TokenAmount most) =>
        market.InputFor(order.Terms, order.Curve!.Asked, wanted) is { } guess && guess < most && guess > TokenAmount.Zero ? guess : most;

    private static bool IsNear(TokenAmount paid, TokenAmount wanted) =>
        paid >= wanted && (paid - wanted).Units <= UInt128.Max(1, wanted.Units / 10_000);

    private Task<Result<Quote>> QuoteAsync(OrderTerms terms, TokenAmount amount, CancellationToken token) =>
        router.QuoteAsync(terms.SellToken, terms.BuyToken, amount, token).WaitAsync(execution.Value.QuoteTimeout, time, token);

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
