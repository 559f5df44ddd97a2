using System.Text.Json.Serialization;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Stacks.Addresses;

namespace OrderService.Domain.Events;

/// <summary>
/// Something that became true of an account, an API key, a dead man's switch, or a transaction that is no order's: a closed set of records,
/// each with its own facts. It is appended in the transaction in which it became true.
/// </summary>
public abstract record OwnerEvent
{
    /// <summary>What happened, in a word.</summary>
    [JsonIgnore]
    public string Kind => EventText.KindOf(GetType());
}

/// <summary>An account was opened: its address can be paid to.</summary>
public sealed record AccountOpened(Guid Account, StacksAddress Address, string Name) : OwnerEvent;

/// <summary>A wallet made an API key. Its secret is in no event.</summary>
public sealed record ApiKeyCreated(Guid Key, string Name, IReadOnlyList<string> Permissions, DateTimeOffset? ExpiresAt) : OwnerEvent;

/// <summary>A wallet ended an API key.</summary>
public sealed record ApiKeyRevoked(Guid Key) : OwnerEvent;

/// <summary>A withdrawal was asked for and its amount set aside.</summary>
public sealed record WithdrawalRequested(Guid Account, Guid Withdrawal, TokenId Token, TokenAmount Amount) : OwnerEvent;

/// <summary>A transaction of a withdrawal was stored, and is sent.</summary>
public sealed record WithdrawalSent(Guid Account, Guid Withdrawal, string TxId, StacksAddress Payer, long Nonce, TokenAmount Fee)
    : OwnerEvent;

/// <summary>A transaction of a withdrawal waited too long, and one at a higher fee takes its place.</summary>
public sealed record WithdrawalOutbid(Guid Account, Guid Withdrawal, string TxId, TokenAmount Fee, string Was) : OwnerEvent;

/// <summary>A transaction of a withdrawal is gone without effect: another will be tried.</summary>
public sealed record WithdrawalLost(Guid Account, Guid Withdrawal, string? TxId, string Reason) : OwnerEvent;

/// <summary>The owner's wallet was paid.</summary>
public sealed record WithdrawalConfirmed(Guid Account, Guid Withdrawal, string TxId, long BlockHeight) : OwnerEvent;

/// <summary>The chain took the evidence of a withdrawal back: it is under way again.</summary>
public sealed record WithdrawalTakenBack(Guid Account, Guid Withdrawal, string? TxId) : OwnerEvent;

/// <summary>A withdrawal can never happen: its amount is the account's again.</summary>
public sealed record WithdrawalFailed(Guid Account, Guid Withdrawal, string Reason) : OwnerEvent;

/// <summary>
/// The operator signed a transfer of what no intent can move (STX, a token that is of no subnet) from an account to its owner, and sends
/// it.
/// </summary>
public sealed record TokensSentBack(Guid Account, string Token, TokenAmount Amount, string TxId) : OwnerEvent;

/// <summary>
/// A dead man's switch was armed over orders of the wallet; <paramref name="Scope"/> says which, and is empty for all. That it is put off
/// is not told.
/// </summary>
public sealed record CancelAllArmed(string Scope, DateTimeOffset FiresAt) : OwnerEvent;

/// <summary>A dead man's switch was taken away.</summary>
public sealed record CancelAllDisarmed(string Scope) : OwnerEvent;

/// <summary>Nobody put a dead man's switch off in time: so many orders were cancelled, or asked to end.</summary>
public sealed record CancelAllFired(string Scope, DateTimeOffset FiresAt, string ArmedBy, int Cancelled) : OwnerEvent;

/// <summary>A nonce that held up others was used by a transaction that does nothing else, or by a dearer one of the kind.</summary>
public sealed record NonceFilled(StacksAddress Payer, long Nonce, string TxId, TokenAmount Fee) : OwnerEvent;

/// <summary>A wallet named an address to be told at what happens. Its secret is in no event.</summary>
public sealed record WebhookAdded(Guid Webhook, string Url, IReadOnlyList<string>? Kinds) : OwnerEvent;

/// <summary>A wallet removed one.</summary>
public sealed record WebhookRemoved(Guid Webhook) : OwnerEvent;

/// <summary>A wallet made a new secret for one.</summary>
public sealed record WebhookSecretRotated(Guid Webhook) : OwnerEvent;

/// <summary>Nothing is sent to one any more, until its wallet enables it.</summary>
public sealed record WebhookDisabled(Guid Webhook, string Reason) : OwnerEvent;

/// <summary>A wallet enabled one again.</summary>
public sealed record WebhookEnabled(Guid Webhook) : OwnerEvent;
