namespace OrderService.Dialects.SwapCoffee;

/// <summary>GET eligibility/user/{address}: every wallet that proves itself may use strategies here.</summary>
internal static class GetUserEligibility
{
    public static IResult Handle(string address, HttpContext context, OwnerProof proof) =>
        proof.Check(address, context).IsRejected(out var why) ? SwapCoffeeErrors.From(why) : Answers.Json(context, json => json.WriteBooleanValue(true));
}
