using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Pricing;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.ApiKeys;

/// <summary>What a wallet's message says that asks for a key.</summary>
internal sealed record KeyAskedRecord : RequestRecord
{
    /// <summary>What it is called.</summary>
    public Given<string> KeyName { get; init; }

    /// <summary>What it may.</summary>
    public Given<IReadOnlyList<string?>> Permissions { get; init; }

    /// <summary>When it ends.</summary>
    [ReadBy(typeof(IsoTime))]
    public Given<DateTimeOffset> ExpiresAt { get; init; }

    /// <summary>What it may at most.</summary>
    public Given<KeyLimitsAskedRecord> Limits { get; init; }

    /// <summary>The key of a message that the rules let pass.</summary>
    internal NewApiKey Asked => new(KeyName.Value!, PermissionsOf(Permissions.Value!), ExpiresAt.IsRead ? ExpiresAt.Value : null)
    {
        Limits = Limits.Value?.Asked ?? new KeyLimits(),
    };

    private static HashSet<ApiKeyPermission> PermissionsOf(IReadOnlyList<string?> names)
    {
        var permissions = new HashSet<ApiKeyPermission>();
        foreach (var name in names)
            if (ApiKeyPermissions.TryParse(name, out var permission)) permissions.Add(permission);
        return permissions;
    }
}

/// <summary>What a key is to be limited to, as its wallet signed it.</summary>
internal sealed record KeyLimitsAskedRecord : RequestRecord
{
    /// <summary>The most slippage of an order.</summary>
    [ReadBy(typeof(WireBasisPoints), nameof(WireBasisPoints.TryReadCount))]
    public Given<BasisPoints> MaxSlippageBps { get; init; }

    /// <summary>Dollars that it may sell for in a day.</summary>
    public Given<Price> MaxUsdPerDay { get; init; }

    /// <summary>Tokens that it may sell and buy.</summary>
    public Given<IReadOnlyList<string?>> Tokens { get; init; }

    /// <summary>Networks that it may be used from.</summary>
    public Given<IReadOnlyList<string?>> Ips { get; init; }

    /// <summary>The limits of one that its rules let pass.</summary>
    internal KeyLimits Asked => new()
    {
        MaxSlippageBps = MaxSlippageBps.IsRead ? MaxSlippageBps.Value.Value : KeyLimits.DefaultSlippageBps,
        MaxUsdPerDay = MaxUsdPerDay.IsRead ? MaxUsdPerDay.Value : null,
        Tokens = KeyEntries.All<TokenId>(Tokens, TokenId.TryParse),
        Ips = KeyEntries.All<System.Net.IPNetwork>(Ips, KeyEntries.TryReadNetwork),
    };
}
