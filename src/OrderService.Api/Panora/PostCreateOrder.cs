using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Panora;

/// <summary>POST createOrder: stores an order that an account of the key's wallet pays for, and answers it whole.</summary>
internal static class PostCreateOrder
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ISwapRouter router, TokenRegistry tokens, NewOrders newOrders, PanoraOrders orders, IOptions<OrdersApiOptions> options, CancellationToken token)
    {
        var product = PanoraProduct.Of(context);
        var caller = CallerProof.CallerOf(context);
        var fields = await CallFields.ReadBodyAsync(context, options.Value.BodyBytesMax);
        if (product.Read(fields, router, tokens).IsRejected(out var why, out var wanted)) return PanoraErrors.From(why);
        // A try that broke off after it had stored its order left it under the uuid that this one has again.
        var uuid = CreationId.Of(context);
        if (await orders.FirstTryAsync(product, caller.Owner, uuid, token) is { } stored) return await orders.AnswerAsync(context, product, caller, stored, token);
        var id = PanoraTxId.Of(uuid);
        if ((await newOrders.StoreAsync(wanted, id, caller, token)).IsRejected(out why)) return PanoraErrors.From(MissingFunds.FactsOf(why, wanted));
        return await orders.AnswerAsync(context, product, caller, id, token);
    }
}
