namespace OrderService.Engine.Auth;

/// <summary>What an API key may do beside reading its wallet's orders.</summary>
internal enum ApiKeyPermission
{
    Create,
    Execute,
    Cancel,

    /// <summary>Sees and uses the wallet's managed accounts.</summary>
    Accounts,

    /// <summary>Sells what the wallet's managed accounts hold.</summary>
    Trade,
}

/// <summary>The wire names of permissions.</summary>
internal static class ApiKeyPermissions
{
    /// <summary>All of them, for a sentence.</summary>
    public const string All = "create, execute, cancel, accounts and trade";

    /// <summary>The name in JSON, SQL and refusals.</summary>
    public static string Name(this ApiKeyPermission permission) => permission switch
    {
        ApiKeyPermission.Create => "create",
        ApiKeyPermission.Execute => "execute",
        ApiKeyPermission.Cancel => "cancel",
        ApiKeyPermission.Accounts => "accounts",
        ApiKeyPermission.Trade => "trade",
        _ => throw new System.Diagnostics.UnreachableException($"permission {permission}"),
    };

    /// <summary>Reads a name, in lower case only.</summary>
    public static bool TryParse(string? name, out ApiKeyPermission permission)
    {
        (var isKnown, permission) = name switch
        {
            "create" => (true, ApiKeyPermission.Create),
            "execute" => (true, ApiKeyPermission.Execute),
            "cancel" => (true, ApiKeyPermission.Cancel),
            "accounts" => (true, ApiKeyPermission.Accounts),
            "trade" => (true, ApiKeyPermission.Trade),
            _ => (false, default),
        };
        return isKnown;
    }
}
