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
        orders.MapPost("/createOrder", PostCreateOrder.HandleAsync).Needs(new KeyProof(WalletActions.CreateOrder)).AddEndpointFilter(once);
        orders.MapPost("/cancelOrder", PostCancelOrder.HandleAsync).Needs(new KeyProof(WalletActions.CancelOrder));
        orders.MapPost("/getOrders", PostGetOrders.HandleAsync).Needs(new KeyProof(WalletActions.ListOrders));
        orders.MapGet("/getOrders", GetOrders.HandleAsync).Needs(new KeyProof(WalletActions.ListOrders));
    }
}
