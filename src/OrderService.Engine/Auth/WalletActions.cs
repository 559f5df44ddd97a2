namespace OrderService.Engine.Auth;

/// <summary>What a wallet message can ask for: the values of its <c>action</c>.</summary>
internal static class WalletActions
{
    public const string CreateOrder = "create_order";
    public const string CancelOrder = "cancel_order";
    public const string ExecuteOrder = "execute_order";
    public const string PauseOrder = "pause_order";
    public const string ResumeOrder = "resume_order";
    public const string CancelOrders = "cancel_orders";
    public const string CancelAll = "cancel_all";
    public const string CancelAllAfter = "cancel_all_after";
    public const string ExecuteOrders = "execute_orders";
    public const string AmendOrder = "amend_order";
    public const string ReplaceOrder = "replace_order";
    public const string ListOrders = "list_orders";
    public const string CreateAccount = "create_account";
    public const string ListAccounts = "list_accounts";
    public const string Withdraw = "withdraw";
    public const string CreateApiKey = "create_api_key";
    public const string ListApiKeys = "list_api_keys";
    public const string GetApiKeyStats = "get_api_key_stats";
    public const string DeleteApiKey = "delete_api_key";
    public const string AddWebhook = "add_webhook";
    public const string ListWebhooks = "list_webhooks";
    public const string RemoveWebhook = "remove_webhook";
    public const string RotateWebhook = "rotate_webhook";
    public const string EnableWebhook = "enable_webhook";
    public const string TestWebhook = "test_webhook";
    public const string RedeliverWebhook = "redeliver_webhook";

    /// <summary>True where the action changes nothing, so that its message may be repeated within its window.</summary>
    public static bool IsReadOnly(string action) => action is ListOrders or ListAccounts or ListApiKeys or GetApiKeyStats or ListWebhooks;

    /// <summary>True where the action ends orders: nothing that is asked for besides stands in the way of it.</summary>
    public static bool IsCancel(string action) => action is CancelOrder or CancelOrders or CancelAll or CancelAllAfter;

    /// <summary>True where the documented form, only the uuid, may be signed instead of a message.</summary>
    public static bool AcceptsBareUuid(string action) => action is CancelOrder or ExecuteOrder;

    /// <summary>The permission that a key needs for the action; null where any active key of the wallet will do.</summary>
    public static ApiKeyPermission? PermissionFor(string action) => action switch
    {
        CreateOrder => ApiKeyPermission.Create,
        ExecuteOrder or ExecuteOrders or ResumeOrder => ApiKeyPermission.Execute,
        CancelOrder or CancelOrders or CancelAll or CancelAllAfter or ReplaceOrder or AmendOrder or PauseOrder => ApiKeyPermission.Cancel,
        CreateAccount or ListAccounts or Withdraw => ApiKeyPermission.Accounts,
        _ => null,
    };
}
