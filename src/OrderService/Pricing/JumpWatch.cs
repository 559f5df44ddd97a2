using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Pricing;

/// <summary>
/// Holds back a jump against the last believed price until one source has reported it in three consecutive polls, or a second
/// source reports it too. Two reports are the same where they are within the maximum deviation of each other.
/// </summary>
internal sealed class JumpWatch(PricingOptions options)
{
    public const int PollsNeeded = 3;

    private readonly Dictionary<TokenId, Price> _believed = [];
    private Dictionary<(TokenId Token, string Source), Claim> _claims = [];
    private Dictionary<(TokenId Token, string Source), Claim> _next = [];

    private readonly record struct Claim(Price Price, int Polls);

    /// <summary>Whether a price to measure jumps from is known.</summary>
    public bool Knows(TokenId token) => _believed.ContainsKey(token);

    /// <summary>From here on jumps are measured from this price.</summary>
    public void Remember(TokenId token, Price price) => _believed[token] = price;

    /// <summary>True where the observation is to wait. Asked once a poll for each observation.</summary>
    public bool Holds(FreshObservation seen, IReadOnlyList<FreshObservation> all)
    {
        var (token, price) = (seen.Observation.Token, seen.Observation.Usd);
        if (seen.Observation.IsPinned || !_believed.TryGetValue(token, out var last) || !PriceSpread.IsJump(last, price, options.MaxJump)) return false;

        var key = (token, seen.Source);
        var polls = _claims.TryGetValue(key, out var claim) && PriceSpread.IsWithin(price, claim.Price, options.MaxDeviation) ? claim.Polls + 1 : 1;
        _next[key] = new Claim(price, Math.Min(polls, PollsNeeded));
        if (polls >= PollsNeeded) return false;
        return !all.Any(other => other.Source != seen.Source && PriceSpread.IsWithin(other.Observation.Usd, price, options.MaxDeviation));
    }

    /// <summary>Ends a poll: what was not reported again in it was not consecutive.</summary>
    public void EndPoll()
    {
        (_claims, _next) = (_next, _claims);
        _next.Clear();
    }
}

/// <summary>An observation that is young enough, and whose it is.</summary>
internal readonly record struct FreshObservation(string Source, PriceObservation Observation);
