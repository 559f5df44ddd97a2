using System.Diagnostics;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Execution;
using OrderService.Engine.Execution.Curves;

namespace OrderService.Engine.Orders;

/// <summary>
/// Makes the order of what was asked for and proven; nothing is stored. Refused where its window has closed, with <c>too_many_slices</c> or
/// <c>part_too_small</c> where it cannot be divided as asked for.
/// </summary>
internal sealed class MakeOrder(CurveMarket market, IOptions<OrdersOptions> options, TimeProvider time)
{
    public async ValueTask<Result<Order>> HandleAsync(NewOrder wanted, FundsAuthority authority, CancellationToken token)
    {
        var (terms, set) = (wanted.Terms, options.Value);
        var made = (wanted.Plan, authority) switch
        {
            (OrderPlan.Whole, FundsAuthority.Signed signed) =>
                Order.Create(signed.Intent, terms, wanted.Dialect, TermsSignatureOf(wanted), wanted.ClientFields, set.AttemptsMax,
                    time.GetUtcNow(), set.MaxDeviationBps),
            (OrderPlan.Whole, FundsAuthority.Managed) =>
                Order.CreateScheduled(authority, terms, OneSwap(terms, set.AttemptsMax), new ScheduleLimits(set.PartsMax), wanted.Dialect,
                    wanted.ClientFields, time.GetUtcNow(), set.MaxDeviationBps),
            (OrderPlan.Parts parts, _) =>
                Order.CreateScheduled(authority, terms, parts.Plan, new ScheduleLimits(set.PartsMax), wanted.Dialect, wanted.ClientFields,
                    time.GetUtcNow(), set.MaxDeviationBps),
            (OrderPlan.Curve curve, FundsAuthority.Managed managed) => CurveCourse.Create(
                managed, terms, curve.Asked, set.AttemptsMax, wanted.Dialect, wanted.ClientFields, curve.Labels,
                await market.LookAheadAsync(terms, curve.Asked, token), time.GetUtcNow(), set.MaxDeviationBps),
            var (plan, funds) => throw new UnreachableException($"an order of {plan} cannot be paid by {funds.GetType().Name}"),
        };
        if (made.IsRejected(out var why, out var order)) return why;
        if (wanted.Plan is not OrderPlan.Curve) order.KnownAs(wanted.Kind, wanted.PublicId);
        if (wanted.StrategyId is { } strategy) order.InStrategy(strategy);
        if (wanted.By is { } by) order.ActedOnBy(by.Actor);
        return order;
    }

    private static SchedulePlan OneSwap(OrderTerms terms, int attemptsMax) => new()
    {
        Schedule = new Schedule.Immediate(1), Attempts = new AttemptsBudget(attemptsMax), Rate = terms.Rate,
    };

    private static string? TermsSignatureOf(NewOrder wanted) => (wanted.Funding as OrderFunding.BySignature)?.TermsSignature?.ToRsvHex();
}
