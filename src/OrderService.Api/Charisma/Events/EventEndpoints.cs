using OrderService.Api.Wire;

namespace OrderService.Api.Charisma.Events;

/// <summary>The log of what happened, to whoever may see it.</summary>
internal static class EventEndpoints
{
    /// <summary>Maps the route.</summary>
    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"{CharismaEndpoints.BasePath}/events", GetEvents.HandleAsync).AddEndpointFilter(new SocketDoor())
            .Needs(new EventProof()).WithTags("Events");
}
