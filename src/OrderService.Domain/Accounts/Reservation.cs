using System.Diagnostics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;

namespace OrderService.Domain.Accounts;

/// <summary>
/// What one order has of its account's sell token. The rule of the ledger holds in every instance, since no other can be made:
/// initial = spent + reserved + returned, and what is in flight is part of what is reserved.
/// </summary>
public sealed record Reservation
{
    /// <summary>Takes amounts that obey the rule; others are a fault.</summary>
    public Reservation(
        Guid orderId, Guid accountId, TokenId token, TokenAmount initial, TokenAmount spent, TokenAmount reserved, TokenAmount inFlight,
        TokenAmount returned)
    {
        (OrderId, AccountId, Token) = (orderId, accountId, token);
        (Initial, Spent, Reserved, InFlight, Returned) = (initial, spent, reserved, inFlight, returned);
        if (initial != spent + reserved + returned || inFlight > reserved)
            throw new UnreachableException($"the ledger of order {orderId} does not sum up: {initial} of which {spent} spent, {reserved} reserved ({inFlight} in flight), {returned} returned");
    }

    /// <summary>The order.</summary>
    public Guid OrderId { get; }

    /// <summary>The account that holds the funds.</summary>
    public Guid AccountId { get; }

    /// <summary>The token that the order sells.</summary>
    public TokenId Token { get; }

    /// <summary>Set aside when the order was made; never changes.</summary>
    public TokenAmount Initial { get; }

    /// <summary>Swapped.</summary>
    public TokenAmount Spent { get; }

    /// <summary>Still set aside, in flight or not.</summary>
    public TokenAmount Reserved { get; }

    /// <summary>The part of it that is in swaps which the chain has not decided.</summary>
    public TokenAmount InFlight { get; }

    /// <summary>The account's again.</summary>
    public TokenAmount Returned { get; }

    /// <summary>The whole amount of a new order, set aside.</summary>
    public static Reservation Of(Guid orderId, Guid accountId, TokenId token, TokenAmount initial) =>
        new(orderId, accountId, token, initial, TokenAmount.Zero, initial, TokenAmount.Zero, TokenAmount.Zero);

    /// <summary>
    /// After a move. One that takes what is not there is a fault: no slice starts without its reservation, and nothing comes back twice.
    /// </summary>
    public Reservation After(FundsMove move)
    {
        var (spent, inFlight, returned, resting) = (Spent, InFlight, Returned, Reserved - InFlight);
        Take(ref Pick(move.From, ref spent, ref inFlight, ref returned, ref resting), move);
        Pick(move.To, ref spent, ref inFlight, ref returned, ref resting) += move.Amount;
        return new Reservation(OrderId, AccountId, Token, Initial, spent, resting + inFlight, inFlight, returned);
    }

    private static ref TokenAmount Pick(
        FundsState state, ref TokenAmount spent, ref TokenAmount inFlight, ref TokenAmount returned, ref TokenAmount resting)
    {
        switch (state)
        {
            case FundsState.Reserved: return ref resting;
            case FundsState.InFlight: return ref inFlight;
            case FundsState.Spent: return ref spent;
            case FundsState.Returned: return ref returned;
            default: throw new UnreachableException($"unknown state {state}");
        }
    }

    private static void Take(ref TokenAmount from, FundsMove move)
    {
        if (from < move.Amount)
            throw new UnreachableException($"{move.Amount} cannot go from {move.From} to {move.To}: only {from} is there");
        from -= move.Amount;
    }
}
