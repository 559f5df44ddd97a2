using System.Globalization;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>
/// The integrity gate between what sources say and what orders rest on. It does no I/O and remembers the last believed prices, the jumps
/// that wait and who knows what; one poll at a time. In this order: what is zero, stale or from the future is left out; a jump waits
/// (<see cref="JumpWatch"/>); sources too far from the median are left out; a majority of the rest must remain, two at least where several
/// know the token. Where only one does, the venue's pools must agree. What is believed is the median of those that remain, dated by the
/// oldest of them.
/// </summary>
internal sealed class PriceGate(PricingOptions options, ISecondOpinion? opinion = null)
{
    private readonly JumpWatch _jumps = new(options);
    private readonly PriceCoverage _coverage = new();
    private readonly Dictionary<TokenId, BelievedPrice> _anchors = []; // believed on the word of two sources
    private Dictionary<TokenId, Price> _anchorPrices = [];
    private int _pace = 1;
    private readonly Dictionary<string, TimeSpan> _staleAfter = options.Sources.StaleAfters();

    /// <summary>Whether a price to measure jumps from is known.</summary>
    public bool Remembers(TokenId token) => _jumps.Knows(token);

    /// <summary>Takes a price believed before this process began, to measure jumps from.</summary>
    public void Remember(TokenId token, Price price) => Remember(token, price, DateTimeOffset.MinValue);

    /// <summary>The same with the moment at which it was believed.</summary>
    public void Remember(TokenId token, Price price, DateTimeOffset at) => _jumps.Remember(token, price, at);

    /// <summary>The jumps that sources stand by.</summary>
    public IReadOnlyList<HeldJump> HeldJumps => _jumps.Held;

    /// <summary>Goes on with jumps where another node, or this one before a restart, left them.</summary>
    public void GoOn(IEnumerable<HeldJump> jumps, DateTimeOffset now) => _jumps.GoOn(jumps, now);

    /// <summary>The source knew the token when another node asked; until it answers, that counts.</summary>
    public void Recall(string source, TokenId token) => _coverage.Recall(source, token);

    /// <summary>The source is there for these tokens, also while it does not answer.</summary>
    public void Expect(string source, IEnumerable<TokenId> tokens) => _coverage.Expect(source, tokens);

    /// <summary>
    /// Judges one poll. A source that failed has no reading. Where time runs so many times as fast, prices may be as many times as old.
    /// </summary>
    public GateResult Judge(IReadOnlyList<SourceReading> readings, DateTimeOffset now, int pace = 1)
    {
        _pace = pace;
        var verdict = new GateVerdict();
        foreach (var reading in readings) _coverage.Hear(reading);
        foreach (var rejection in readings.SelectMany(r => r.Unreadable)) verdict.Refuse(rejection);
        var observed = readings.SelectMany(r => r.Observations.Select(o => new FreshObservation(r.Source, o)))
            .GroupBy(o => o.Observation.Token);
        // Those of several sources first: the others are compared with them.
        var several = observed.ToLookup(token => _coverage.Of(token.Key).Count > 1);
        foreach (var token in several[true]) JudgeToken(token.Key, OnePerSource(token), now, verdict);
        _anchorPrices = AnchorsAt(now, verdict);
        foreach (var token in several[false]) JudgeToken(token.Key, OnePerSource(token), now, verdict);
        _jumps.EndPoll(now);
        return verdict.Close();
    }

    // What is pinned stands alone; so does a play market, where no source knows the token.
    private void JudgeToken(TokenId token, List<FreshObservation> observed, DateTimeOffset now, GateVerdict verdict)
    {
        var sources = _coverage.Of(token);
        var alone = observed.Where(seen => seen.Observation.Origin == PriceOrigin.Pinned).ToList();
        if (alone.Count == 0 && sources.Count == 0) alone = observed;
        if (alone.Count == 0)
        {
            JudgeSources(token, sources.Count, [.. observed.Where(seen => seen.Observation.Origin == PriceOrigin.Source)], now, verdict);
            return;
        }
        var market = alone.Where(seen => IsFresh(seen, now, verdict)).ToList();
        if (market.Count > 0) verdict.Believe(Median(token, market, now));
    }

    private void JudgeSources(TokenId token, int known, List<FreshObservation> observed, DateTimeOffset now, GateVerdict verdict)
    {
        var fresh = observed.Where(seen => IsFresh(seen, now, verdict)).ToList();
        var held = fresh.Where(seen => _jumps.Holds(seen, fresh, now)).ToList();
        foreach (var seen in held)
        {
            verdict.Refuse(seen, RejectionReason.JumpHeld,
                string.Create(CultureInfo.InvariantCulture,
                    $"{seen.Observation.Usd} is a jump that nobody confirms and that has not lasted, since {_jumps.SinceOf(seen):O}"));
        }
        var heard = fresh.Except(held).ToList();
        if (fresh.Count == 0) return;
        var agreeing = Agreeing(heard, verdict);
        var needed = Math.Max(options.SourcesMin, Math.Min(known, 2));
        if (agreeing.Count < heard.Count && agreeing.Count * 2 <= heard.Count)
        {
            verdict.Refuse(token, RejectionReason.NoMajority,
                string.Create(CultureInfo.InvariantCulture, $"{agreeing.Count} of {heard.Count} sources agree"));
        }
        else if (agreeing.Count < needed)
        {
            verdict.Refuse(token, RejectionReason.TooFewSources,
                string.Create(CultureInfo.InvariantCulture, $"{agreeing.Count} of {needed} sources"));
        }
        else if (agreeing.Count > 1)
        {
            Believe(Median(token, agreeing, now), isAnchor: true, now, verdict);
        }
        else
        {
            JudgeAlone(Median(token, agreeing, now), now, verdict);
        }
    }

    private void Believe(BelievedPrice price, bool isAnchor, DateTimeOffset now, GateVerdict verdict)
    {
        verdict.Believe(price);
        _jumps.Remember(price.Token, price.Usd, now);
        if (isAnchor) _anchors[price.Token] = price;
        else _anchors.Remove(price.Token);
    }

    // One source is believed only where those who trade the token say about the same.
    private void JudgeAlone(BelievedPrice price, DateTimeOffset now, GateVerdict verdict)
    {
        if (opinion?.Of(price.Token, _anchorPrices) is not { } second || now - second.At > options.OpinionMaxAge)
        {
            verdict.Refuse(price.Token, RejectionReason.NoSecondOpinion,
                $"only {price.Sources} knows it, and no pool leads to a token that two sources agree on");
        }
        else if (!PriceSpread.IsWithin(price.Usd, second.Usd, options.MaxDeviation))
        {
            verdict.Refuse(price.Token, RejectionReason.OpinionDeviates,
                $"{price.Sources} says {price.Usd}, {opinion.Name} say {second.Usd}");
        }
        else
        {
            Believe(price with { Sources = $"{price.Sources},{opinion.Name}", IsAlone = true }, isAnchor: false, now, verdict);
        }
    }

    private Dictionary<TokenId, Price> AnchorsAt(DateTimeOffset now, GateVerdict verdict)
    {
        foreach (var doubted in verdict.Doubted) _anchors.Remove(doubted);
        var anchors = _anchors.Values.Where(price => now <= price.Until).ToDictionary(price => price.Token, price => price.Usd);
        anchors[TokenId.Usd] = Price.One;
        return anchors;
    }

    private bool IsFresh(FreshObservation seen, DateTimeOffset now, GateVerdict verdict)
    {
        var (at, usd) = (seen.Observation.At, seen.Observation.Usd);
        if (usd == Price.Zero || usd > Price.MaxValue)
            return verdict.Refuse(seen, RejectionReason.NotPositive, "price is zero or out of range");
        if (now - at > StaleAfterOf(seen.Source)) return verdict.Refuse(seen, RejectionReason.Stale, Aged(now - at, at));
        if (at - now > options.StaleAfter)
            return verdict.Refuse(seen, RejectionReason.FromFuture, string.Create(CultureInfo.InvariantCulture, $"observed at {at:O}"));
        return true;
    }

    private List<FreshObservation> Agreeing(List<FreshObservation> heard, GateVerdict verdict)
    {
        if (heard.Count == 0) return [];
        var median = PriceSpread.Median(heard.Select(seen => seen.Observation.Usd));
        var near = heard.ToLookup(seen => PriceSpread.IsWithin(seen.Observation.Usd, median, options.MaxDeviation));
        foreach (var seen in near[false])
            verdict.Refuse(seen, RejectionReason.Deviates, $"{seen.Observation.Usd} is too far from the median {median}");
        return [.. near[true]];
    }

    // A clock a little ahead of ours does not make a price younger than now.
    private BelievedPrice Median(TokenId token, List<FreshObservation> agreeing, DateTimeOffset now)
    {
        var oldest = agreeing.Min(seen => seen.Observation.At);
        return new BelievedPrice(token, PriceSpread.Median(agreeing.Select(seen => seen.Observation.Usd)), oldest < now ? oldest : now,
            string.Join(',', agreeing.Select(seen => seen.Source).Order(StringComparer.Ordinal)),
            agreeing.Min(seen => (seen.Observation.At < now ? seen.Observation.At : now) + StaleAfterOf(seen.Source)));
    }

    private static string Aged(TimeSpan age, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)age.TotalSeconds} s old, observed at {at:O}");

    private TimeSpan StaleAfterOf(string source) => _staleAfter.GetValueOrDefault(source, options.StaleAfter) * _pace;

    // Whoever names a token twice is taken at the newest word.
    private static List<FreshObservation> OnePerSource(IEnumerable<FreshObservation> observed) =>
        [.. observed.GroupBy(seen => seen.Source, (_, all) => all.MaxBy(seen => seen.Observation.At))];
}
