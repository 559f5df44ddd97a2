using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Execution.Curves;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Orders.Curves;

/// <summary>
/// A parsed order that is planned slice by slice. The terms' trigger is time; their amount in is what is set aside: the target where an exact amount is sold, else the most that is
/// sold for it. Its uuid is the service's own.
/// </summary>
internal sealed record NewCurveOrder(ManagedAccount Account, OrderTerms Terms, CurveTerms Asked, string Dialect, string? ClientFields)
{
    /// <summary>Who asks; null for the owner's wallet. An API key is held to what it may sell.</summary>
    public Caller? By { get; init; }

    /// <summary>Names to find it by.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
}

/// <summary>
/// Sets the funds aside and stores the order, both or neither. Refused with <c>insufficient_balance</c> where the account has less, with <c>too_many_slices</c> or
/// <c>part_too_small</c> where it cannot be divided as asked for, with <c>open_orders_limit</c> where the owner has too many.
/// </summary>
internal sealed class PlaceCurveOrder(StoreOrder store, JudgeKeySale judge, TermsRules rules, CurveMarket market, ISwapRouter router, IOptions<OrdersOptions> options, TimeProvider time, EngineTelemetry telemetry)
{
    public async Task<Result<Order>> HandleAsync(NewCurveOrder wanted, CancellationToken token) => telemetry.Answered(await PlaceAsync(wanted, token), wanted.Dialect);

    private async Task<Result<Order>> PlaceAsync(NewCurveOrder wanted, CancellationToken token)
    {
        var terms = wanted.Terms;
        if (terms.Owner != wanted.Account.Owner) return new OrderError.Forbidden("wrong_wallet", "The account belongs to another wallet");
        if (rules.Refusal(terms) is { } refused) return refused;
        if (terms.Router != router.Terms.Router) return new OrderError.WrongRouter(router.Terms.Router.ToString());
        if (terms.ChainId != router.Terms.Network.ChainId) return new OrderError.WrongNetwork(router.Terms.Network.Name, router.Terms.Network.ChainId);
        var by = wanted.By ?? new Caller(terms.Owner, Message: null, Key: null);
        if (judge.Judge(by, terms).IsRejected(out var forbidden, out var sale)) return forbidden;
        var authority = new FundsAuthority.Managed(wanted.Account.Address);
        var sight = await market.LookAheadAsync(terms, wanted.Asked, token);
        var made = CurveCourse.Create(authority, terms, wanted.Asked, options.Value.AttemptsMax, wanted.Dialect, wanted.ClientFields, wanted.Labels, sight, time.GetUtcNow(), options.Value.MaxDeviationBps);
        if (made.IsRejected(out var why, out var order)) return why;
        order.ActedOnBy(by.Actor);
        return await store.HandleAsync(order, sale.Counted, token);
    }
}
