using Microsoft.AspNetCore.Mvc;
using OrderService.Api.Wire;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.Groups;

/// <summary>
/// Orders that depend on each other, an addition of this service. A group is cancelled as any orders are: all of it by cancel-all with its
/// id, one leg as one order.
/// </summary>
internal static class GroupEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapGroups(this IEndpointRouteBuilder routes)
    {
        var groups = routes.MapGroup($"{CharismaEndpoints.BasePath}/orders/groups").WithTags("Groups");
        var once = new IdempotencyFilter(context => GroupFilter.GroupOf(context).Owner.ToString(), CharismaErrors.From);
        groups.MapPost("", PostGroup.HandleAsync).AsksItself().WithMetadata(new RequestSizeLimitAttribute(GroupBody.BytesMax))
            .AddEndpointFilter(new KeyCount(WalletActions.CreateOrder, CharismaErrors.From))
            .Takes<NewGroupRecord>(CharismaBodies.GroupStyle).AddEndpointFilter(new GroupFilter()).AddEndpointFilter(once);
        groups.MapPost("/preview", PostGroupPreview.HandleAsync).Open().WithMetadata(new RequestSizeLimitAttribute(GroupBody.BytesMax))
            .AddEndpointFilter(new KeyCount(WalletActions.ListOrders, CharismaErrors.From));
        groups.MapGet("/{groupId}", GetGroup.HandleAsync).Open();
    }
}
