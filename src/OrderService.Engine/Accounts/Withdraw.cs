using Microsoft.EntityFrameworkCore;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Events;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;
using OrderService.Engine.Persistence;
using OrderService.Engine.Pricing;

namespace OrderService.Engine.Accounts;

/// <summary>A withdrawal that is wanted. It has no recipient: that is always the owner's wallet.</summary>
internal sealed record NewWithdrawal(
    Guid Id, ManagedAccount Account, TokenId Token, TokenAmount Amount, SignedMessage? Message, string Actor);

/// <summary>
/// Sets an amount aside for a transfer to the owner's wallet, which the worker then sends. The same id again answers the stored withdrawal.
/// </summary>
internal sealed class Withdraw(
    SetAsideFunds setAside, MessageLedger messages, TokenRegistry tokens, ISwapRouter router,
    WithdrawalSignal signal, TimeProvider time)
{
    public async Task<Result<Withdrawal>> HandleAsync(NewWithdrawal wanted, CancellationToken token)
    {
        if (!tokens.HasLoaded)
            return new OrderError.Unavailable("tokens_not_loaded", "No token list has loaded yet", TimeSpan.FromSeconds(2));
        if (tokens.Find(wanted.Token) is not { } known) return new OrderError.UnknownToken("token", wanted.Token.ToString());
        var isCalled = known.Type != TokenType.Subnet;
        if (isCalled && !router.CanCall(known.Id)) return ManagedAccount.NoIntentMoves("token");
        if (wanted.Amount == TokenAmount.Zero) return new OrderError.Field("amount", "must be positive");
        var result = await setAside.HandleAsync(wanted.Account, wanted.Token, wanted.Amount, db => StoredAsync(db, wanted, token),
            db => WriteAsync(db, wanted, isCalled, token), token);
        if (result.Error is null) signal.Set();
        return result;
    }

    private static async Task<Result<Withdrawal>?> StoredAsync(OrdersDb db, NewWithdrawal wanted, CancellationToken token) =>
        await db.Withdrawals.AsNoTracking()
            .SingleOrDefaultAsync(w => w.Id == wanted.Id && w.AccountId == wanted.Account.Id, token) is { } stored
            ? stored : (Result<Withdrawal>?)null;

    private async Task<Result<Withdrawal>> WriteAsync(OrdersDb db, NewWithdrawal wanted, bool isCalled, CancellationToken token)
    {
        if (await StoredAsync(db, wanted, token) is { } before) return before;
        var now = time.GetUtcNow();
        if (wanted.Message is { } message && (await messages.RecordAsync(db, message, now, token)).IsRejected(out var used)) return used;
        var withdrawal = new Withdrawal(wanted.Id, wanted.Account, wanted.Token, wanted.Amount, OrderUuid.New().ToString(), now, isCalled);
        db.Add(withdrawal);
        db.Add(new AccountEntry(withdrawal, AccountEntryKinds.Withdrawing, now, wanted.Actor));
        db.Tell(new WithdrawalRequested(withdrawal.AccountId, withdrawal.Id, withdrawal.Token, withdrawal.Amount), withdrawal.Recipient,
            wanted.Actor, now);
        await db.SaveChangesAsync(token);
        return withdrawal;
    }
}
