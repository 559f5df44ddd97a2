using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Venues.Simulated;

/// <summary>POST /simulator/prices: sets a price by hand, or gives it back to the walk.</summary>
internal static class PinPrice
{
    internal sealed record Priced(string Token, string Usd, bool Pinned);

    /// <summary>
    /// Answers the price as the source tells it from now on. A subnet token takes its base token's price, so that one is pinned.
    /// </summary>
    public static async Task<IResult> HandleAsync(
        HttpRequest request, SimulatedWorld world, SimulatedLedger ledger, PriceWalk walk, TimeProvider time, CancellationToken token)
    {
        if (await SimulatorBody.ReadAsync(request, token) is not { } body) return SimulatorErrors.Malformed(time);
        if (!TokenId.TryParse(body.Text("token"), out var named))
            return SimulatorErrors.Field(time, "token", "must be a contract id or .stx");
        if (!world.Tokens.TryGetValue(named, out var listed))
            return SimulatorErrors.Field(time, "token", $"is not a token this service knows: {named}", "unknown_token");
        var id = SimulatedWorld.PriceTokenOf(listed);
        if (body.IsNull("usd"))
        {
            await ledger.UnpinAsync(id, token);
            return Results.Ok(new Priced(id.ToString(), walk.At(world.Priced[id], time.GetUtcNow()).ToString(), Pinned: false));
        }
        if (!Price.TryParse(body.Text("usd"), out var usd) || usd == Price.Zero)
            return SimulatorErrors.Field(time, "usd", "must be a price in text above 0 with up to 18 decimals, or null to unpin");
        await ledger.PinAsync(id, usd, token);
        return Results.Ok(new Priced(id.ToString(), usd.ToString(), Pinned: true));
    }
}
