using Microsoft.Extensions.Options;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>
/// What is believed now, for everyone to read: one immutable state, swapped by the poller. USD is 1 and always fresh; a
/// token that wraps another has the other's price.
/// </summary>
internal sealed class PriceBoard(Func<TokenId, TokenId?> baseTokenOf, IOptions<PricingOptions> options)
{
    private const string constant = "constant"; // the source of USD

    private volatile PriceState _state = PriceState.Empty;

    /// <summary>All of it as it stands.</summary>
    public PriceState State => _state;

    /// <summary>True once a poll got an answer from a source.</summary>
    public bool HasLoaded => _state.HasLoaded;

    /// <summary>The token whose price this one has: what it wraps, or itself.</summary>
    public TokenId PricedAs(TokenId token) => baseTokenOf(token) ?? token;

    /// <summary>The price, where there is one that is neither stale nor in doubt.</summary>
    public bool TryRead(TokenId token, DateTimeOffset now, out BelievedPrice price)
    {
        var state = _state;
        var asked = PricedAs(token);
        price = asked == TokenId.Usd ? new BelievedPrice(asked, Price.One, now, constant) : state.Believed.GetValueOrDefault(asked)!;
        if (price is null || !IsUsable(state, price, now))
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
    public bool Knows(TokenId token) => PricedAs(token) is var asked && (asked == TokenId.Usd || _state.Believed.ContainsKey(asked));

    /// <summary>Every price that can be read now, by token; without USD and without those that only wrap another.</summary>
    public IReadOnlyList<BelievedPrice> All(DateTimeOffset now)
    {
        var state = _state;
        return [.. state.Believed.Values.Where(price => IsUsable(state, price, now))
            .OrderBy(price => price.Token.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>What an operator wants to know.</summary>
    public PriceHealth Health(DateTimeOffset now)
    {
        var state = _state;
        var tokens = state.Believed.Values
            .Select(price =>
                new TokenHealth(price.Token, price.At, now - price.At, IsUsable(state, price, now), price.Sources, price.IsAlone))
            .OrderBy(token => token.Token.ToString(), StringComparer.Ordinal);
        return new PriceHealth(state.HasLoaded, state.LastPoll,
            [.. state.Sources.Values.OrderBy(s => s.Name, StringComparer.Ordinal)], [.. tokens], state.Rejected, state.AskedBy);
    }

    /// <summary>
    /// Puts what one poll found in the place of what was; a token it says nothing of keeps its price until that is stale.
    /// </summary>
    public void Publish(GateResult result, IReadOnlyCollection<SourceOutcome> outcomes, DateTimeOffset now) =>
        Change(state => state.After(result, outcomes, now));

    /// <summary>Puts what another node believes in its place.</summary>
    public void Take(PriceNews news) => Change(state => state.With(news));

    /// <summary>Goes on from what another node believed, or this one before a restart; who answers is to be seen.</summary>
    public void GoOn(PriceNews news) => Change(state => state.From(news));

    private void Change(Func<PriceState, PriceState> change)
    {
        PriceState before, after;
        do
        {
            before = _state;
            after = change(before);
        }
        while (Interlocked.CompareExchange(ref _state, after, before) != before);
    }

    private bool TryRatio(
        TokenId watched, TokenId baseAsset, DateTimeOffset now, out PriceRatio ratio, out BelievedPrice of, out BelievedPrice by)
    {
        (ratio, by) = (default, null!);
        return TryRead(watched, now, out of) && TryRead(baseAsset, now, out by) && PriceRatio.TryCreate(of.Usd, by.Usd, out ratio);
    }

    private bool IsUsable(PriceState state, BelievedPrice price, DateTimeOffset now) =>
        now <= (price.Until ?? price.At + options.Value.StaleAfter) && !state.Doubted.Contains(price.Token);

    private static string SourcesOf(BelievedPrice of, BelievedPrice by) =>
        string.Join(',',
            of.Sources.Split(',').Concat(by.Sources.Split(',')).Where(name => name != constant).Distinct().Order(StringComparer.Ordinal)
                .DefaultIfEmpty(constant));
}
