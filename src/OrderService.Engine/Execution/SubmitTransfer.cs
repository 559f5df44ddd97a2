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

/// <summary>Sends the stored bytes of a withdrawal. Only a definite refusal of their first send undoes anything; whatever else is answered, the chain decides.</summary>
internal sealed class SubmitTransfer(IDbContextFactory<OrdersDb> databases, SubmitTransaction submit, IOptions<AccountsOptions> options, TimeProvider time, EngineTelemetry telemetry)
{
    /// <summary>The first send.</summary>
    public async Task FirstAsync(WithdrawalTransaction transaction, CancellationToken token)
    {
        if (await SubmitAsync(transaction.Prepared(), token) is SubmitOutcome.Refused { IsDefinite: true } refused) await RejectAsync(transaction, refused.Reason, token);
    }

    /// <summary>Any later send, whose refusal decides nothing.</summary>
    public Task AgainAsync(WithdrawalTransaction transaction, CancellationToken token) => SubmitAsync(transaction.Prepared(), token);

    private async Task<SubmitOutcome?> SubmitAsync(PreparedTransaction prepared, CancellationToken token)
    {
        var outcome = await submit.HandleAsync(prepared, token);
        if (outcome is SubmitOutcome.Refused refused) telemetry.AttemptSendRefused(prepared.TxId, refused.Reason);
        return outcome;
    }

    private async Task RejectAsync(WithdrawalTransaction seen, string reason, CancellationToken token)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(token);
        await using var transaction = await db.Database.BeginTransactionAsync(token);
        var withdrawal = await db.Withdrawals.FromSql($"SELECT * FROM withdrawals WHERE id = {seen.WithdrawalId} FOR UPDATE").SingleAsync(token);
        var stored = await db.WithdrawalTransactions.SingleAsync(t => t.Id == seen.Id, token);
        if (stored is not { IsLive: true, SendsCount: 1 } || withdrawal.Status != WithdrawalStatus.Sent || withdrawal.TxId != stored.TxId) return;
        stored.Reject();
        withdrawal.WaitAgain(reason, now + SendWithdrawals.PauseAfter(withdrawal.Tries, options.Value.WithdrawalRetryAfter), wasMined: false);
        db.Tell(new WithdrawalLost(withdrawal.AccountId, withdrawal.Id, stored.TxId, reason), withdrawal.Recipient, Actors.System, now);
        await NonceLedger.FreeAsync(db, stored.Prepared(), now, token);
        await db.SaveChangesAsync(token);
        await transaction.CommitAsync(token);
    }
}
