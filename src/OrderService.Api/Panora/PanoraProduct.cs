using OrderService.Domain;
using OrderService.Domain.Ports;
using OrderService.Engine.Pricing;

namespace OrderService.Api.Panora;

/// <summary>One of the two products of this wire: the name its orders have in the store, how its create call is read, and what the engine's fields are called there.</summary>
internal sealed record PanoraProduct(string Dialect, string BasePath, Func<CallFields, VenueTerms, TokenRegistry, Result<WantedOrder>> Read, IReadOnlyDictionary<string, string> FieldNames)
{
    private static readonly Dictionary<string, string> SharedNames = new()
    {
        ["inputToken"] = "fromTokenAddress",
        ["outputToken"] = "toTokenAddress",
        ["recipient"] = "toWalletAddress",
        ["slippageBps"] = "slippagePercentage",
        ["acceptUnprotectedOutput"] = "acceptUnprotectedOutput",
    };

    /// <summary>An amount in parts at an interval.</summary>
    public static PanoraProduct Dca { get; } = new("panora", "/dca/v1", DcaFields.Read, new Dictionary<string, string>(SharedNames)
    {
        ["amountIn"] = "fromTokenAmount.value",
        ["minAmountOut"] = "minRateToTokenPerFromToken",
        ["parts"] = "numberOfOrders",
        ["interval"] = "interval.value",
        ["rateMin"] = "minRateToTokenPerFromToken",
        ["rateMax"] = "maxRateToTokenPerFromToken",
    });

    /// <summary>One swap at a rate or better.</summary>
    public static PanoraProduct Limit { get; } = new("panora_limit", "/limit/v1", LimitFields.Read, new Dictionary<string, string>(SharedNames)
    {
        ["amountIn"] = "fromTokenAmount",
        ["minAmountOut"] = "rateToTokenPerFromToken",
        ["rateMin"] = "rateToTokenPerFromToken",
        ["validTo"] = "expiry.value",
    });

    /// <summary>The product of the route that was asked for.</summary>
    public static PanoraProduct Of(HttpContext context) => context.GetEndpoint()!.Metadata.GetRequiredMetadata<PanoraProduct>();

    /// <summary>The engine's refusal in the words of the call.</summary>
    public OrderError Named(OrderError why) => why switch
    {
        OrderError.Field field when FieldNames.TryGetValue(field.Name, out var name) => new OrderError.Field(name, field.Problem, field.Code),
        OrderError.UnknownToken unknown when FieldNames.TryGetValue(unknown.Name, out var name) => new OrderError.UnknownToken(name, unknown.Token),
        _ => why,
    };
}
