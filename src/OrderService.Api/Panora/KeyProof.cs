using OrderService.Api.Wire;
using OrderService.Domain;

namespace OrderService.Api.Panora;

/// <summary>
/// Lets only callers through whose API key, in <c>x-api-key</c>, may do this. The key stands for its wallet: nothing is signed on this
/// wire.
/// </summary>
internal sealed class KeyProof(string action) : CallerProof(Asker.Key, action)
{
    private static readonly OrderError.Unauthenticated NoKey = new("missing_api_key", "Send an API key in the header x-api-key");

    /// <inheritdoc/>
    protected override async ValueTask<IResult?> RefusalAsync(HttpContext http)
    {
        if (Authenticator.KeyOf(http).Length == 0) return PanoraErrors.From(NoKey);
        var authenticator = http.RequestServices.GetRequiredService<Authenticator>();
        if ((await authenticator.AuthenticateAsync(http, Action!, uuid: null, owner: null, http.RequestAborted)).IsRejected(out var why,
            out var caller))
        {
            return PanoraErrors.From(why);
        }
        http.Features.Set(caller);
        return null;
    }
}
