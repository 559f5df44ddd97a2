using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using OrderService.Api.Wire;
using OrderService.Domain.Ports;

namespace OrderService.Api.Panora;

/// <summary>POST getOrders: as GET, with a JSON body. The table of the contract heads it POST, and all of its samples send a query: what the body does not have is read from there.</summary>
internal static class PostGetOrders
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ISwapRouter router, OwnWallets wallets, PanoraOrders orders, IOptions<OrdersApiOptions> options, CancellationToken token)
    {
        var fields = HasBody(context) ? await CallFields.ReadBodyAsync(context, options.Value.BodyBytesMax) : CallFields.OfQuery(context.Request.Query);
        fields.AddMissing(context.Request.Query);
        return await GetOrders.AnswerAsync(fields, context, router, wallets, orders, token);
    }

    private static bool HasBody(HttpContext context) =>
        context.Request.ContentLength != 0 && context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false };
}
