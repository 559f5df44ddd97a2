using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Auth;

/// <summary>What must be proven before an action: the action, whose it is, and what it is about.</summary>
/// <param name="Action">One of <see cref="WalletActions"/>.</param>
/// <param name="Owner">Who must be asking; null where the proof itself names its wallet.</param>
/// <param name="OrderUuid">The order's uuid as it was signed at creation, for actions about one order.</param>
/// <param name="KeyId">The wire id of the API key, for actions about one key.</param>
/// <param name="AccountId">The wire id of the account, for actions that change one.</param>
/// <param name="WebhookId">The wire id of the webhook, for actions about one.</param>
internal sealed record AuthDemand(
    string Action, StacksAddress? Owner, string? OrderUuid = null, string? KeyId = null, string? AccountId = null,
    string? WebhookId = null);
