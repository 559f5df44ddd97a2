using OrderService.Api.Panora.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Panora;

/// <summary>POST createOrder: stores an order that an account of the key's wallet pays for, and answers it whole.</summary>
internal static class PostCreateOrder
{
    public static async Task<IResult> DcaAsync(
        HttpContext context, TokenRegistry tokens, NewOrders newOrders, PanoraOrders orders, CancellationToken token) =>
            DcaFields.Of(BodyFilter<NewDcaOrderRecord>.BodyOf(context), tokens).IsRejected(out var why, out var wanted)
                ? PanoraErrors.From(why) : await StoreAsync(context, wanted, newOrders, orders, token);

    public static Task<IResult> LimitAsync(
        HttpContext context, TokenRegistry tokens, NewOrders newOrders, PanoraOrders orders, CancellationToken token) =>
            StoreAsync(context, LimitFields.Of(BodyFilter<NewLimitOrderRecord>.BodyOf(context), tokens), newOrders, orders, token);

    private static async Task<IResult> StoreAsync(
        HttpContext context, WantedOrder wanted, NewOrders newOrders, PanoraOrders orders, CancellationToken token)
    {
        var caller = CallerProof.CallerOf(context);
        // A try that broke off after it had stored its order left it under the uuid that this one has again.
        if (CreationId.RepeatedOf(context) is { } repeated
            && await orders.FirstTryAsync(wanted.Product, caller.Owner, repeated, token) is { } stored)
        {
            return await orders.AnswerAsync(context, wanted.Product, caller, stored, token);
        }
        var id = PanoraTxId.Of(CreationId.Of(context));
        if ((await newOrders.StoreAsync(wanted, id, caller, token)).IsRejected(out var why))
            return PanoraErrors.From(MissingFunds.FactsOf(why, wanted));
        return await orders.AnswerAsync(context, wanted.Product, caller, id, token);
    }
}
