namespace OrderService.Api.Charisma;

/// <summary>The native API under <c>/api/v1</c>.</summary>
internal static class CharismaEndpoints
{
    public const string BasePath = "/api/v1";

    /// <summary>Maps its routes.</summary>
    public static void MapCharisma(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup($"{BasePath}/orders").WithTags("Orders");
        orders.MapPost("/new", PostOrder.HandleAsync).AddEndpointFilter<NewOrderFilter>();
        orders.MapGet("", GetOrders.HandleAsync);
        orders.MapGet("/index", GetOrders.HandleAsync);
        orders.MapGet("/{uuid}", GetOrder.HandleAsync);
        orders.MapPatch("/{uuid}/cancel", PatchCancel.HandleAsync);
        orders.MapPatch("/{uuid}/pause", PatchPause.HandleAsync);
        orders.MapPatch("/{uuid}/resume", PatchResume.HandleAsync);
        orders.MapPost("/{uuid}/execute", PostExecute.HandleAsync);

        var venue = routes.MapGroup(BasePath).WithTags("Venue");
        venue.MapGet("/quote", GetQuote.HandleAsync);
        venue.MapGet("/tokens", GetTokens.Handle);
        venue.MapGet("/network", GetNetwork.Handle);
    }
}
