using System.Diagnostics;
using OrderService.Domain.Amounts;

namespace OrderService.Domain.Accounts;

/// <summary>A slice's amount goes from one state to another: one line of the ledger.</summary>
public readonly record struct FundsMove(FundsState From, FundsState To, TokenAmount Amount)
{
    /// <summary>The word in the history, in the past tense.</summary>
    public string Kind => (From, To) switch
    {
        (FundsState.Spent, FundsState.Reserved or FundsState.InFlight) => AccountEntryKinds.TakenBack,
        (FundsState.Reserved, FundsState.InFlight) => AccountEntryKinds.Started,
        (FundsState.InFlight, FundsState.Reserved) => AccountEntryKinds.GivenBack,
        (FundsState.Reserved or FundsState.InFlight, FundsState.Spent) => AccountEntryKinds.Spent,
        (FundsState.Reserved or FundsState.InFlight, FundsState.Returned) => AccountEntryKinds.Returned,
        _ => throw new UnreachableException($"{Amount} cannot go from {From} to {To}"),
    };

    /// <summary>True where a swap in flight begins or ends.</summary>
    public bool TouchesInFlight => From == FundsState.InFlight || To == FundsState.InFlight;

    /// <summary>
    /// The lines that a change of a slice's state is: one, but for a swap that was taken back and whose slice ended in the same moment.
    /// </summary>
    public static IEnumerable<FundsMove> Between(FundsState from, FundsState to, TokenAmount amount) => (from, to) switch
    {
        _ when from == to => [],
        (FundsState.Spent, FundsState.Returned) => [new(from, FundsState.Reserved, amount), new(FundsState.Reserved, to, amount)],
        _ => [new(from, to, amount)],
    };
}
