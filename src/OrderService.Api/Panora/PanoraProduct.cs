using OrderService.Api.Wire;
using OrderService.Domain.Orders;

namespace OrderService.Api.Panora;

/// <summary>
/// One of the two products of this wire: the name its orders have in the store and their kind, and what the engine's fields are called
/// there.
/// </summary>
internal sealed record PanoraProduct(string Dialect, OrderKind Kind, string BasePath, FieldNames FieldNames)
{
    /// <summary>An amount in parts at an interval.</summary>
    public static PanoraProduct Dca { get; } = new("panora", OrderKind.Dca, "/dca/v1", Names(new()
    {
        ["amountIn"] = "fromTokenAmount.value",
        ["minAmountOut"] = "minRateToTokenPerFromToken",
        ["parts"] = "numberOfOrders",
        ["interval"] = "interval.value",
        ["rateMin"] = "minRateToTokenPerFromToken",
        ["rateMax"] = "maxRateToTokenPerFromToken",
    }));

    /// <summary>One swap at a rate or better.</summary>
    public static PanoraProduct Limit { get; } = new("panora_limit", OrderKind.Limit, "/limit/v1", Names(new()
    {
        ["amountIn"] = "fromTokenAmount",
        ["minAmountOut"] = "rateToTokenPerFromToken",
        ["rateMin"] = "rateToTokenPerFromToken",
        ["validTo"] = "expiry.value",
    }));

    /// <summary>What its operations are called after.</summary>
    public string Noun => Kind == OrderKind.Dca ? "Dca" : "Limit";

    /// <summary>The product of the route that was asked for.</summary>
    public static PanoraProduct Of(HttpContext context) => context.GetEndpoint()!.Metadata.GetRequiredMetadata<PanoraProduct>();

    private static FieldNames Names(Dictionary<string, string> own) => new(new Dictionary<string, string>(own)
    {
        ["inputToken"] = "fromTokenAddress",
        ["outputToken"] = "toTokenAddress",
        ["recipient"] = "toWalletAddress",
        ["slippageBps"] = "slippagePercentage",
    });
}
