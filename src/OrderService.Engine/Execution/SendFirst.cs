using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Transactions;
using OrderService.Engine.Accounts;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>
/// Step 4: sends what was just stored for the first time. The transactions are facts by then: nothing can undo them but a refusal that is
/// definite at their first send.
/// </summary>
internal sealed class SendFirst(
    IDbContextFactory<OrdersDb> databases, SubmitTransaction submit, WorkInHand hand, IOptions<ExecutionOptions> options,
    IOptions<AccountsOptions> accounts, TimeProvider time, EngineTelemetry telemetry)
{
    /// <summary>
    /// Sends them side by side and writes down what was answered, by the transactions' keys; what was not answered is left out, and
    /// settlement decides.
    /// </summary>
    public async Task<IReadOnlyDictionary<long, SubmitOutcome>> HandleAsync(
        IReadOnlyList<OutgoingTransaction> stored, CancellationToken token)
    {
        using var activity = EngineActivities.Start(EngineActivities.Send);
        using var held = hand.Hold([.. stored.Select(one => one.Id)]);
        var answers = await Task.WhenAll(stored.Select(one => submit.HandleAsync(one.Transaction(), token)));
        var known = new Dictionary<long, SubmitOutcome>();
        for (var i = 0; i < answers.Length; i++) if (answers[i] is { } answer) known[stored[i].Id] = answer;
        if (known.Count > 0) await RecordAsync([.. stored.Where(one => known.ContainsKey(one.Id))], known, token);
        return known;
    }

    private async Task RecordAsync(
        IReadOnlyList<OutgoingTransaction> sent, Dictionary<long, SubmitOutcome> answers, CancellationToken token)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var locked = await LockedTransactions.TakeWithSendsAsync(db, sent, token);
        foreach (var one in locked.All)
        {
            if (answers[one.Id] is not SubmitOutcome.Refused refused)
            {
                Taken(locked, one, now);
            }
            else if (refused.IsDefinite && one is { Status: OutgoingStatus.Prepared, SendsCount: 1 } and not NonceFill)
            {
                Reject(db, locked, one, refused, now);
                await NonceLedger.FreeAsync(db, one.Transaction(), now, token);
            }
            else
            {
                one.Note(refused.Reason); // decides nothing: the account's nonce and the txid do
                telemetry.AttemptSendRefused(one.TxId, refused.Reason, locked.NameOf(one));
            }
        }
        await db.SaveWithNewsAsync(now, token);
        await transaction.CommitAsync(token);
    }

    private static void Taken(LockedTransactions locked, OutgoingTransaction one, DateTimeOffset now)
    {
        if (one is SwapAttempt attempt) Settlement.Sent(locked.Orders[attempt.OrderId], attempt, now);
        else if (one.Status.IsLive()) one.See(new TransactionStatus.Pending(), now);
    }

    private void Reject(OrdersDb db, LockedTransactions locked, OutgoingTransaction one, SubmitOutcome.Refused refused, DateTimeOffset now)
    {
        switch (one)
        {
            case SwapAttempt attempt:
                Settlement.Rejected(locked.Orders[attempt.OrderId], attempt, refused.Reason, now + options.Value.RetryAfter, now,
                    refused.IsOfPayer);
                break;
            case WithdrawalTransaction transfer:
                WithdrawalSettlement.Rejected(db, locked.Withdrawals[transfer.WithdrawalId], transfer, refused.Reason,
                    accounts.Value.WithdrawalRetryAfter, now);
                break;
            default:
                throw new UnreachableException($"a refusal undoes nothing of a {one.GetType().Name}");
        }
    }
}
