using System.Numerics;
using OrderService.Domain.Amounts;

namespace OrderService.Domain.Accounts;

/// <summary>
/// What the sends of a holder, an owner's wallet or a managed account, take of one token: the amounts of swaps that the chain has not
/// decided, and the sum of all that were ever swapped, which only grows. What a balance leaves is reckoned with both, so a balance that was
/// read before a swap was settled is never taken for more than there is.
/// </summary>
public readonly record struct Hold(BigInteger InFlight, BigInteger Spent)
{
    /// <summary>
    /// What is left of a balance that was read when <see cref="SeenBalance.Spent"/> had been swapped. Too little where a swap was mined,
    /// but not settled, when it was read; never too much.
    /// </summary>
    public TokenAmount LeftOf(SeenBalance seen)
    {
        var left = (BigInteger)seen.Balance.Units - BigInteger.Max(0, Spent - seen.Spent) - InFlight;
        return left.Sign > 0 ? new TokenAmount((UInt128)left) : TokenAmount.Zero;
    }

    /// <summary>
    /// After a slice's amount went from one state to another. A swap that a reorganisation takes back is in flight again; the sum of the
    /// swapped keeps it.
    /// </summary>
    public Hold After(FundsMove move) => new(
        BigInteger.Max(0, InFlight + InFlightBy(move)), Spent + SpentBy(move));

    /// <summary>By how much a move changes what is in flight.</summary>
    public static BigInteger InFlightBy(FundsMove move) =>
        (move.To == FundsState.InFlight
            ? (BigInteger)move.Amount.Units : 0) - (move.From == FundsState.InFlight ? (BigInteger)move.Amount.Units : 0);

    /// <summary>By how much it changes what was swapped.</summary>
    public static BigInteger SpentBy(FundsMove move) =>
        (move.From, move.To) is (FundsState.InFlight, FundsState.Spent) ? (BigInteger)move.Amount.Units : 0;
}

/// <summary>A balance as the chain told it, and what its holder had swapped of the token when it was asked for.</summary>
public sealed record SeenBalance(TokenAmount Balance, BigInteger Spent, DateTimeOffset At);
