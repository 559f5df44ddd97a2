using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;

namespace OrderService.Venues.Stacks.Routes;

/// <summary>
/// What the pools say that a token costs: the rate of their reserves, fees and depth aside, along the route to a believed token whose
/// shallowest pool is the deepest, so that a pool of dust decides nothing while a real one is there. As old as the vault list; configured
/// reserves are no word of anybody's.
/// </summary>
internal sealed class VaultPrices(VaultRegistry registry) : ISecondOpinion
{
    private volatile Known? _known;

    /// <inheritdoc/>
    public string Name => "vaults";

    /// <inheritdoc/>
    public PriceOpinion? Of(TokenId token, IReadOnlyDictionary<TokenId, Price> anchors)
    {
        if (!registry.HasList || registry.Snapshot is not { } snapshot) return null;
        var known = _known;
        if (known is null || !ReferenceEquals(known.Snapshot, snapshot) || !ReferenceEquals(known.Anchors, anchors))
            _known = known = new Known(snapshot, anchors, VaultSpread.From(snapshot, anchors));
        return known.Prices.TryGetValue(snapshot.Canonical(token), out var usd) ? new PriceOpinion(usd, snapshot.LoadedAt) : null;
    }

    // All tokens of a poll are asked about one after another, with the same anchors.
    private sealed record Known(
        VaultSnapshot Snapshot, IReadOnlyDictionary<TokenId, Price> Anchors, IReadOnlyDictionary<TokenId, Price> Prices);
}
