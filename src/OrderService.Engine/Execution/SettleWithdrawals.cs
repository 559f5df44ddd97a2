using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderService.Domain.Accounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Accounts;
using OrderService.Engine.Persistence;
using OrderService.Engine.Telemetry;

namespace OrderService.Engine.Execution;

/// <summary>Follows what was sent until it is final. Bytes that the chain does not show are sent again, the same ones; what waits too long is outbid on its own nonce.</summary>
internal sealed class SettleWithdrawals(
    IDbContextFactory<OrdersDb> databases, ISwapRouter router, SubmitTransfer submit, IOptions<ExecutionOptions> execution, IOptions<AccountsOptions> options, TimeProvider time, EngineTelemetry telemetry)
{
    private sealed record Look(Guid Id, IReadOnlyList<WithdrawalTransaction> Live, IReadOnlyDictionary<string, TransactionStatus> Statuses);

    /// <summary>Looks once at all that is under way.</summary>
    public async Task TickAsync(CancellationToken token)
    {
        var after = Guid.Empty;
        while (true)
        {
            var looks = await LookAsync(after, token);
            foreach (var look in looks.Where(look => look.Live.All(t => look.Statuses.ContainsKey(t.TxId)))) await ApplyAsync(look, token); // what the node did not answer about is asked again
            if (looks.Count < options.Value.WithdrawalBatchMax) return;
            after = looks[^1].Id;
        }
    }

    private async Task<List<Look>> LookAsync(Guid after, CancellationToken token)
    {
        await using var db = await databases.CreateDbContextAsync(token);
        var ids = await db.Withdrawals.Where(w => !w.IsFinal && w.Status != WithdrawalStatus.Waiting && w.Id > after).OrderBy(w => w.Id).Select(w => w.Id).Take(options.Value.WithdrawalBatchMax).ToListAsync(token);
        if (ids.Count == 0) return [];
        var live = (await db.WithdrawalTransactions.AsNoTracking().Where(t => ids.Contains(t.WithdrawalId) && t.IsLive).OrderBy(t => t.Id).ToListAsync(token)).ToLookup(t => t.WithdrawalId);
        var statuses = await router.StatusAsync([.. live.SelectMany(group => group).Select(t => t.Prepared())], token);
        return ids.ConvertAll(id => new Look(id, [.. live[id]], statuses));
    }

    private async Task ApplyAsync(Look look, CancellationToken token)
    {
        var now = time.GetUtcNow();
        var sends = new List<WithdrawalTransaction>();
        string? end;
        await using (var db = await databases.CreateDbContextAsync(token))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(token);
            var withdrawal = await db.Withdrawals.FromSql($"SELECT * FROM withdrawals WHERE id = {look.Id} FOR UPDATE").SingleAsync(token);
            var live = await db.WithdrawalTransactions.Where(t => t.WithdrawalId == look.Id && t.IsLive).OrderBy(t => t.Id).ToListAsync(token);
            if (live.Count == 0 || !live.Select(t => t.Id).SequenceEqual(look.Live.Select(t => t.Id))) return; // changed since it was asked about
            var verdict = WithdrawalVerdict.Of([.. live.Select(t => (t.TxId, look.Statuses[t.TxId]))]);
            end = withdrawal.Status == WithdrawalStatus.Confirmed ? null : EndOf(verdict); // told once, not again at its depth
            sends.AddRange(Apply(db, withdrawal, live, verdict, look.Statuses, now));
            await db.SaveChangesAsync(token);
            await transaction.CommitAsync(token);
        }
        if (end is not null) telemetry.AttemptSettled("transfer", end, $"withdrawal {look.Id:N}", look.Live[0].TxId, sinceDue: now - look.Live[0].PreparedAt);
        foreach (var lost in sends) await submit.AgainAsync(lost, token);
    }

    // In the words of swaps: what a transaction came to, or null where that is open.
    private static string? EndOf(WithdrawalVerdict verdict) => verdict switch
    {
        WithdrawalVerdict.Paid => "confirmed",
        WithdrawalVerdict.Used or WithdrawalVerdict.Lost { Reason: not "replaced" } => "reverted",
        WithdrawalVerdict.Lost => "replaced",
        _ => null,
    };

    // What is to be sent once this is stored.
    private List<WithdrawalTransaction> Apply(OrdersDb db, Withdrawal withdrawal, List<WithdrawalTransaction> live, WithdrawalVerdict verdict, IReadOnlyDictionary<string, TransactionStatus> statuses, DateTimeOffset now)
    {
        switch (verdict)
        {
            case WithdrawalVerdict.Paid paid:
                if (withdrawal.Confirm(paid.TxId, paid.BlockHeight, paid.IsFinal, now)) Tell(db, withdrawal, AccountEntryKinds.Withdrawn, new WithdrawalConfirmed(withdrawal.AccountId, withdrawal.Id, paid.TxId, paid.BlockHeight), now);
                live.ForEach(t => t.Mined(t.TxId == paid.TxId));
                if (paid.IsFinal) live.ForEach(t => t.End());
                return [];
            case WithdrawalVerdict.Used:
                TakeBack(db, withdrawal, now);
                live.ForEach(t => t.End());
                withdrawal.Fail("intent_already_used", now);
                Tell(db, withdrawal, AccountEntryKinds.WithdrawalReturned, new WithdrawalFailed(withdrawal.AccountId, withdrawal.Id, "intent_already_used"), now);
                return [];
            case WithdrawalVerdict.Lost lost:
                TakeBack(db, withdrawal, now);
                db.Tell(new WithdrawalLost(withdrawal.AccountId, withdrawal.Id, withdrawal.TxId, lost.Reason), withdrawal.Recipient, Actors.System, now);
                live.ForEach(t => t.Mined(t.TxId == lost.TxId));
                live.ForEach(t => t.End());
                withdrawal.WaitAgain(lost.Reason, now + SendWithdrawals.PauseAfter(withdrawal.Tries, options.Value.WithdrawalRetryAfter), wasMined: lost.TxId is not null);
                return [];
            case WithdrawalVerdict.Undecided:
                TakeBack(db, withdrawal, now);
                live.ForEach(t => t.Mined(false));
                return Resend(db, withdrawal, live, statuses, now);
            case var other:
                throw new UnreachableException($"unknown verdict {other}");
        }
    }

    private List<WithdrawalTransaction> Resend(OrdersDb db, Withdrawal withdrawal, List<WithdrawalTransaction> live, IReadOnlyDictionary<string, TransactionStatus> statuses, DateTimeOffset now)
    {
        var lost = live.FindAll(t => statuses[t.TxId] is TransactionStatus.Unknown && t.LastSentAt + execution.Value.ResendAfter < now);
        lost.ForEach(t => t.SendAgain(now));
        if (live[^1].PreparedAt + execution.Value.ReplaceAfter < now && router.Raise(live[^1].Prepared()) is { } higher)
        {
            var raised = withdrawal.Outbid(higher, now);
            raised.SendAgain(now); // with another version about, no refusal is definite
            db.Add(raised);
            db.Tell(new WithdrawalOutbid(withdrawal.AccountId, withdrawal.Id, raised.TxId, raised.Fee, live[^1].TxId), withdrawal.Recipient, Actors.System, now);
            lost.Add(raised);
            telemetry.FeeRaised(higher.TxId, higher.Fee.ToString(), $"withdrawal {withdrawal.Id:N}");
        }
        return lost;
    }

    private static void TakeBack(OrdersDb db, Withdrawal withdrawal, DateTimeOffset now)
    {
        if (withdrawal.Status != WithdrawalStatus.Confirmed) return;
        withdrawal.TakeBack();
        Tell(db, withdrawal, AccountEntryKinds.WithdrawalTakenBack, new WithdrawalTakenBack(withdrawal.AccountId, withdrawal.Id, withdrawal.TxId), now);
    }

    private static void Tell(OrdersDb db, Withdrawal withdrawal, string kind, OwnerEvent happened, DateTimeOffset now)
    {
        db.Add(new AccountEntry(withdrawal, kind, now));
        db.Tell(happened, withdrawal.Recipient, Actors.System, now);
    }
}
