using OrderService.Domain.Amounts;

namespace OrderService.Domain.Pricing;

/// <summary>A price in USD that passed the integrity gate, with the time of the oldest observation it rests on and the names of its sources.</summary>
public sealed record BelievedPrice(TokenId Token, Price Usd, DateTimeOffset At, string Sources);

/// <summary>One observation of one source, before the gate: USD per whole token at the source's own time.</summary>
public sealed record PriceObservation(TokenId Token, Price Usd, DateTimeOffset At, bool IsPinned = false);
