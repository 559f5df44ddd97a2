using System.Net;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Stacks.Addresses;

namespace OrderService.Engine.Auth;

/// <summary>An API key of one wallet. Its secret is not here: only the secret's hash and preview are.</summary>
internal sealed class ApiKey
{
    public const string Active = "active";
    public const string Revoked = "revoked";

    public const int NameMax = 100;

    private ApiKey() => (Name, KeyHash, KeyPreview, PermissionNames, Status) = ("", "", "", [], "");

    public Guid Id { get; private set; }

    public StacksAddress Owner { get; private set; }

    public string Name { get; private set; }

    public string KeyHash { get; private set; }

    public string KeyPreview { get; private set; }

    public string[] PermissionNames { get; private set; }

    public string Status { get; private set; }

    public int RatePerMinute { get; private set; }

    /// <summary>The most slippage, in basis points, of an order that sells an account's funds.</summary>
    public int MaxSlippageBps { get; private set; }

    /// <summary>What it may sell for on a day (UTC), in dollars; null for no limit.</summary>
    public Price? MaxUsdPerDay { get; private set; }

    /// <summary>The tokens that it may sell and buy; null for any.</summary>
    public string[]? Tokens { get; private set; }

    /// <summary>The networks in CIDR that it may be used from; null for any.</summary>
    public string[]? Ips { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? ExpiresAt { get; private set; }

    public DateTimeOffset? LastUsedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public long Requests { get; private set; }

    public long Failures { get; private set; }

    public long Creations { get; private set; }

    public long Executions { get; private set; }

    public long Cancellations { get; private set; }

    /// <summary>Makes an active key; the name is one that <see cref="IsName"/> accepts.</summary>
    public static ApiKey Create(
        StacksAddress owner, string name, IReadOnlySet<ApiKeyPermission> permissions, ApiKeySecret secret, int ratePerMinute,
        KeyLimits limits, DateTimeOffset? expiresAt, DateTimeOffset now) => new()
        {
            Id = Guid.NewGuid(),
            Owner = owner,
            Name = name,
            KeyHash = secret.Hash(),
            KeyPreview = secret.Preview(),
            PermissionNames = [.. permissions.Order().Select(p => p.Name())],
            Status = Active,
            RatePerMinute = ratePerMinute,
            MaxSlippageBps = limits.MaxSlippageBps,
            MaxUsdPerDay = limits.MaxUsdPerDay,
            Tokens = limits.Tokens is { } tokens ? [.. tokens.Select(t => t.ToString())] : null,
            Ips = limits.Ips is { } ips ? [.. ips.Select(i => i.ToString())] : null,
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };

    /// <summary>True for 1 to 100 ASCII letters, digits, white space, hyphens and underscores, not all of them white space.</summary>
    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= NameMax } && !string.IsNullOrWhiteSpace(name)
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ' ' or (>= '\t' and <= '\r'));

    /// <summary>The id on the wire: 32 hex digits.</summary>
    public string WireId() => Id.ToString("N");

    /// <summary>The status as it reads at a moment: a key that has expired reads as revoked.</summary>
    public string StatusAt(DateTimeOffset now) => Status == Active && ExpiresAt <= now ? Revoked : Status;

    /// <summary>Nothing where the key may act for the owner now; otherwise why it may not. A null owner stands for the key's own.</summary>
    public OrderError? Refuses(StacksAddress? owner, ApiKeyPermission? permission, DateTimeOffset now)
    {
        if (StatusAt(now) != Active)
        {
            return new OrderError.Unauthenticated("api_key_inactive",
                ExpiresAt <= now ? "API key inactive: it has expired" : $"API key inactive: it is {Status}");
        }
        if (owner is { } wanted && wanted != Owner)
            return new OrderError.Forbidden("wrong_wallet", "API key not authorized for this wallet");
        if (permission is { } needed && !PermissionNames.Contains(needed.Name()))
            return new OrderError.Forbidden("permission_denied", $"API key does not have the {needed.Name()} permission");
        return null;
    }

    /// <summary>Why it may not be used from this address, or nothing.</summary>
    public OrderError? RefusesAddress(IPAddress? address)
    {
        if (Ips is null) return null;
        var from = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return from is not null && Ips.Any(network => IPNetwork.Parse(network).Contains(from))
            ? null : new OrderError.Forbidden("ip_not_allowed", $"API key not authorized from {from}");
    }

    /// <summary>
    /// Why it may not sell an account's funds on these terms, or nothing. What it may sell in a day is counted where the order is stored.
    /// </summary>
    public OrderError? RefusesSale(OrderTerms terms, int slippageBpsDefault)
    {
        if (!PermissionNames.Contains(ApiKeyPermission.Trade.Name()))
        {
            return new OrderError.Forbidden("permission_denied",
                $"API key does not have the {ApiKeyPermission.Trade.Name()} permission, which selling from an account needs");
        }
        if (Tokens is { } allowed
            && Array.Find([terms.SellToken.ToString(), terms.BuyToken.ToString()], token => !allowed.Contains(token)) is { } other)
        {
            return new OrderError.Forbidden("token_not_allowed", $"API key not authorized for the token {other}");
        }
        var slippage = terms.SlippageBps ?? slippageBpsDefault;
        return slippage > MaxSlippageBps
            ? new OrderError.Forbidden("slippage_limit",
                $"API key limit: at most {MaxSlippageBps} basis points of slippage, and this order has {slippage}") : null;
    }

    /// <summary>Ends the key for good.</summary>
    public Result<ApiKey> Revoke(DateTimeOffset now)
    {
        if (Status == Revoked) return ReadApiKey.NotFound();
        (Status, RevokedAt) = (Revoked, now);
        return this;
    }
}

/// <summary>One request of a key, kept for its recent activity.</summary>
internal sealed class ApiKeyRequest
{
    private ApiKeyRequest() => (Method, Path) = ("", "");

    public long Id { get; private set; }

    public Guid KeyId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public string Method { get; private set; }

    public string Path { get; private set; }

    public int Status { get; private set; }

    /// <summary>The sentence of its refusal, its first 300 characters.</summary>
    public string? Error { get; private set; }

    /// <summary>How long the answer took, in begun milliseconds.</summary>
    public int? TookMs { get; private set; }
}
