using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Execution;

/// <summary>
/// Where a call stands: on its account's nonce, and on that of who pays for it, where that is one of the service's. One that is outbid
/// there by another of the account's will not be mined.
/// </summary>
internal readonly record struct CallPlace(long Nonce, string? Payer, long PayerNonce, bool IsMined, bool IsOutbid = false);

/// <summary>
/// What stands on an account's nonces from the chain's next one on. What uses one up is a transaction that was mined, whatever it did; what
/// can never be mined stands on none. So the next nonce is the lowest on which nothing stands, and one that was given back is used before
/// any new one.
/// </summary>
internal sealed class AccountCalls(long seen, IEnumerable<CallPlace> places)
{
    private readonly List<CallPlace> _places = [.. places];

    /// <summary>The chain's next nonce, as it was last seen.</summary>
    public long Seen => seen;

    /// <summary>What of it is left where the chain has come so far since.</summary>
    public AccountCalls From(long next) => new(next, _places.Where(place => place.Nonce >= next));

    /// <summary>The lowest nonce on which nothing stands.</summary>
    public long Next
    {
        get
        {
            var next = seen;
            while (StandsOn(next)) next++;
            return next;
        }
    }

    /// <summary>One above all on which something stands.</summary>
    public long Top => _places.Aggregate(seen, (top, place) => Math.Max(top, place.Nonce + 1));

    /// <summary>
    /// True where one more may be sent: fewer than so many are under way, or one was given back that others wait for. While one is outbid,
    /// and the chain has not said so, none is: it would stand behind a nonce that comes free.
    /// </summary>
    public bool HasRoom(int inFlightMax) => (InFlight < inFlightMax || Next < Top) && !Waiting.Any(place => place.IsOutbid);

    /// <summary>Nonces of what the chain has not mined.</summary>
    public int InFlight => Waiting.Select(place => place.Nonce).Distinct().Count();

    /// <summary>How many of these an operator sent back.</summary>
    public int SentBack => Waiting.Count(place => place.Payer is null);

    /// <summary>True where calls wait for a nonce on which nothing stands.</summary>
    public bool WaitsForNext => Behind(Next).Count > 0;

    /// <summary>The places with payers of what waits behind a nonce, the lowest first.</summary>
    public IReadOnlyList<CallPlace> Behind(long nonce) =>
        [.. Waiting.Where(place => place.Nonce > nonce && place.Payer is not null).OrderBy(place => place.PayerNonce)
            .DistinctBy(place => (place.Payer, place.PayerNonce))];

    /// <summary>True where something stands on the nonce.</summary>
    public bool StandsOn(long nonce) => _places.Exists(place => place.Nonce == nonce);

    /// <summary>
    /// True where a call on this nonce waits for nothing that waits for it: all that the account has under way is paid for by the same
    /// payer, in the same order.
    /// </summary>
    public bool Fits(long nonce, string payer, long payerNonce) =>
        Waiting.All(place => place.Payer is null
            || (place.Payer == payer && place.PayerNonce != payerNonce && place.Nonce < nonce == place.PayerNonce < payerNonce));

    /// <summary>A call that is about to be sent.</summary>
    public void Add(CallPlace place) => _places.Add(place);

    private IEnumerable<CallPlace> Waiting => _places.Where(place => !place.IsMined);
}

/// <summary>The nonce of its account that a call takes, if it gets a place with a payer.</summary>
internal sealed record CallTurn(StacksAddress Account, long Nonce, AccountCalls Calls)
{
    /// <summary>True where it may stand on this nonce of this payer.</summary>
    public bool Fits(string payer, long nonce) => Calls.Fits(Nonce, payer, nonce);
}
