using OrderService.Domain.Amounts;

namespace OrderService.Domain.Pricing;

/// <summary>
/// A price in USD that passed the integrity gate, with the time of the oldest observation it rests on and the names of its sources. After
/// <paramref name="Until"/>, where it says so, one of them is too old. One that is alone rests on a single source and a second opinion.
/// </summary>
public sealed record BelievedPrice(
    TokenId Token, Price Usd, DateTimeOffset At, string Sources, DateTimeOffset? Until = null, bool IsAlone = false);

/// <summary>One observation of one source, before the gate: USD per whole token at the source's own time.</summary>
public sealed record PriceObservation(TokenId Token, Price Usd, DateTimeOffset At, PriceOrigin Origin = PriceOrigin.Source);

/// <summary>What an observation is a word of.</summary>
public enum PriceOrigin
{
    /// <summary>A source that tells of a market elsewhere: it may err, lag and lie.</summary>
    Source,

    /// <summary>
    /// The play market of a simulated venue: where no source knows the token it is the market itself, so there is nothing to compare it
    /// with.
    /// </summary>
    PlayMarket,

    /// <summary>Set by hand in the simulator.</summary>
    Pinned,
}
