using OrderService.Domain.Accounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Accounts;
using OrderService.Engine.Persistence;

namespace OrderService.Engine.Execution;

/// <summary>
/// What the end of a transaction means for its withdrawal and the account's ledger, under the withdrawal's lock. A terminal state rests on
/// positive evidence only.
/// </summary>
internal static class WithdrawalSettlement
{
    private const int PauseFactorMax = 100;

    /// <summary>How long a withdrawal waits after so many lost tries.</summary>
    public static TimeSpan PauseAfter(int tries, TimeSpan first) => first * Math.Min(PauseFactorMax, 1L << Math.Clamp(tries - 1, 0, 10));

    /// <summary>Writes what the chain says of a transaction into its withdrawal. True where the transaction stands elsewhere now.</summary>
    public static bool Apply(
        OrdersDb db, Withdrawal withdrawal, WithdrawalTransaction transfer, TransactionStatus status, TimeSpan retryAfter,
        DateTimeOffset now)
    {
        if (transfer.IsFinal) return false; // another look was quicker
        var moved = transfer.See(status, now);
        switch (status)
        {
            case TransactionStatus.Succeeded paid:
                if (withdrawal.Confirm(transfer.TxId, paid.BlockHeight, paid.IsFinal, now))
                {
                    Tell(db, withdrawal, AccountEntryKinds.Withdrawn,
                        new WithdrawalConfirmed(withdrawal.AccountId, withdrawal.Id, transfer.TxId, paid.BlockHeight), now);
                }
                break;
            case TransactionStatus.Aborted { IsFinal: true, UuidUsed: true }:
                TakeBack(db, withdrawal, now);
                Fail(db, withdrawal, "intent_already_used", now);
                break;
            case TransactionStatus.Aborted { IsFinal: true } abort:
                TakeBack(db, withdrawal, now);
                Lose(db, withdrawal, abort.Reason, wasMined: true, retryAfter, now);
                break;
            case TransactionStatus.Replaced:
                TakeBack(db, withdrawal, now);
                Lose(db, withdrawal, "replaced", wasMined: false, retryAfter, now);
                break;
            default:
                TakeBack(db, withdrawal, now);
                break;
        }
        return moved;
    }

    /// <summary>The first send was refused for good: it waits for another try.</summary>
    public static void Rejected(
        OrdersDb db, Withdrawal withdrawal, WithdrawalTransaction transfer, string reason, TimeSpan retryAfter, DateTimeOffset now)
    {
        transfer.Reject(reason, now);
        Lose(db, withdrawal, reason, wasMined: false, retryAfter, now);
    }

    /// <summary>It can never happen: its amount is the account's again.</summary>
    public static void Fail(OrdersDb db, Withdrawal withdrawal, string reason, DateTimeOffset now)
    {
        withdrawal.Fail(reason, now);
        Tell(db, withdrawal, AccountEntryKinds.WithdrawalReturned, new WithdrawalFailed(withdrawal.AccountId, withdrawal.Id, reason), now);
    }

    private static void Lose(OrdersDb db, Withdrawal withdrawal, string reason, bool wasMined, TimeSpan retryAfter, DateTimeOffset now)
    {
        db.Tell(new WithdrawalLost(withdrawal.AccountId, withdrawal.Id, withdrawal.TxId, reason), withdrawal.Recipient, Actors.System, now);
        withdrawal.WaitAgain(reason, now + PauseAfter(withdrawal.Tries, retryAfter), wasMined);
    }

    // A reorg took the evidence back.
    private static void TakeBack(OrdersDb db, Withdrawal withdrawal, DateTimeOffset now)
    {
        if (withdrawal.Status != WithdrawalStatus.Confirmed) return;
        withdrawal.TakeBack();
        Tell(db, withdrawal, AccountEntryKinds.WithdrawalTakenBack,
            new WithdrawalTakenBack(withdrawal.AccountId, withdrawal.Id, withdrawal.TxId), now);
    }

    private static void Tell(OrdersDb db, Withdrawal withdrawal, string kind, OwnerEvent happened, DateTimeOffset now)
    {
        db.Add(new AccountEntry(withdrawal, kind, now));
        db.Tell(happened, withdrawal.Recipient, Actors.System, now);
    }
}
