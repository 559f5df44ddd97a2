using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Engine.Pricing;

/// <summary>
/// Holds back a jump against what was believed within the last minute, or last, until the source has stood by it for the time of the
/// options or another source says the same. A source stands by a jump while each of its words is within the maximum deviation of the one
/// before; a poll without a word of its own neither counts nor ends that, the silence of a whole staleness limit does.
/// </summary>
internal sealed class JumpWatch(PricingOptions options)
{
    /// <summary>How far back what was believed still counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Price _factor = Price.Parse(options.MaxJump);
    private readonly Dictionary<TokenId, PriceSpan> _believed = [];
    private readonly Dictionary<(TokenId Token, string Source), HeldJump> _claims = [];

    /// <summary>The jumps that sources stand by.</summary>
    public IReadOnlyList<HeldJump> Held => [.. _claims.Values];

    /// <summary>
    /// Goes on with jumps where another node, or this one before a restart, left them; not with those of a source that fell silent.
    /// </summary>
    public void GoOn(IEnumerable<HeldJump> jumps, DateTimeOffset now)
    {
        foreach (var jump in jumps.Where(jump => now - jump.Last <= options.StaleAfter)) _claims[(jump.Token, jump.Source)] = jump;
    }

    /// <summary>Whether a price to measure jumps from is known.</summary>
    public bool Knows(TokenId token) => _believed.ContainsKey(token);

    /// <summary>From here on jumps are measured from this price too; after a jump that was believed, from this alone.</summary>
    public void Remember(TokenId token, Price price, DateTimeOffset now)
    {
        if (_believed.TryGetValue(token, out var span) && !IsJump(span, price, now)) span.Add(price, now);
        else _believed[token] = new PriceSpan(price, now, Window);
    }

    /// <summary>True where the observation is to wait. Asked once a poll for each observation.</summary>
    public bool Holds(FreshObservation seen, IReadOnlyList<FreshObservation> all, DateTimeOffset now)
    {
        var (token, price) = (seen.Observation.Token, seen.Observation.Usd);
        var key = (token, seen.Source);
        if (!_believed.TryGetValue(token, out var span) || !IsJump(span, price, now))
        {
            _claims.Remove(key);
            return false;
        }
        var before = _claims.GetValueOrDefault(key);
        if (before is not null && !PriceSpread.IsWithin(price, before.To, options.MaxDeviation)) before = null;
        var since = before?.Since ?? now;
        var spokenAt = seen.Observation.At < now ? seen.Observation.At : now; // what it said once and repeats has not lasted since
        var hasLasted = before is not null && spokenAt - since >= options.JumpHold;
        var others = all.Where(other => other.Source != seen.Source).ToList();
        var isConfirmed = others.Exists(other => PriceSpread.IsWithin(other.Observation.Usd, price, options.MaxDeviation));
        var why = hasLasted || isConfirmed ? JumpReason.Passed : others.Count == 0 ? JumpReason.Unconfirmed : JumpReason.Contradicted;
        _claims[key] = new HeldJump(token, seen.Source, before?.From ?? span.Last, price, since, now, why);
        return why != JumpReason.Passed;
    }

    /// <summary>Since when this source's jump is held.</summary>
    public DateTimeOffset SinceOf(FreshObservation seen) => _claims[(seen.Observation.Token, seen.Source)].Since;

    /// <summary>Ends a poll: who has been silent for too long must begin again.</summary>
    public void EndPoll(DateTimeOffset now)
    {
        foreach (var (key, claim) in _claims)
        {
            if (now - claim.Last > options.StaleAfter) _claims.Remove(key);
        }
    }

    private bool IsJump(PriceSpan span, Price price, DateTimeOffset now)
    {
        var (low, high) = span.At(now);
        return PriceSpread.IsJump(low, price, _factor) || PriceSpread.IsJump(high, price, _factor);
    }
}

/// <summary>An observation that is young enough, and whose it is.</summary>
internal readonly record struct FreshObservation(string Source, PriceObservation Observation);
