using OrderService.Api.Panora.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.Panora;

/// <summary>GET and POST getOrders: a wallet's orders by page, newest first. What a body does not have is read from the query.</summary>
internal static class GetOrders
{
    public static async Task<IResult> HandleAsync(HttpContext context, OwnWallets wallets, PanoraOrders orders, CancellationToken token)
    {
        var (product, caller, query) = (PanoraProduct.Of(context), CallerProof.CallerOf(context),
            OrdersQuery.Of(BodyFilter<OrdersQueryRecord>.BodyOf(context)));
        if (await wallets.RefusalAsync("toWalletAddress", query.ToWallet, caller.Owner, token) is { } why) return PanoraErrors.From(why);
        return await orders.PageAsync(context, product, caller, query, token);
    }
}
