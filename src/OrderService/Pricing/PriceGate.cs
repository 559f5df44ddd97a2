using System.Globalization;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Pricing;

/// <summary>
/// What is believed after one poll, what is not, and which tokens are in doubt: their sources spoke and were not believed, so
/// the price believed before must not be used either.
/// </summary>
internal sealed record GateResult(IReadOnlyList<BelievedPrice> Believed, IReadOnlyList<PriceRejection> Rejected, IReadOnlyCollection<TokenId> Doubted);

/// <summary>
/// The integrity gate between what sources say and what orders rest on. It does no I/O and remembers only the last believed
/// prices and the jumps that wait; one poll at a time. In this order: what is zero, stale or from the future is left out; a
/// jump waits (<see cref="JumpWatch"/>); sources too far from the median are left out; a majority of the rest must remain.
/// What is believed is the median of those that remain, dated by the oldest of them.
/// </summary>
internal sealed class PriceGate(PricingOptions options)
{
    private readonly JumpWatch _jumps = new(options);

    /// <summary>Whether a price to measure jumps from is known.</summary>
    public bool Remembers(TokenId token) => _jumps.Knows(token);

    /// <summary>Takes a price believed before this process began, to measure jumps from.</summary>
    public void Remember(TokenId token, Price price) => _jumps.Remember(token, price);

    /// <summary>Judges one poll. A source that failed has no reading.</summary>
    public GateResult Judge(IReadOnlyList<SourceReading> readings, DateTimeOffset now)
    {
        var verdict = new Verdict();
        foreach (var rejection in readings.SelectMany(r => r.Unreadable)) verdict.Refuse(rejection);
        var observed = readings.SelectMany(r => r.Observations.Select(o => new FreshObservation(r.Source, o))).GroupBy(o => o.Observation.Token);
        foreach (var token in observed) JudgeToken(token.Key, OnePerSource(token), now, verdict);
        _jumps.EndPoll();
        foreach (var price in verdict.Believed) _jumps.Remember(price.Token, price.Usd);
        return verdict.Close();
    }

    private void JudgeToken(TokenId token, IReadOnlyList<FreshObservation> observed, DateTimeOffset now, Verdict verdict)
    {
        var fresh = observed.Where(seen => IsFresh(seen, now, verdict)).ToList();
        var held = fresh.Where(seen => _jumps.Holds(seen, fresh)).ToList();
        foreach (var seen in held) verdict.Refuse(seen, RejectionReason.JumpHeld, $"{seen.Observation.Usd} is a jump that is not confirmed yet");
        var heard = fresh.Except(held).ToList();
        if (heard.Count < options.SourcesMin)
        {
            if (fresh.Count > 0) verdict.Refuse(token, RejectionReason.TooFewSources, string.Create(CultureInfo.InvariantCulture, $"{heard.Count} of {options.SourcesMin} sources"));
            return;
        }
        var agreeing = Agreeing(heard, verdict);
        if (agreeing.Count * 2 <= heard.Count)
            verdict.Refuse(token, RejectionReason.NoMajority, string.Create(CultureInfo.InvariantCulture, $"{agreeing.Count} of {heard.Count} sources agree"));
        else if (agreeing.Count < options.SourcesMin)
            verdict.Refuse(token, RejectionReason.TooFewSources, string.Create(CultureInfo.InvariantCulture, $"{agreeing.Count} of {options.SourcesMin} sources"));
        else
            verdict.Believed.Add(Believe(token, agreeing, now));
    }

    private bool IsFresh(FreshObservation seen, DateTimeOffset now, Verdict verdict)
    {
        var (at, usd) = (seen.Observation.At, seen.Observation.Usd);
        if (usd == Price.Zero || usd > Price.MaxValue) return verdict.Refuse(seen, RejectionReason.NotPositive, "price is zero or out of range");
        if (now - at > options.StaleAfter) return verdict.Refuse(seen, RejectionReason.Stale, string.Create(CultureInfo.InvariantCulture, $"observed at {at:O}"));
        if (at - now > options.StaleAfter) return verdict.Refuse(seen, RejectionReason.FromFuture, string.Create(CultureInfo.InvariantCulture, $"observed at {at:O}"));
        return true;
    }

    private List<FreshObservation> Agreeing(List<FreshObservation> heard, Verdict verdict)
    {
        var median = PriceSpread.Median(heard.Select(seen => seen.Observation.Usd));
        var near = heard.ToLookup(seen => PriceSpread.IsWithin(seen.Observation.Usd, median, options.MaxDeviation));
        foreach (var seen in near[false]) verdict.Refuse(seen, RejectionReason.Deviates, $"{seen.Observation.Usd} is too far from the median {median}");
        return [.. near[true]];
    }

    // A clock a little ahead of ours does not make a price younger than now.
    private static BelievedPrice Believe(TokenId token, List<FreshObservation> agreeing, DateTimeOffset now)
    {
        var oldest = agreeing.Min(seen => seen.Observation.At);
        return new BelievedPrice(token, PriceSpread.Median(agreeing.Select(seen => seen.Observation.Usd)), oldest < now ? oldest : now,
            string.Join(',', agreeing.Select(seen => seen.Source).Order(StringComparer.Ordinal)));
    }

    // Whoever names a token twice is taken at the newest word.
    private static List<FreshObservation> OnePerSource(IEnumerable<FreshObservation> observed) =>
        [.. observed.GroupBy(seen => seen.Source, (_, all) => all.MaxBy(seen => seen.Observation.At))];

    private sealed class Verdict
    {
        private readonly HashSet<TokenId> _suspect = [];

        public List<BelievedPrice> Believed { get; } = [];

        public List<PriceRejection> Rejected { get; } = [];

        public bool Refuse(FreshObservation seen, RejectionReason why, string detail) =>
            Refuse(new PriceRejection(seen.Observation.Token, seen.Source, why, detail));

        // No news, or old news, takes nothing away from what is known; all else says that something is wrong with it.
        public bool Refuse(PriceRejection rejection)
        {
            Rejected.Add(rejection);
            if (rejection.Reason is not (RejectionReason.NoAnswer or RejectionReason.BadTime or RejectionReason.Stale or RejectionReason.FromFuture or RejectionReason.TooFewSources))
                _suspect.Add(rejection.Token);
            return false;
        }

        public void Refuse(TokenId token, RejectionReason why, string detail) => Refuse(new PriceRejection(token, null, why, detail));

        public GateResult Close()
        {
            _suspect.ExceptWith(Believed.Select(price => price.Token));
            return new GateResult(Believed, Rejected, _suspect);
        }
    }
}
