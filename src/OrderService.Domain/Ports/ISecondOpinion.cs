using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Domain.Ports;

/// <summary>What somebody who is no price source thinks that a token costs in USD, and when that was so.</summary>
public readonly record struct PriceOpinion(Price Usd, DateTimeOffset At);

/// <summary>Whom to ask about a token that only one source knows: the venue, whose pools trade it.</summary>
public interface ISecondOpinion
{
    /// <summary>A short name for health and fills.</summary>
    string Name { get; }

    /// <summary>
    /// The opinion, counted from tokens whose price is believed on other grounds, which <paramref name="anchors"/> has; null where there is
    /// none.
    /// </summary>
    PriceOpinion? Of(TokenId token, IReadOnlyDictionary<TokenId, Price> anchors);
}
