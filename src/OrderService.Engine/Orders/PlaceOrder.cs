using System.Diagnostics;
using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Auth;
using OrderService.Engine.Execution;
using OrderService.Engine.Partitions;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Orders;

/// <summary>What was proven of a new order: who may move its funds, and what is counted where a limited API key sells.</summary>
internal readonly record struct ProvenOrder(FundsAuthority Authority, KeySale? Sale);

/// <summary>A new order that may be stored: its row, or none where it is stored already.</summary>
internal readonly record struct ReadyOrder(Order Order, OrderRow? Row);

/// <summary>
/// The one way in for an order, whatever pays for it and whatever it is made of: its terms are looked at, its funding is proven, it is
/// made, and it is stored. The same uuid with equal terms answers the stored order; nothing reopens a closed one.
/// </summary>
internal sealed class PlaceOrder(
    TermsRules rules, VerifyIntent verify, MakeOrder make, PairDirectory pairs, OpenOrderCounts counts, OwnerBudgets budgets,
    OrderSeals seals, OrderWriter writer, ReserveOrder reserve, FindOrder find, BaseAssets bases,
    IOptions<OrdersOptions> options, NextWake next, PartitionPlace place, EngineTelemetry telemetry)
{
    public async Task<Result<Order>> HandleAsync(NewOrder wanted, CancellationToken token)
    {
        var placed = telemetry.Answered(await StoreAsync(await PrepareAsync(wanted, token), token), wanted.Dialect);
        if (!placed.IsRejected(out _, out var order)) next.See(order);
        return placed;
    }

    private Task<Result<Order>> StoreAsync(Result<ReadyOrder> prepared, CancellationToken token)
    {
        if (prepared.IsRejected(out var why, out var ready)) return Task.FromResult<Result<Order>>(why);
        if (ready.Row is not { } row) return Task.FromResult<Result<Order>>(ready.Order);
        return row.Order.Account is not null ? reserve.HandleAsync(row, token) : writer.WriteAsync(row);
    }

    /// <summary>Everything but the store's last word: what is left is to write its row, unless it is stored already.</summary>
    public async ValueTask<Result<ReadyOrder>> PrepareAsync(NewOrder wanted, CancellationToken token)
    {
        place.Expect(wanted.Terms.Owner);
        var refused = rules.Refusal(wanted.Terms, wanted.Funding is OrderFunding.FromAccount);
        if (Prove(wanted).IsRejected(out var why, out var proven)) return refused ?? why;
        // What the venue lists, and when it is by now, is no matter to a retry of what is stored; only who proves the order is told of it.
        if (refused is not null) return await StoredAsync(wanted.Terms, refused, token);
        if ((await make.HandleAsync(wanted, proven.Authority, token)).IsRejected(out why, out var order))
            return await StoredAsync(wanted.Terms, why, token);
        return await ReadyAsync(order, (wanted.Funding as OrderFunding.FromAccount)?.Account, proven.Sale, token);
    }

    private Result<ProvenOrder> Prove(NewOrder wanted) => wanted.Funding switch
    {
        OrderFunding.BySignature signed => verify.Handle(wanted.Terms, signed),
        OrderFunding.FromAccount from => reserve.Prove(wanted, from.Account),
        var other => throw new UnreachableException($"no way of funding: {other}"),
    };

    // The last steps of every one: the pair that is watched, room for one more, the seals.
    private async ValueTask<Result<ReadyOrder>> ReadyAsync(
        Order order, ManagedAccount? payer, KeySale? sale, CancellationToken token)
    {
        var terms = order.Terms;
        int? pairId = null;
        if (terms.Trigger == SliceTrigger.Price)
        {
            var (limits, baseAsset) = (new PairLimits(options.Value.PairsMax, options.Value.PairsMaxPerOwner),
                terms.BaseAsset ?? bases.Default);
            if ((await pairs.IdOfAsync(terms.ConditionToken!.Value, baseAsset, terms.Owner.ToString(), limits, token)).IsRejected(
                out var full, out var id))
            {
                return await StoredAsync(terms, full, token);
            }
            pairId = id;
        }
        if (!await counts.HasRoomAsync(terms.Owner, token))
        {
            return await StoredAsync(terms,
                new OrderError.TooMany("open_orders_limit", $"This wallet has {options.Value.OpenMaxPerOwner} open orders or more",
                    TimeSpan.FromMinutes(1)), token);
        }
        if (budgets.Take(terms.Owner, OwnerUse.Creates) is { } spent) return await StoredAsync(terms, spent, token);
        if (seals.Keep(order) is { } unsealed) return unsealed;
        return new ReadyOrder(order, new OrderRow(order, pairId) { Sale = sale, Payer = payer });
    }

    // What is stored under its uuid, or else why it cannot be stored now.
    private async Task<Result<ReadyOrder>> StoredAsync(OrderTerms terms, OrderError otherwise, CancellationToken token)
    {
        if (await find.SameAsync(terms, token) is not { } known) return otherwise;
        return known.IsRejected(out var why, out var order) ? why : new ReadyOrder(order, null);
    }
}
