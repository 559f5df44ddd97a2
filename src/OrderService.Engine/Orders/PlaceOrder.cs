using System.Diagnostics;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Orders;

/// <summary>What was proven of a new order: who may move its funds, and what is counted where a limited API key sells.</summary>
internal readonly record struct ProvenOrder(FundsAuthority Authority, KeySale? Sale);

/// <summary>
/// The one way in for an order, whatever pays for it and whatever it is made of: its terms are looked at, its funding is proven, it is made, and it is stored. The same uuid with equal
/// terms answers the stored order; nothing reopens a closed one.
/// </summary>
internal sealed class PlaceOrder(
    TermsRules rules, VerifyIntent verify, MakeOrder make, PairDirectory pairs, OpenOrderCounts counts, OrderSeals seals, OrderWriter writer, ReserveOrder reserve, FindOrder find, BaseAssets bases,
    IOptions<OrdersOptions> options, EngineTelemetry telemetry)
{
    public async Task<Result<Order>> HandleAsync(NewOrder wanted, CancellationToken token) => telemetry.Answered(await PlaceAsync(wanted, token), wanted.Dialect);

    private async Task<Result<Order>> PlaceAsync(NewOrder wanted, CancellationToken token)
    {
        var refused = rules.Refusal(wanted.Terms, wanted.Funding is OrderFunding.FromAccount);
        if (Prove(wanted).IsRejected(out var why, out var proven)) return refused ?? why;
        // What the venue lists, and when it is by now, is no matter to a retry of what is stored; only who proves the order is told of it.
        if (refused is not null) return await StoredAsync(wanted.Terms, token) ?? refused;
        if ((await make.HandleAsync(wanted, proven.Authority, token)).IsRejected(out why, out var order)) return await StoredAsync(wanted.Terms, token) ?? why;
        return await StoreAsync(order, proven.Sale, token);
    }

    private Result<ProvenOrder> Prove(NewOrder wanted) => wanted.Funding switch
    {
        OrderFunding.BySignature signed => verify.Handle(wanted.Terms, signed),
        OrderFunding.FromAccount from => reserve.Prove(wanted, from.Account),
        var other => throw new UnreachableException($"no way of funding: {other}"),
    };

    // The last steps of every one: the pair that is watched, room for one more, the writer.
    private async Task<Result<Order>> StoreAsync(Order order, KeySale? sale, CancellationToken token)
    {
        var terms = order.Terms;
        int? pairId = null;
        if (terms.Trigger == SliceTrigger.Price)
        {
            var (limits, baseAsset) = (new PairLimits(options.Value.PairsMax, options.Value.PairsMaxPerOwner), terms.BaseAsset ?? bases.Default);
            if ((await pairs.IdOfAsync(terms.ConditionToken!.Value, baseAsset, terms.Owner.ToString(), limits, token)).IsRejected(out var full, out var id)) return await StoredAsync(terms, token) ?? full;
            pairId = id;
        }
        if (!await counts.HasRoomAsync(terms.Owner, token))
            return await StoredAsync(terms, token) ?? new OrderError.TooMany("open_orders_limit", $"This wallet has {options.Value.OpenMaxPerOwner} open orders or more", TimeSpan.FromMinutes(1));
        if (seals.Keep(order) is { } unsealed) return unsealed;
        var row = new OrderRow(order, pairId) { Sale = sale };
        return order.Account is not null ? await reserve.HandleAsync(row, token) : await writer.WriteAsync(row);
    }

    private Task<Result<Order>?> StoredAsync(OrderTerms terms, CancellationToken token) => find.SameAsync(terms.Uuid, stored => stored.Terms.FirstDifference(terms), token);
}
