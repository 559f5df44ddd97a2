using Microsoft.Extensions.Options;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Pricing;
using OrderService.Engine.Execution;
using OrderService.Engine.Persistence;
using OrderService.Engine.Sealing;

namespace OrderService.Engine.Orders;

/// <summary>The last steps of every create: the pair that is watched, room for one more, the writer.</summary>
internal sealed class StoreOrder(OrderWriter writer, OrderSeals seals, ReserveOrder reserve, PairDirectory pairs, OpenOrderCounts counts, FindOrder find, IOptions<OrdersOptions> options)
{
    public async Task<Result<Order>> HandleAsync(Order order, KeySale? sale, CancellationToken token)
    {
        var terms = order.Terms;
        int? pairId = null;
        if (terms.Trigger == SliceTrigger.Price)
        {
            pairId = await pairs.IdOfAsync(terms.ConditionToken!.Value, terms.BaseAsset ?? TokenId.Parse(options.Value.DefaultBaseAsset), options.Value.PairsMax, token);
            if (pairId is null) return new OrderError.TooMany("pairs_limit", "This service watches as many price pairs as it may", TimeSpan.FromMinutes(10));
        }
        if (!await counts.HasRoomAsync(terms.Owner, token))
            return await StoredAsync(terms, token) ?? new OrderError.TooMany("open_orders_limit", $"This wallet has {options.Value.OpenMaxPerOwner} open orders or more", TimeSpan.FromMinutes(1));
        if (seals.Keep(order) is { } unsealed) return unsealed;
        var row = new OrderRow(order, pairId) { Sale = sale };
        return order.Funding == FundingKind.Managed ? await reserve.HandleAsync(row, token) : await writer.WriteAsync(row);
    }

    /// <summary>A retry of what was stored long ago is answered with it, even where it could not be created any more. Null where nothing is stored.</summary>
    public Task<Result<Order>?> StoredAsync(OrderTerms terms, CancellationToken token) => find.SameAsync(terms.Uuid, stored => stored.Terms.FirstDifference(terms), token);
}
