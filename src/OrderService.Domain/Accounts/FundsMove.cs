using System.Diagnostics;
using OrderService.Domain.Amounts;

namespace OrderService.Domain.Accounts;

/// <summary>A slice's amount goes from one state to another: one line of the ledger.</summary>
public readonly record struct FundsMove(FundsState From, FundsState To, TokenAmount Amount)
{
    /// <summary>The word in the history, in the past tense.</summary>
    public string Kind => To switch
    {
        FundsState.InFlight => From == FundsState.Reserved ? AccountEntryKinds.Started : AccountEntryKinds.TakenBack,
        FundsState.Reserved => AccountEntryKinds.GivenBack,
        FundsState.Spent => AccountEntryKinds.Spent,
        FundsState.Returned => AccountEntryKinds.Returned,
        _ => throw new UnreachableException($"unknown state {To}"),
    };
}
