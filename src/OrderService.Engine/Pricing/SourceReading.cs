using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>What one source said in one poll: its observations, and what in its answer was no price.</summary>
internal sealed record SourceReading(string Source, IReadOnlyList<PriceObservation> Observations, IReadOnlyList<PriceRejection> Unreadable);
