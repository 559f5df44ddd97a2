using OrderService.Api.Tread.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Engine.Execution.Curves;
using OrderService.Engine.Orders.Curves;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Tread;

/// <summary>POST amend_order: changes quantity, duration, participation, limit or the largest slice; all of it or none.</summary>
internal static class PostAmendOrder
{
    private static readonly OrderFaults Faults = OrderFaults.Named(id => $"Order {id} not found");
    private static readonly TreadFault OtherTarget = TreadFaults.Error(422, "target_token", "Cannot change the target token of an order");

    public static async Task<IResult> HandleAsync(
        HttpContext context, TreadOrders orders, TradedAssets names, CurveMarket market, StrategyParamsJson parameters, TradeAssets assets,
        AmendCurve amend, TimeProvider time, CancellationToken token)
    {
        var caller = TokenProof.CallerOf(context);
        var body = BodyFilter<AmendRecord>.BodyOf(context);
        var changes = body.Changes.Value!;
        var (order, fault) = await orders.FindAsync(caller, body.OrderId, Faults, token);
        if (order is null) return fault!;
        if (changes.MaxClipSize.Value is { } clip && assets.FindPair(order.Fields.Pair, out _) is { } pair
            && parameters.IsTooSmall(clip.Number, pair, time.GetUtcNow()))
        {
            return TreadFaults.Error(400, "invalid_change", StrategyParamsJson.TooSmall);
        }
        var (wanted, refused) = Judge(order, changes, names, time.GetUtcNow());
        if (wanted is null) return refused!;
        wanted = await WithDurationAsync(order, wanted, market, time.GetUtcNow(), token);
        var error = (await amend.HandleAsync(order.Order.Terms.Uuid, caller.For(order.Order.Terms.Owner), wanted, token)).Error;
        return error is null ? Answers.Message(context, "Successfully amended order.", StatusCodes.Status202Accepted) : FaultOf(error);
    }

    // In the order of the contract: the state first, then what is wrong with each change.
    private static (CurveChanges? Changes, TreadFault? Fault) Judge(
        OrderFacts order, ChangesRecord changes, TradedAssets names, DateTimeOffset now)
    {
        if (changes.HasBothQuantities())
            return (null, TreadFaults.Error(422, "both_quantities", "Cannot update both base_asset_qty and quote_asset_qty"));
        if (CurveAmend.Refusal(order.Order, new CurveChanges(), now) is { } state) return (null, FaultOf(state));
        if ((order.TargetsBase ? changes.QuoteAssetQty : changes.BaseAssetQty).IsGiven) return (null, OtherTarget);
        var (wanted, tooFine) = changes.Of(order);
        if (wanted is null) return (null, tooFine);
        if (CurveAmend.Refusal(order.Order, wanted, now) is OrderError.Unprocessable { Code: "below_executed" or "below_elapsed" } below)
            return (null, FaultOf(below));
        var limit = changes.LimitOf(names, out var badLimit);
        return badLimit is null ? (wanted with { Limit = limit }, null) : (null, TreadFaults.Error(422, "invalid_limit_price", badLimit));
    }

    // Another participation takes another time: what has passed, and what the forecast says for the rest.
    private static async Task<CurveChanges> WithDurationAsync(
        OrderFacts order, CurveChanges changes, CurveMarket market, DateTimeOffset now, CancellationToken token)
    {
        if (changes is not { VolumeTarget: { } part, Duration: null } || order.Asked.VolumeTarget is null) return changes;
        var target = changes.Target ?? order.Asked.Target;
        var rest = order.Asked with
        {
            Target = target > order.Executed ? target - order.Executed : new OrderService.Domain.Amounts.TokenAmount(1),
        };
        var passed = order.Curve.ActivatedAt is null ? 0 : order.Curve.Time.At(now);
        return await market.DurationOfAsync(order.Order.Terms, rest, part, token) is { } takes
            ? changes with { Duration = passed + Math.Max(10_000, (long)takes.TotalMilliseconds) } : changes;
    }

    private static TreadFault FaultOf(OrderError refused) => refused switch
    {
        OrderError.InsufficientBalance e => TreadFaults.Error(422, e.Code, "Insufficient balance for order execution"),
        OrderError.Unprocessable e => TreadFaults.Error(422, e.Code, e.Code switch
        {
            "too_close" => "Order is too close to completion to amend",
            "below_executed" => "New quantity must be at least 5% above the executed quantity",
            "below_elapsed" => "New duration must be at least 5% above the elapsed time",
            "volume_target" => "Cannot amend pov_target of this order",
            "duration" => "Cannot amend duration of this order",
            "too_many_slices" => TreadFaults.Incompatible,
            _ => "Order is in a state that cannot be amended",
        }),
        OrderError.Unavailable { Code: "no_price" } e =>
            TreadFaults.Errors(500, e.Code, "An unexpected error occurred. Please try again later."),
        OrderError.Forbidden e => TreadFaults.NoPermission with { Code = e.Code },
        _ => TreadFaults.Error(422, refused.Code, "Order is in a state that cannot be amended"),
    };
}
