using OrderService.Api.Wire;

namespace OrderService.Api.SwapCoffee;

/// <summary>GET eligibility/user/{address}: every wallet that proves itself may use strategies here.</summary>
internal static class GetUserEligibility
{
    public static IResult Handle(HttpContext context) => JsonAnswer.Fresh(context, true, SwapCoffeeJson.Default.Boolean);
}
