using OrderService.Api.Charisma.Explain;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma;

/// <summary>The native API under <c>/api/v1</c>.</summary>
internal static class CharismaEndpoints
{
    public const string BasePath = "/api/v1";

    /// <summary>Maps its routes.</summary>
    public static void MapCharisma(this IEndpointRouteBuilder routes)
    {
        var once = new IdempotencyFilter(context => BodyFilter<NewOrderRecord>.BodyOf(context).Owner.Value.ToString(), CharismaErrors.From);
        var orders = routes.MapGroup($"{BasePath}/orders").WithTags("Orders");
        orders.MapPost("/new", PostOrder.HandleAsync).AsksItself()
            .AddEndpointFilter(new KeyCount(WalletActions.CreateOrder, CharismaErrors.From)).Takes<NewOrderRecord>(CharismaBodies.Style)
            .AddEndpointFilter(once);
        orders.MapGet("", GetOrders.HandleAsync).Needs(new ListProof());
        orders.MapGet("/index", GetOrders.HandleAsync).Needs(new ListProof());
        orders.MapGet("/{uuid}", GetOrder.HandleAsync).Open();
        orders.MapPatch("/{uuid}/cancel", PatchCancel.HandleAsync).Needs(new OrderProof(WalletActions.CancelOrder));
        orders.MapPatch("/{uuid}/pause", PatchPause.HandleAsync).Needs(new OrderProof(WalletActions.PauseOrder));
        orders.MapPatch("/{uuid}/resume", PatchResume.HandleAsync).Needs(new OrderProof(WalletActions.ResumeOrder));
        orders.MapExplain();
        orders.MapPost("/{uuid}/execute", PostExecute.HandleAsync).Needs(new OrderProof(WalletActions.ExecuteOrder, isOfOpen: true));

        var venue = routes.MapGroup(BasePath).WithTags("Venue").Open();
        venue.MapGet("/quote", GetQuote.HandleAsync);
        venue.MapGet("/tokens", GetTokens.Handle);
        venue.MapGet("/network", GetNetwork.Handle);
    }
}
