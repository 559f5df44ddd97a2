using OrderService.Api.Wire;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.ApiKeys;

/// <summary>Makes the records of API keys. Neither the secret nor its hash is in it.</summary>
internal static class ApiKeyJson
{
    /// <summary>One key.</summary>
    public static ApiKeyRecord Of(ApiKey key, DateTimeOffset now) => new()
    {
        Id = key.WireId(),
        WalletAddress = key.Owner.ToString(),
        Name = key.Name,
        KeyPreview = key.KeyPreview,
        Permissions = [.. key.PermissionNames],
        Status = key.StatusAt(now),
        RateLimit = key.RatePerMinute,
        Limits = LimitsOf(key),
        CreatedAt = IsoTime.Text(key.CreatedAt),
        ExpiresAt = Moment(key.ExpiresAt),
        LastUsedAt = Moment(key.LastUsedAt),
        RevokedAt = Moment(key.RevokedAt),
        UsageStats = new KeyUsageRecord
        {
            TotalRequests = key.Requests,
            SuccessfulRequests = key.Requests - key.Failures,
            FailedRequests = key.Failures,
            CreationCount = key.Creations,
            ExecutionCount = key.Executions,
            CancellationCount = key.Cancellations,
        },
    };

    /// <summary>A key with its secret, which is told this once.</summary>
    public static NewApiKeyRecord Of(CreatedApiKey created) => new()
    {
        Status = Answers.Success,
        ApiKey = created.Secret.Reveal(),
        KeyId = created.Key.WireId(),
        Name = created.Key.Name,
        Permissions = [.. created.Key.PermissionNames],
        RateLimit = created.Key.RatePerMinute,
        Limits = LimitsOf(created.Key),
        ExpiresAt = Moment(created.Key.ExpiresAt),
    };

    /// <summary>One request of a key.</summary>
    public static KeyRequestRecord Of(ApiKeyRequest request) => new()
    {
        KeyId = request.KeyId.ToString("N"),
        Timestamp = IsoTime.Text(request.At),
        Method = request.Method,
        Endpoint = request.Path,
        Status = request.Status,
        Success = request.Status < 400,
        ErrorMessage = request.Error,
        ResponseTime = request.TookMs,
    };

    private static KeyLimitsRecord LimitsOf(ApiKey key) => new()
    {
        MaxSlippageBps = key.MaxSlippageBps, MaxUsdPerDay = key.MaxUsdPerDay?.ToString(), Tokens = key.Tokens, Ips = key.Ips,
    };

    private static string? Moment(DateTimeOffset? moment) => moment is { } value ? IsoTime.Exact(value) : null;
}
