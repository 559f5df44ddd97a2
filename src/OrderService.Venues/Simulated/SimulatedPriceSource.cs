using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;

namespace OrderService.Venues.Simulated;

/// <summary>
/// The walk's prices, and in their place those that somebody pinned. The pools follow what is believed: see <see cref="Arbitrage"/>.
/// </summary>
internal sealed class SimulatedPriceSource(SimulatedWorld world, SimulatedLedger ledger, PriceWalk walk, TimeProvider time) : IPriceSource
{
    /// <inheritdoc/>
    public string Name => "simulated";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PriceObservation>> FetchAsync(IReadOnlyCollection<TokenId> tokens, CancellationToken token)
    {
        var pinned = await ledger.PinnedAsync(token);
        var now = time.GetUtcNow();
        var seen = new List<PriceObservation>(tokens.Count);
        foreach (var id in tokens)
        {
            if (!world.Priced.TryGetValue(id, out var priced)) continue;
            seen.Add(pinned.TryGetValue(id, out var usd)
                ? new PriceObservation(id, usd, now, PriceOrigin.Pinned)
                : new PriceObservation(id, walk.At(priced, now), now, PriceOrigin.PlayMarket));
        }
        return seen;
    }
}
