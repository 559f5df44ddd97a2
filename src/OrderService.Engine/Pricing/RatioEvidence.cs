using OrderService.Domain.Amounts;

namespace OrderService.Engine.Pricing;

/// <summary>
/// What a ratio rests on, to be recorded with what it set off: both prices in USD, the older of their times, the names of their sources.
/// </summary>
internal sealed record RatioEvidence(Price Watched, Price Base, DateTimeOffset At, string Sources);
