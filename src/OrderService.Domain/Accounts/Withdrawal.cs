using System.Diagnostics;
using OrderService.Domain.Amounts;
using OrderService.Domain.Ports;
using OrderService.Domain.Pricing;
using OrderService.Domain.Transactions;
using OrderService.Stacks.Addresses;
using OrderService.Stacks.Messages;

namespace OrderService.Domain.Accounts;

/// <summary>
/// A transfer of an account's funds to its owner's wallet. It has one intent uuid for its whole life, so that however many transactions it
/// takes, the chain lets it happen once. From its first send its intent is public; whoever sends it pays the owner, and nobody else. What
/// no intent moves the account transfers by a call of its own, whose nonce is its single use instead: until the chain has decided that
/// nonce, nothing of it is sent with another.
/// </summary>
public sealed class Withdrawal
{
    private Withdrawal() => (IntentUuid, Recipient) = ("", default);

    /// <summary>Asks for one, to be sent at once.</summary>
    public Withdrawal(
        Guid id, ManagedAccount account, TokenId token, TokenAmount amount, string intentUuid, DateTimeOffset now, bool isCalled = false)
    {
        (Id, AccountId, Token, Amount, Recipient, IntentUuid) = (id, account.Id, token, amount, account.Owner, intentUuid);
        (CreatedAt, WakeAt, IsCalled) = (now, now, isCalled);
    }

    /// <summary>Key.</summary>
    public Guid Id { get; private set; }

    /// <summary>The account that pays.</summary>
    public Guid AccountId { get; private set; }

    /// <summary>The token.</summary>
    public TokenId Token { get; private set; }

    /// <summary>True where the account transfers it by a call of its own, and no intent is signed.</summary>
    public bool IsCalled { get; private set; }

    /// <summary>The account's nonce that such a call was sent with; null before the first, and after an abort.</summary>
    public long? OriginNonce { get; private set; }

    /// <summary>Base units.</summary>
    public TokenAmount Amount { get; private set; }

    /// <summary>The owner's wallet.</summary>
    public StacksAddress Recipient { get; private set; }

    /// <summary>The uuid that the chain accepts once.</summary>
    public string IntentUuid { get; private set; }

    /// <summary>Where it stands.</summary>
    public WithdrawalStatus Status { get; private set; }

    /// <summary>Why it waits or failed, in a word.</summary>
    public string? Reason { get; private set; }

    /// <summary>Transactions made, those at a higher fee left out.</summary>
    public int Tries { get; private set; }

    /// <summary>When a waiting one is tried next.</summary>
    public DateTimeOffset? WakeAt { get; private set; }

    /// <summary>The latest transaction, or the one that was mined.</summary>
    public string? TxId { get; private set; }

    /// <summary>The block it was confirmed in.</summary>
    public long? BlockHeight { get; private set; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it was confirmed or failed.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>True where nothing can change any more.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>What the account signs where an intent moves it: the same for its whole life.</summary>
    public TransferIntent IntentOn(uint chainId) =>
        new(Token.IsContract(out var contract) ? contract.Value : throw new UnreachableException($"no intent moves {Token}"), Amount.Units,
            Principal.From(Recipient), IntentUuid, chainId);

    /// <summary>Writes down the transaction whose bytes are about to be sent.</summary>
    public WithdrawalTransaction Send(PreparedTransaction transaction, DateTimeOffset now)
    {
        Move(WithdrawalStatus.Sent, null);
        (Tries, TxId, OriginNonce) = (Tries + 1, transaction.TxId, transaction.Origin is { } origin ? checked((long)origin.Nonce) : null);
        return new WithdrawalTransaction(Id, transaction, now);
    }

    /// <summary>The same call on the same nonce at a higher fee takes the place of what waits.</summary>
    public OutgoingVersion Outbid(WithdrawalTransaction waiting, PreparedTransaction higher, DateTimeOffset now)
    {
        TxId = higher.TxId;
        return waiting.Raise(higher, now);
    }

    /// <summary>
    /// The transaction is gone for good and the uuid unused: it waits for another try, where it was mined with another nonce of the
    /// account's.
    /// </summary>
    public void WaitAgain(string reason, DateTimeOffset until, bool wasMined)
    {
        Move(WithdrawalStatus.Waiting, reason);
        WakeAt = until;
        if (wasMined) OriginNonce = null;
    }

    /// <summary>Something it needs is away: it stays waiting, with the reason.</summary>
    public void Postpone(string reason, DateTimeOffset until) => (Reason, WakeAt) = (reason, until);

    /// <summary>The chain paid the owner. True the first time, so that the ledger has it once.</summary>
    public bool Confirm(string txId, long blockHeight, bool isFinal, DateTimeOffset now)
    {
        var isNew = Status == WithdrawalStatus.Sent;
        if (isNew) Move(WithdrawalStatus.Confirmed, null);
        (TxId, BlockHeight, IsFinal, EndedAt) = (txId, blockHeight, isFinal, EndedAt ?? now);
        return isNew;
    }

    /// <summary>A reorg took the evidence back.</summary>
    public void TakeBack()
    {
        Move(WithdrawalStatus.Sent, "reorg");
        (BlockHeight, EndedAt) = (null, null);
    }

    /// <summary>The uuid is used, and not by a transaction of this withdrawal: it can never happen.</summary>
    public void Fail(string reason, DateTimeOffset now)
    {
        Move(WithdrawalStatus.Failed, reason);
        (EndedAt, IsFinal) = (now, true);
    }

    private void Move(WithdrawalStatus to, string? reason)
    {
        if (!WithdrawalStatusTable.Allows(Status, to)) throw new UnreachableException($"withdrawal {Id} cannot move from {Status} to {to}");
        (Status, Reason, WakeAt) = (to, reason, null);
    }
}
