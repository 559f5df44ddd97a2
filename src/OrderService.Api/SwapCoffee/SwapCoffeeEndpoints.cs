using Microsoft.Extensions.Options;
using OrderService.Api.SwapCoffee.Records;
using OrderService.Api.Wire;

namespace OrderService.Api.SwapCoffee;

/// <summary>The strategies API of swap.coffee under <c>/v1/strategies</c>.</summary>
internal static class SwapCoffeeEndpoints
{
    public const string BasePath = "/v1/strategies";

    /// <summary>Maps its routes.</summary>
    public static void MapSwapCoffee(this IEndpointRouteBuilder routes)
    {
        var eligibility = routes.MapGroup($"{BasePath}/eligibility").WithTags("Eligibility");
        eligibility.MapGet("/user/{address}", GetUserEligibility.Handle).Needs(new PathOwnerProof());
        eligibility.MapGet("/from-tokens", GetFromTokens.Handle).Open();
        eligibility.MapGet("/to-tokens/{address}", GetToTokens.Handle).Open();

        var owner = routes.MapGroup($"{BasePath}/{{address}}").WithTags("Strategies").Needs(new PathOwnerProof());
        owner.MapGet("/wallet", GetWallet.HandleAsync);
        owner.MapPost("/wallet", PostWallet.HandleAsync);
        owner.MapPost("/order", PostOrder.HandleAsync)
            .AddEndpointFilter(new IdempotencyFilter(OwnerOf, SwapCoffeeErrors.From, proofOf: ProofOf))
            .Takes<NewStrategyRecord>(SwapCoffeeBodies.Style);
        owner.MapPost("/order/confirm", ConfirmOrder.HandleAsync).AddEndpointFilter(ConfirmOrder.CheckModeAsync)
            .Takes<ConfirmRecord>(SwapCoffeeBodies.CellStyle);
        owner.MapGet("/order", GetOrder.HandleAsync);
        owner.MapPatch("/order", PatchOrder.HandleAsync)
            .AddEndpointFilter(new IdempotencyFilter(OwnerOf, SwapCoffeeErrors.From)).AddEndpointFilter(PatchOrder.CheckIdAsync)
            .Takes<AmendRecord>(SwapCoffeeBodies.Style);
        owner.MapDelete("/order", DeleteOrder.HandleAsync);
        owner.MapGet("/orders", GetOrders.HandleAsync);

        var operators = routes.MapGroup(BasePath).WithTags("Operator").Needs(new AdminProof(SwapCoffeeErrors.From));
        operators.MapDelete("/cancel/all", DeleteAll.HandleAsync);
        operators.MapDelete("/cancel/by-id/{id}", DeleteById.HandleAsync);
        operators.MapDelete("/cancel/by-wallet/{address}", DeleteByWallet.HandleAsync);
        operators.MapDelete("/cancel/by-tokens/{first}/{second}", DeleteByTokens.HandleAsync);
        operators.MapPost("/wallet/payout", PostPayout.HandleAsync)
            .AddEndpointFilter(new IdempotencyFilter(_ => "admin", SwapCoffeeErrors.From)).Takes<PayoutRecord>(SwapCoffeeBodies.Style);
    }

    private static string OwnerOf(HttpContext context) => CallerProof.CallerOf(context).Owner.ToString();

    // The original's client has no way to send a key, and one proof serves many calls.
    private static RepeatedProof ProofOf(HttpContext context) =>
        new(context.Request.Headers[XVerify.Header].ToString(),
            context.RequestServices.GetRequiredService<IOptions<SwapCoffeeOptions>>().Value.RepeatWindow);
}
