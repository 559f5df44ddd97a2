using OrderService.Engine.Auth;
using OrderService.Stacks.Addresses;

namespace OrderService.Api.Tread;

/// <summary>Who is asking: a user, by an API key of the wallet, or a superuser, by an admin key.</summary>
internal sealed record TreadCaller(ApiKey? Key)
{
    /// <summary>True for an admin key.</summary>
    public bool IsSuperuser => Key is null;

    /// <summary>The user's wallet; null for a superuser, who sees everybody's.</summary>
    public StacksAddress? Owner => Key?.Owner;

    /// <summary>How the caller is named where answers are kept for each.</summary>
    public string Name => Owner?.ToString() ?? "admin";

    /// <summary>True where the key has all of these permissions; a superuser has what a superuser may do.</summary>
    public bool Has(params ReadOnlySpan<ApiKeyPermission> permissions)
    {
        foreach (var permission in permissions)
        {
            if (Key is not null && !Key.PermissionNames.Contains(permission.Name())) return false;
        }
        return true;
    }

    /// <summary>True where an order of this wallet may be seen and changed.</summary>
    public bool MaySee(StacksAddress owner) => IsSuperuser || Owner == owner;

    /// <summary>The caller as the use cases take it; a superuser acts for the order's owner.</summary>
    public Caller For(StacksAddress owner) => new(owner, Message: null, Key) { IsOperator = IsSuperuser };
}
