using OrderService.Api.Wire;
using OrderService.Domain.Ports;

namespace OrderService.Api.Panora;

/// <summary>GET getOrders: a wallet's orders by page, newest first.</summary>
internal static class GetOrders
{
    public static Task<IResult> HandleAsync(HttpContext context, ISwapRouter router, OwnWallets wallets, PanoraOrders orders, CancellationToken token) =>
        AnswerAsync(CallFields.OfQuery(context.Request.Query), context, router, wallets, orders, token);

    /// <summary>The page that the fields ask for: the same whether they came in a query or in a body.</summary>
    public static async Task<IResult> AnswerAsync(CallFields fields, HttpContext context, ISwapRouter router, OwnWallets wallets, PanoraOrders orders, CancellationToken token)
    {
        var (product, caller) = (PanoraProduct.Of(context), CallerProof.CallerOf(context));
        if (OrdersQuery.Read(fields, product, router.Terms) is not { } query) return PanoraErrors.From(fields.Refusal!);
        if (await wallets.RefusalAsync("toWalletAddress", query.ToWallet, caller.Owner, token) is { } why) return PanoraErrors.From(why);
        return await orders.PageAsync(context, product, caller, query, token);
    }
}
