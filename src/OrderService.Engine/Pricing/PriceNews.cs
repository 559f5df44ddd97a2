using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>
/// What the rows say of prices and a reader has not seen: the prices that changed, all tokens in doubt, and how the sources are, where that
/// changed.
/// </summary>
internal sealed record PriceNews(
    long Revision, Guid Node, DateTimeOffset PolledAt, bool HasLoaded, IReadOnlyList<BelievedPrice> Believed,
    IReadOnlyList<TokenId> Doubted, ToldHealth? Health);

/// <summary>How the sources are, and what is not believed and why, as one node tells the others.</summary>
internal sealed record ToldHealth(IReadOnlyList<SourceHealth> Sources, IReadOnlyList<PriceRejection> Rejected);
