using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;
using OrderService.Engine.Clock;

namespace OrderService.Api.Charisma.ApiKeys;

/// <summary>POST api-keys: makes a key and shows its secret this once.</summary>
internal static class PostApiKey
{
    public static async Task<IResult> HandleAsync(HttpContext context, CreateApiKey create, TimeProvider time, CancellationToken token)
    {
        var wanted = WalletAskProof<KeyAskedRecord>.AskedOf(context).Asked;
        if (wanted.ExpiresAt <= time.RealNow()) return CharismaErrors.Field("expiresAt", "must be in the future");
        if ((await create.HandleAsync(WalletCallProof.CallOf(context).Signed, wanted, token)).IsRejected(out var why, out var created))
            return CharismaErrors.From(why);
        return JsonAnswer.Fresh(context, ApiKeyJson.Of(created), CharismaJson.Default.NewApiKeyRecord);
    }
}
