using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Engine.Clock;

namespace OrderService.Api.Tread;

/// <summary>
/// Lets only requests with a token through: an API key of a wallet, or an admin key, behind <c>Token</c> or <c>Bearer</c>. Some routes name
/// every fault of it alike.
/// </summary>
internal sealed class TokenProof(bool tellsWhy, string? action = null, params ApiKeyPermission[] permissions)
    : CallerProof(Asker.User, action, permissions)
{
    private static readonly string[] Schemes = ["Token", "Bearer"];

    /// <summary>True where the wallet itself must ask: superusers own no orders.</summary>
    public bool IsOwners { get; init; }

    /// <summary>What of the request itself is refused before who is asking is, where a route's order of checks has that first.</summary>
    public Func<HttpContext, Task<IResult?>>? BeforePermission { get; init; }

    /// <summary>Who is asking, of a request that was let through.</summary>
    public static new TreadCaller CallerOf(HttpContext context) => Proven<TreadCaller>(context);

    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        if (Read(http.Request.Headers.Authorization.ToString(), out var token) is { } fault) return Told(fault);
        if (await JudgeAsync(http, token, Action ?? WalletActions.ListOrders) is { } refused)
            return refused.Status == StatusCodes.Status401Unauthorized ? Told(refused) : refused;
        var caller = CallerOf(http);
        var mayNot = IsOwners && caller.IsSuperuser
            ? TreadFaults.Superuser : caller.Has([.. Permissions]) ? null : TreadFaults.NoPermission;
        return mayNot is not null && BeforePermission is { } first && await first(http) is { } said ? said : mayNot;
    }

    /// <summary>
    /// The key that a token is, or why it is none now; for callers that send it elsewhere than in the header. The action says what the call
    /// is counted as.
    /// </summary>
    public static async Task<TreadFault?> JudgeAsync(HttpContext http, string token, string action = WalletActions.ListOrders)
    {
        var services = http.RequestServices;
        if (services.GetRequiredService<AdminKeys>().Knows(token))
        {
            http.Features.Set(new TreadCaller(Key: null));
            return null;
        }
        var counted = await services.GetRequiredService<Authenticator>().CountKeyAsync(http, token, action, http.RequestAborted);
        if (counted.IsRejected(out var why, out var key))
            return why is OrderError.TooMany many ? Throttled(many) : Invalid("invalid_token", "Invalid token.");
        var now = services.GetRequiredService<TimeProvider>().RealNow();
        if (key.Status == ApiKey.Active && key.ExpiresAt <= now) return Invalid("token_expired", "Token has expired.");
        if (key.StatusAt(now) != ApiKey.Active) return Invalid("invalid_token", "Invalid token.");
        if (key.RefusesAddress(http.Connection.RemoteIpAddress) is { } elsewhere)
        {
            return TreadFaults.NoPermission with
            {
                Code = elsewhere.Code,
            };
        }
        if (services.GetRequiredService<Authenticator>().RefusalOfOwner(http, key.Owner, action) is OrderError.TooMany spent)
            return Throttled(spent);
        http.Features.Set(new TreadCaller(key));
        return null;
    }

    private static TreadFault? Read(string header, out string token)
    {
        token = "";
        var scheme = Array.Find(Schemes,
            s => header.StartsWith(s, StringComparison.OrdinalIgnoreCase) && (header.Length == s.Length || header[s.Length] == ' '));
        if (scheme is null) return Invalid("not_authenticated", "Authentication credentials were not provided.");
        token = header[scheme.Length..].Trim();
        if (token.Length == 0) return Invalid("token_missing", "Invalid token header. No credentials provided.");
        return token.Contains(' ', StringComparison.Ordinal)
            ? Invalid("token_malformed", "Invalid token header. Token string should not contain spaces.") : null;
    }

    private static TreadFault Throttled(OrderError.TooMany why) => new(429, FaultShape.Detail, why.Code, "Request was throttled.")
    {
        RetryAfter = why.RetryAfter,
    };

    private static TreadFault Invalid(string code, string sentence) => new(401, FaultShape.Detail, code, sentence);

    private TreadFault Told(TreadFault fault) => tellsWhy ? fault : fault with { Shape = FaultShape.Error, Sentences = ["Unauthorized"] };
}
