using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.ApiKeys;

/// <summary>A new API key, with its secret this once.</summary>
internal sealed record NewApiKeyRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>The secret: send it as X-API-Key. It is told here and never again.</summary>
    /// <example>ck_live_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef</example>
    public required string ApiKey { get; init; }

    /// <summary>The key's id.</summary>
    [Is(Shape.HexId)]
    public required string KeyId { get; init; }

    /// <summary>What it is called.</summary>
    /// <example>my bot</example>
    public required string Name { get; init; }

    /// <summary>What it may.</summary>
    [Words("create", "execute", "cancel", "accounts", "trade")]
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>Requests that it has in a minute.</summary>
    /// <example>100</example>
    [Bounds(0)]
    public required int RateLimit { get; init; }

    /// <summary>What it may at most.</summary>
    public required KeyLimitsRecord Limits { get; init; }

    /// <summary>When it ends.</summary>
    [Is(Shape.Moment)]
    public string? ExpiresAt { get; init; }
}

/// <summary>What a key may at most; what is not limited is left out.</summary>
internal sealed record KeyLimitsRecord
{
    /// <summary>The most slippage of an order, in basis points.</summary>
    [Is(Shape.BasisPoints)]
    public required int MaxSlippageBps { get; init; }

    /// <summary>Dollars that it may sell for in a day.</summary>
    [Is(Shape.Price)]
    public string? MaxUsdPerDay { get; init; }

    /// <summary>Tokens that it may sell and buy.</summary>
    [Is(Shape.Token)]
    [Count(1, KeyLimits.EntriesMax)]
    public IReadOnlyList<string>? Tokens { get; init; }

    /// <summary>Networks that it may be used from, in CIDR.</summary>
    /// <example>["203.0.113.0/24"]</example>
    [Count(1, KeyLimits.EntriesMax)]
    public IReadOnlyList<string>? Ips { get; init; }
}

/// <summary>An API key, without its secret.</summary>
internal sealed record ApiKeyRecord
{
    /// <summary>Its id.</summary>
    [Is(Shape.HexId)]
    public required string Id { get; init; }

    /// <summary>The wallet that it stands for.</summary>
    [Is(Shape.Address)]
    public required string WalletAddress { get; init; }

    /// <summary>What it is called.</summary>
    /// <example>my bot</example>
    public required string Name { get; init; }

    /// <summary>Its first and last characters.</summary>
    /// <example>ck_live_••••••••••••cdef</example>
    public required string KeyPreview { get; init; }

    /// <summary>What it may.</summary>
    [Words("create", "execute", "cancel", "accounts", "trade")]
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>revoked too where its time is over.</summary>
    [Words(ApiKey.Active, ApiKey.Revoked)]
    public required string Status { get; init; }

    /// <summary>Requests that it has in a minute.</summary>
    /// <example>100</example>
    [Bounds(0)]
    public required int RateLimit { get; init; }

    /// <summary>What it may at most.</summary>
    public required KeyLimitsRecord Limits { get; init; }

    /// <summary>When it was made.</summary>
    [Is(Shape.Moment)]
    public required string CreatedAt { get; init; }

    /// <summary>When it ends.</summary>
    [Is(Shape.Moment)]
    public string? ExpiresAt { get; init; }

    /// <summary>When it was last used.</summary>
    [Is(Shape.Moment)]
    public string? LastUsedAt { get; init; }

    /// <summary>When it was revoked.</summary>
    [Is(Shape.Moment)]
    public string? RevokedAt { get; init; }

    /// <summary>What it did.</summary>
    public required KeyUsageRecord UsageStats { get; init; }
}

/// <summary>What a key did, in requests.</summary>
internal sealed record KeyUsageRecord
{
    /// <summary>All of them.</summary>
    /// <example>3</example>
    [Bounds(0)]
    public required long TotalRequests { get; init; }

    /// <summary>Those that were neither refused nor failed.</summary>
    /// <example>3</example>
    [Bounds(0)]
    public required long SuccessfulRequests { get; init; }

    /// <summary>Those that were refused or failed.</summary>
    /// <example>0</example>
    [Bounds(0)]
    public required long FailedRequests { get; init; }

    /// <summary>Those that created.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public required long CreationCount { get; init; }

    /// <summary>Those that executed.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public required long ExecutionCount { get; init; }

    /// <summary>Those that cancelled.</summary>
    /// <example>1</example>
    [Bounds(0)]
    public required long CancellationCount { get; init; }
}

/// <summary>A wallet's API keys.</summary>
internal sealed record ApiKeyListRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>The keys, newest first.</summary>
    public required IReadOnlyList<ApiKeyRecord> ApiKeys { get; init; }
}

/// <summary>One API key and its latest 50 requests.</summary>
internal sealed record ApiKeyAnswerRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>The key.</summary>
    public required ApiKeyRecord ApiKey { get; init; }

    /// <summary>What it was used for, newest first.</summary>
    public required IReadOnlyList<KeyRequestRecord> RecentActivity { get; init; }
}

/// <summary>One request of a key.</summary>
internal sealed record KeyRequestRecord
{
    /// <summary>The key.</summary>
    [Is(Shape.HexId)]
    public required string KeyId { get; init; }

    /// <summary>When.</summary>
    [Is(Shape.Moment)]
    public required string Timestamp { get; init; }

    /// <summary>Its method.</summary>
    /// <example>POST</example>
    public required string Method { get; init; }

    /// <summary>Its path.</summary>
    /// <example>/api/v1/orders/new</example>
    public required string Endpoint { get; init; }

    /// <summary>The status that it was answered with.</summary>
    /// <example>200</example>
    [Bounds(100, 599)]
    public required int Status { get; init; }

    /// <summary>Whether that is below 400.</summary>
    /// <example>true</example>
    public required bool Success { get; init; }

    /// <summary>The sentence of the refusal.</summary>
    /// <example>Order not open: it is confirmed</example>
    public string? ErrorMessage { get; init; }

    /// <summary>How long the answer took, in milliseconds.</summary>
    /// <example>4</example>
    [Bounds(0)]
    public long? ResponseTime { get; init; }
}

/// <summary>A key that was revoked.</summary>
internal sealed record RevokedKeyRecord
{
    /// <summary>Always success.</summary>
    [Words("success")]
    public required string Status { get; init; }

    /// <summary>Which one.</summary>
    /// <example>API key "my bot" has been revoked</example>
    public required string Message { get; init; }
}
