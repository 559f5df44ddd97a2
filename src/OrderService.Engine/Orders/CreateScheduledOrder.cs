using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Scheduling;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Orders;

/// <summary>A parsed scheduled order on its way in. Its uuid is the service's own where a managed account signs.</summary>
internal sealed record NewScheduledOrder(FundsAuthority Authority, OrderTerms Terms, SchedulePlan Plan, string Dialect, string? ClientFields)
{
    /// <summary>Who asks; null for the owner.</summary>
    public string? Actor { get; init; }

    /// <summary>What it is asked for as.</summary>
    public OrderKind Kind { get; init; }

    /// <summary>What its clients call it, where that is not its uuid.</summary>
    public string? PublicId { get; init; }

    /// <summary>What a limited API key sells with it.</summary>
    public KeySale? Sale { get; init; }
}

/// <summary>Stores an order of the parts of a schedule: what a DCA, a limit in suborders and a TWAP are here.</summary>
internal sealed class CreateScheduledOrder(StoreOrder store, TermsRules rules, ISwapRouter router, IOptions<OrdersOptions> options, TimeProvider time, EngineTelemetry telemetry)
{
    public async Task<Result<Order>> HandleAsync(NewScheduledOrder wanted, CancellationToken token) => telemetry.Answered(await CreateAsync(wanted, token), wanted.Dialect);

    private async Task<Result<Order>> CreateAsync(NewScheduledOrder wanted, CancellationToken token)
    {
        var terms = wanted.Terms;
        if (rules.Refusal(terms) is { } refused) return refused;
        if (terms.Router != router.Terms.Router) return new OrderError.WrongRouter(router.Terms.Router.ToString());
        if (terms.ChainId != router.Terms.Network.ChainId) return new OrderError.WrongNetwork(router.Terms.Network.Name, router.Terms.Network.ChainId);
        var limits = new ScheduleLimits(options.Value.PartsMax);
        var made = Order.CreateScheduled(wanted.Authority, terms, wanted.Plan, limits, wanted.Dialect, wanted.ClientFields, time.GetUtcNow(), options.Value.MaxDeviationBps);
        if (made.IsRejected(out var why, out var order)) return why;
        order.KnownAs(wanted.Kind, wanted.PublicId);
        if (wanted.Actor is { } actor) order.ActedOnBy(actor);
        return await store.HandleAsync(order, wanted.Sale, token);
    }
}
