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
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Price _factor = Price.Parse(options.MaxJump);
    private readonly Dictionary<TokenId, PriceSpan> _believed = [];
    private readonly Dictionary<(TokenId Token, string Source), Claim> _claims = [];

    private readonly record struct Claim(Price Price, DateTimeOffset Since, DateTimeOffset Last);

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
        var goesOn = _claims.TryGetValue(key, out var claim) && PriceSpread.IsWithin(price, claim.Price, options.MaxDeviation);
        _claims[key] = new Claim(price, goesOn ? claim.Since : now, now);
        var spokenAt = seen.Observation.At < now ? seen.Observation.At : now; // what it said once and repeats has not lasted since
        if (goesOn && spokenAt - claim.Since >= options.JumpHold) return false;
        return !all.Any(other => other.Source != seen.Source && PriceSpread.IsWithin(other.Observation.Usd, price, options.MaxDeviation));
    }

    /// <summary>How long the token's longest jump has been held; null where none is.</summary>
    public DateTimeOffset? HeldSince(TokenId token) =>
        _claims.Where(claim => claim.Key.Token == token).Select(claim => (DateTimeOffset?)claim.Value.Since).Min();

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
