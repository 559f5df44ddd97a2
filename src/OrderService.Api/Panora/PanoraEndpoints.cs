using OrderService.Api.Panora.Records;
using OrderService.Api.Wire;
using OrderService.Engine.Auth;

namespace OrderService.Api.Panora;

/// <summary>The DCA API under <c>/dca/v1</c> and its neighbour, the limit API under <c>/limit/v1</c>.</summary>
internal static class PanoraEndpoints
{
    /// <summary>Maps the routes of a product.</summary>
    public static void MapPanora(this IEndpointRouteBuilder routes, PanoraProduct product, string tag)
    {
        var once = new IdempotencyFilter(context => CallerProof.CallerOf(context).Owner.ToString(), PanoraErrors.From);
        var orders = routes.MapGroup(product.BasePath).WithTags(tag).WithMetadata(product);
        _ = product == PanoraProduct.Dca
            ? orders.MapPost("/createOrder", PostCreateOrder.DcaAsync).Needs(new KeyProof(WalletActions.CreateOrder))
                .AddEndpointFilter(once).Takes<NewDcaOrderRecord>(PanoraBodies.Style)
            : orders.MapPost("/createOrder", PostCreateOrder.LimitAsync).Needs(new KeyProof(WalletActions.CreateOrder))
                .AddEndpointFilter(once).Takes<NewLimitOrderRecord>(PanoraBodies.Style);
        orders.MapPost("/cancelOrder", PostCancelOrder.HandleAsync).Needs(new KeyProof(WalletActions.CancelOrder))
            .Takes<CancelRecord>(PanoraBodies.Style);
        orders.MapPost("/getOrders", GetOrders.HandleAsync).Needs(new KeyProof(WalletActions.ListOrders))
            .Takes<OrdersQueryRecord>(PanoraBodies.QueryStyle);
        orders.MapGet("/getOrders", GetOrders.HandleAsync).Needs(new KeyProof(WalletActions.ListOrders))
            .Takes<OrdersQueryRecord>(PanoraBodies.QueryStyle);
    }
}
