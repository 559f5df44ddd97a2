using System.Collections.Immutable;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>
/// What is believed at one moment: the last believed price of each token, the tokens that are in doubt, what was not believed, and how the
/// sources are. <see cref="AskedBy"/> names the node that asks where it is another.
/// </summary>
internal sealed record PriceState(
    ImmutableDictionary<TokenId, BelievedPrice> Believed, ImmutableHashSet<TokenId> Doubted, IReadOnlyList<PriceRejection> Rejected,
    ImmutableDictionary<string, SourceHealth> Sources, bool HasLoaded, DateTimeOffset? LastPoll, Guid? AskedBy)
{
    public static PriceState Empty { get; } =
        new(ImmutableDictionary<TokenId, BelievedPrice>.Empty, [], [], ImmutableDictionary<string, SourceHealth>.Empty, false, null, null);

    /// <summary>After a poll of this node's.</summary>
    public PriceState After(GateResult result, IReadOnlyCollection<SourceOutcome> outcomes, DateTimeOffset now) => new(
        Believed.SetItems(result.Believed.Select(price => KeyValuePair.Create(price.Token, price))),
        Doubted.Except(result.Believed.Select(price => price.Token)).Union(result.Doubted),
        result.Rejected,
        Sources.SetItems(outcomes.Select(outcome => KeyValuePair.Create(outcome.Source, HealthOf(outcome, now)))),
        HasLoaded || outcomes.Any(outcome => outcome.Reading is not null),
        now,
        null);

    /// <summary>With what another node wrote down.</summary>
    public PriceState With(PriceNews news) => From(news) with
    {
        Rejected = news.Health?.Rejected ?? Rejected,
        Sources = news.Health is { } health ? health.Sources.ToImmutableDictionary(source => source.Name) : Sources,
        HasLoaded = news.HasLoaded, LastPoll = news.PolledAt, AskedBy = news.Node,
    };

    /// <summary>With what it believed, and nothing of who answered.</summary>
    public PriceState From(PriceNews news) => this with
    {
        Believed = Believed.SetItems(news.Believed.Select(price => KeyValuePair.Create(price.Token, price))), Doubted = [.. news.Doubted],
    };

    private SourceHealth HealthOf(SourceOutcome outcome, DateTimeOffset now) => outcome.Fault is { } fault
        ? new SourceHealth(outcome.Source, Sources.GetValueOrDefault(outcome.Source)?.LastSuccess, PriceSourceException.Told(fault), now)
        : new SourceHealth(outcome.Source, now, null, null);
}
