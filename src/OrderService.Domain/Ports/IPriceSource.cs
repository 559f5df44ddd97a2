using OrderService.Domain.Pricing;

namespace OrderService.Domain.Ports;

/// <summary>Where prices come from: another process. A source reports what it saw; what is believed is decided by the gate.</summary>
public interface IPriceSource
{
    /// <summary>A short name for logs, health and fills.</summary>
    string Name { get; }

    /// <summary>
    /// Observations of every token asked for that the source knows. Throws what its transport throws; text that is no price is left out and
    /// counted by the caller as missing.
    /// </summary>
    Task<IReadOnlyList<PriceObservation>> FetchAsync(IReadOnlyCollection<TokenId> tokens, CancellationToken token);
}
