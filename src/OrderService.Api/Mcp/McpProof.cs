using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Mcp;

/// <summary>
/// Lets only callers through that bring an API key, as <c>X-API-Key</c> or as a bearer token; what it may do each tool asks for itself.
/// </summary>
internal sealed class McpProof() : CallerProof(Asker.Key)
{
    private const string Bearer = "Bearer ";

    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        var given = http.Request.Headers.Authorization.ToString();
        if (Authenticator.KeyOf(http).Length == 0 && given.StartsWith(Bearer, StringComparison.Ordinal))
            http.Request.Headers[Authenticator.KeyHeader] = given[Bearer.Length..];
        if (Authenticator.KeyOf(http).Length == 0)
        {
            return Refused(http,
                new OrderError.Unauthenticated("missing_api_key", "Send an API key in the header X-API-Key, or as a bearer token"));
        }
        // Any key that is active may read its wallet's orders, which is the least that a caller wants.
        var proof = await http.RequestServices.GetRequiredService<Authenticator>()
            .AuthenticateAsync(http, WalletActions.ListOrders, uuid: null, owner: null, http.RequestAborted);
        return proof.IsRejected(out var why, out _) ? Refused(http, why) : null;
    }

    private static ErrorAnswer Refused(HttpContext http, OrderError why)
    {
        var status = why switch
        {
            OrderError.Unauthenticated => StatusCodes.Status401Unauthorized,
            OrderError.Forbidden => StatusCodes.Status403Forbidden,
            OrderError.TooMany => StatusCodes.Status429TooManyRequests,
            OrderError.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status400BadRequest,
        };
        var facts = new ErrorFacts(status, why.Code, why.Message)
        {
            RetryAfter = why switch { OrderError.TooMany many =>
                many.RetryAfter, OrderError.Unavailable away => away.RetryAfter, _ => null },
        };
        return new ErrorAnswer(facts, http.RequestServices.GetRequiredService<Dialects>().ShapeOf(http));
    }
}
