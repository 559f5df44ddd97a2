using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.ApiKeys;

/// <summary>POST api-keys: makes a key and shows its secret this once.</summary>
internal static class PostApiKey
{
    private const int PermissionsMax = 10;

    public static async Task<IResult> HandleAsync(HttpContext context, CreateApiKey create, TimeProvider time, CancellationToken token)
    {
        var call = WalletCallProof.CallOf(context);
        if (Read(call.Message, time.GetUtcNow()).IsRejected(out var why, out var wanted)) return CharismaErrors.From(why);
        if ((await create.HandleAsync(call.Signed, wanted, token)).IsRejected(out why, out var created)) return CharismaErrors.From(why);
        return JsonAnswer.Fresh(context, ApiKeyJson.Of(created), CharismaJson.Default.NewApiKeyRecord);
    }

    /// <summary>What the message asks for; the first member that is wrong is named.</summary>
    public static Result<NewApiKey> Read(WalletMessage message, DateTimeOffset now)
    {
        if (!ApiKey.IsName(message.KeyName)) return new OrderError.Field("keyName", $"must be 1 to {ApiKey.NameMax} letters, digits, spaces, hyphens and underscores");
        if (message.Permissions is not { Count: > 0 and <= PermissionsMax } names) return new OrderError.Field("permissions", $"must name some of {ApiKeyPermissions.All}");
        var permissions = new HashSet<ApiKeyPermission>();
        foreach (var name in names)
        {
            if (!ApiKeyPermissions.TryParse(name, out var permission)) return new OrderError.Field("permissions", $"must name only {ApiKeyPermissions.All}");
            permissions.Add(permission);
        }
        if (KeyLimitsFields.Read(message.Limits).IsRejected(out var why, out var limits)) return why;
        var wanted = new NewApiKey(message.KeyName!, permissions, null) { Limits = limits };
        if (message.ExpiresAt is null) return wanted;
        if (!IsoTime.TryParse(message.ExpiresAt, out var end)) return new OrderError.Field("expiresAt", "must be a date and time in ISO 8601 that ends in Z");
        return end > now ? wanted with { ExpiresAt = end } : new OrderError.Field("expiresAt", "must be in the future");
    }
}
