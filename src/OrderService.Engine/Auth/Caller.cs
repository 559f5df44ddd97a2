using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Auth;

/// <summary>Who is asking, proven: by an API key of the wallet, or by a message that the wallet signed.</summary>
internal sealed record Caller(StacksAddress Owner, SignedMessage? Message, ApiKey? Key)
{
    /// <summary>True where the operator acts for the owner.</summary>
    public bool IsOperator { get; init; }

    /// <summary>As events name them.</summary>
    public string Actor => IsOperator ? Actors.Operator : Key is { } key ? Actors.Key(key.Id) : Owner.ToString();
}

/// <summary>A signed message that was presented. Recorded in the transaction of the action it authorises (see MessageLedger).</summary>
/// <param name="Signer">Who signed.</param>
/// <param name="Digest">The 32 bytes that were signed.</param>
/// <param name="Action">The action it was presented for: cancel_order, cancel_orders, cancel_all, cancel_all_after, execute_order,
/// execute_orders, replace_order, amend_order, list_orders, pause_order, resume_order, create_account, list_accounts, withdraw,
/// create_api_key, list_api_keys, get_api_key_stats, delete_api_key.</param>
/// <param name="IsBareUuid">True for the documented form that is only the uuid: reusable, but once presented for cancel never accepted for
/// execute.</param>
/// <param name="ExpiresAt">When a timed message leaves its own window; null for a bare uuid.</param>
internal sealed record SignedMessage(StacksAddress Signer, byte[] Digest, string Action, bool IsBareUuid, DateTimeOffset? ExpiresAt);
