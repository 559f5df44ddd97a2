using System.Text.Json;
using OrderService.Api.Wire;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.ApiKeys;

/// <summary>An API key on the wire. Neither the secret nor its hash is in it.</summary>
internal static class ApiKeyJson
{
    /// <summary>Writes one key as an object.</summary>
    public static void Write(Utf8JsonWriter json, ApiKey key, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("id", key.WireId());
        json.WriteString("walletAddress", key.Owner.ToString());
        json.WriteString("name", key.Name);
        json.WriteString("keyPreview", key.KeyPreview);
        WritePermissions(json, key);
        json.WriteString("status", key.StatusAt(now));
        json.WriteNumber("rateLimit", key.RatePerMinute);
        WriteLimits(json, key);
        json.WriteString("createdAt", IsoTime.Text(key.CreatedAt));
        WriteMoment(json, "expiresAt", key.ExpiresAt);
        WriteMoment(json, "lastUsedAt", key.LastUsedAt);
        WriteMoment(json, "revokedAt", key.RevokedAt);
        json.WriteStartObject("usageStats");
        json.WriteNumber("totalRequests", key.Requests);
        json.WriteNumber("successfulRequests", key.Requests - key.Failures);
        json.WriteNumber("failedRequests", key.Failures);
        json.WriteNumber("creationCount", key.Creations);
        json.WriteNumber("executionCount", key.Executions);
        json.WriteNumber("cancellationCount", key.Cancellations);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes one request of a key.</summary>
    public static void Write(Utf8JsonWriter json, ApiKeyRequest request)
    {
        json.WriteStartObject();
        json.WriteString("keyId", request.KeyId.ToString("N"));
        json.WriteString("timestamp", IsoTime.Text(request.At));
        json.WriteString("method", request.Method);
        json.WriteString("endpoint", request.Path);
        json.WriteNumber("status", request.Status);
        json.WriteBoolean("success", request.Status < 400);
        if (request.Error is { } error) json.WriteString("errorMessage", error);
        if (request.TookMs is { } took) json.WriteNumber("responseTime", took);
        json.WriteEndObject();
    }

    /// <summary>Writes <c>permissions</c>.</summary>
    public static void WritePermissions(Utf8JsonWriter json, ApiKey key)
    {
        json.WriteStartArray("permissions");
        foreach (var name in key.PermissionNames) json.WriteStringValue(name);
        json.WriteEndArray();
    }

    /// <summary>Writes <c>limits</c>; what is not limited is left out.</summary>
    public static void WriteLimits(Utf8JsonWriter json, ApiKey key)
    {
        json.WriteStartObject("limits");
        json.WriteNumber("maxSlippageBps", key.MaxSlippageBps);
        if (key.MaxUsdPerDay is { } usd) json.WriteString("maxUsdPerDay", usd.ToString());
        WriteTexts(json, "tokens", key.Tokens);
        WriteTexts(json, "ips", key.Ips);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, string[]? texts)
    {
        if (texts is null) return;
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>Writes a moment, or nothing where there is none.</summary>
    public static void WriteMoment(Utf8JsonWriter json, string name, DateTimeOffset? moment)
    {
        if (moment is { } value) json.WriteString(name, IsoTime.Exact(value));
    }
}
