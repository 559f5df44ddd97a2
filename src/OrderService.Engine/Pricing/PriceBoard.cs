using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>
/// What is believed now, for everyone to read: one immutable snapshot, swapped by the poller. USD is 1 and always fresh; a
/// token that wraps another has the other's price.
/// </summary>
internal sealed class PriceBoard(Func<TokenId, TokenId?> baseTokenOf, IOptions<PricingOptions> options)
{
    private const string constant = "constant"; // the source of USD

    private volatile Snapshot _snapshot = Snapshot.Empty;

    /// <summary>True once a poll got an answer from a source.</summary>
    public bool HasLoaded => _snapshot.HasLoaded;

    /// <summary>The token whose price this one has: what it wraps, or itself.</summary>
    public TokenId PricedAs(TokenId token) => baseTokenOf(token) ?? token;

    /// <summary>The price, where there is one that is neither stale nor in doubt.</summary>
    public bool TryRead(TokenId token, DateTimeOffset now, out BelievedPrice price)
    {
        var snapshot = _snapshot;
        var asked = PricedAs(token);
        price = asked == TokenId.Usd ? new BelievedPrice(asked, Price.One, now, constant) : snapshot.Believed.GetValueOrDefault(asked)!;
        if (price is null || !IsUsable(snapshot, price, now))
        {
            price = null!;
            return false;
        }
        if (asked != token) price = price with { Token = token };
        return true;
    }

    /// <summary>price(watched) / price(base), where both can be read.</summary>
    public bool TryRatio(TokenId watched, TokenId baseAsset, DateTimeOffset now, out PriceRatio ratio) =>
        TryRatio(watched, baseAsset, now, out ratio, out _, out _);

    /// <summary>The same with what it rests on.</summary>
    public bool TryRatio(TokenId watched, TokenId baseAsset, DateTimeOffset now, out PriceRatio ratio, out RatioEvidence evidence)
    {
        evidence = null!;
        if (!TryRatio(watched, baseAsset, now, out ratio, out var of, out var by)) return false;
        evidence = new RatioEvidence(of.Usd, by.Usd, of.At < by.At ? of.At : by.At, SourcesOf(of, by));
        return true;
    }

    /// <summary>Why the ratio of a pair cannot be read now, in a word of <see cref="PriceAbsence"/>; null where it can.</summary>
    public string? WhyNoRatio(TokenId watched, TokenId baseAsset, DateTimeOffset now) => WhyNot(watched, now) ?? WhyNot(baseAsset, now);

    /// <summary>Why there is no price of a token now; null where there is one.</summary>
    public string? WhyNot(TokenId token, DateTimeOffset now) =>
        TryRead(token, now, out _) ? null : PriceAbsence.Of(PricedAs(token), Health(now));

    /// <summary>True for USD and for what was ever believed by this process.</summary>
    public bool Knows(TokenId token) => PricedAs(token) is var asked && (asked == TokenId.Usd || _snapshot.Believed.ContainsKey(asked));

    /// <summary>Every price that can be read now, by token; without USD and without those that only wrap another.</summary>
    public IReadOnlyList<BelievedPrice> All(DateTimeOffset now)
    {
        var snapshot = _snapshot;
        return [.. snapshot.Believed.Values.Where(price => IsUsable(snapshot, price, now))
            .OrderBy(price => price.Token.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>What an operator wants to know.</summary>
    public PriceHealth Health(DateTimeOffset now)
    {
        var snapshot = _snapshot;
        var tokens = snapshot.Believed.Values
            .Select(price =>
                new TokenHealth(price.Token, price.At, now - price.At, IsUsable(snapshot, price, now), price.Sources, price.IsAlone))
            .OrderBy(token => token.Token.ToString(), StringComparer.Ordinal);
        return new PriceHealth(snapshot.HasLoaded, snapshot.LastPoll,
            [.. snapshot.Sources.Values.OrderBy(s => s.Name, StringComparer.Ordinal)], [.. tokens], snapshot.Rejected);
    }

    /// <summary>
    /// Puts what one poll found in the place of what was; a token it says nothing of keeps its price until that is stale.
    /// </summary>
    public void Publish(GateResult result, IReadOnlyCollection<SourceOutcome> outcomes, DateTimeOffset now)
    {
        Snapshot before, after;
        do
        {
            before = _snapshot;
            after = before.After(result, outcomes, now);
        }
        while (Interlocked.CompareExchange(ref _snapshot, after, before) != before);
    }

    private bool TryRatio(
        TokenId watched, TokenId baseAsset, DateTimeOffset now, out PriceRatio ratio, out BelievedPrice of, out BelievedPrice by)
    {
        (ratio, by) = (default, null!);
        return TryRead(watched, now, out of) && TryRead(baseAsset, now, out by) && PriceRatio.TryCreate(of.Usd, by.Usd, out ratio);
    }

    private bool IsUsable(Snapshot snapshot, BelievedPrice price, DateTimeOffset now) =>
        now <= (price.Until ?? price.At + options.Value.StaleAfter) && !snapshot.Doubted.Contains(price.Token);

    private static string SourcesOf(BelievedPrice of, BelievedPrice by) =>
        string.Join(',',
            of.Sources.Split(',').Concat(by.Sources.Split(',')).Where(name => name != constant).Distinct().Order(StringComparer.Ordinal)
                .DefaultIfEmpty(constant));

    private sealed record Snapshot(
        ImmutableDictionary<TokenId, BelievedPrice> Believed, ImmutableHashSet<TokenId> Doubted, IReadOnlyList<PriceRejection> Rejected,
        ImmutableDictionary<string, SourceHealth> Sources, bool HasLoaded, DateTimeOffset? LastPoll)
    {
        public static Snapshot Empty { get; } =
            new(ImmutableDictionary<TokenId, BelievedPrice>.Empty, [], [], ImmutableDictionary<string, SourceHealth>.Empty, false, null);

        public Snapshot After(GateResult result, IReadOnlyCollection<SourceOutcome> outcomes, DateTimeOffset now) => new(
            Believed.SetItems(result.Believed.Select(price => KeyValuePair.Create(price.Token, price))),
            Doubted.Except(result.Believed.Select(price => price.Token)).Union(result.Doubted),
            result.Rejected,
            Sources.SetItems(outcomes.Select(outcome => KeyValuePair.Create(outcome.Source, HealthOf(outcome, now)))),
            HasLoaded || outcomes.Any(outcome => outcome.Reading is not null),
            now);

        private SourceHealth HealthOf(SourceOutcome outcome, DateTimeOffset now) => outcome.Fault is { } fault
            ? new SourceHealth(outcome.Source, Sources.GetValueOrDefault(outcome.Source)?.LastSuccess, PriceSourceException.Told(fault),
                now)
            : new SourceHealth(outcome.Source, now, null, null);
    }
}
