using OrderService.Domain;
using OrderService.Domain.Pricing;

namespace OrderService.Api.SwapCoffee;

/// <summary>GET eligibility/to-tokens/{address}: what orders of a kind may buy with this token.</summary>
internal static class GetToTokens
{
    public static IResult Handle(string address, HttpContext context, EligiblePairs pairs)
    {
        if (TypeQuery.ReadRequired(context.Request.Query).IsRejected(out var why, out var type)) return SwapCoffeeErrors.From(why);
        if (!TokenAddress.TryParse(address, out var sell))
            return SwapCoffeeErrors.From(new OrderError.Field("address", TokenAddress.Shape));
        if (pairs.BuyableWith(sell).IsRejected(out why, out var buyable)) return SwapCoffeeErrors.From(why);
        return Answers.Texts(context, type == StrategyType.Vca ? [] : buyable.Select(TokenAddress.Of));
    }
}
