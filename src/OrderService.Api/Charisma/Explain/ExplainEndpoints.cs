using OrderService.Api.Wire;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Explain;

/// <summary>What became of an order, why it stands where it does, and what one would be.</summary>
internal static class ExplainEndpoints
{
    /// <summary>Maps the routes into those of the orders.</summary>
    public static void MapExplain(this IEndpointRouteBuilder orders)
    {
        orders.MapPost("/preview", PostPreview.HandleAsync).Open()
            .AddEndpointFilter(new KeyCount(WalletActions.ListOrders, CharismaErrors.From));
        orders.MapGet("/{uuid}/events", GetOrderEvents.HandleAsync).Open();
        orders.MapGet("/{uuid}/explain", GetExplanation.HandleAsync).Open();
    }
}
