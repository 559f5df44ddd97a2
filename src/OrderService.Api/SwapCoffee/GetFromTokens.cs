using OrderService.Domain;

namespace OrderService.Api.SwapCoffee;

/// <summary>GET eligibility/from-tokens: what orders of a kind may sell.</summary>
internal static class GetFromTokens
{
    public static IResult Handle(HttpContext context, EligiblePairs pairs)
    {
        if (TypeQuery.ReadRequired(context.Request.Query).IsRejected(out var why, out var type)) return SwapCoffeeErrors.From(why);
        if (pairs.Sellable().IsRejected(out why, out var sellable)) return SwapCoffeeErrors.From(why);
        return Answers.Texts(context, type == StrategyType.Vca ? [] : sellable.Select(TokenAddress.Of));
    }
}
