using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>
/// How the prices are, for people: each source, each token ever believed, all that the last poll did not believe, and the node that polls
/// where that is another.
/// </summary>
internal sealed record PriceHealth(
    bool HasLoaded, DateTimeOffset? LastPoll, IReadOnlyList<SourceHealth> Sources, IReadOnlyList<TokenHealth> Tokens,
    IReadOnlyList<PriceRejection> Rejected, Guid? AskedBy = null);

/// <summary>When a source last answered, and what it last failed with (null while it answers).</summary>
internal sealed record SourceHealth(string Name, DateTimeOffset? LastSuccess, string? LastError, DateTimeOffset? LastErrorAt);

/// <summary>
/// How old a token's price is, whether orders may rest on it, and whether one source alone and a second opinion stand behind it.
/// </summary>
internal sealed record TokenHealth(TokenId Token, DateTimeOffset At, TimeSpan Age, bool IsUsable, string Sources, bool IsAlone = false);
