using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.ApiKeys;

/// <summary>GET api-keys: a wallet's keys, newest first, with their status.</summary>
internal static class GetApiKeys
{
    public static async Task<IResult> HandleAsync(HttpContext context, ListApiKeys list, CancellationToken token)
    {
        var call = WalletCallProof.CallOf(context);
        var found = await list.HandleAsync(call.Signed.Signer, token);
        var keys = found.Keys.Select(key => ApiKeyJson.Of(key, found.ReadAt));
        return JsonAnswer.Fresh(context, new ApiKeyListRecord { Status = Answers.Success, ApiKeys = [.. keys] },
            CharismaJson.Default.ApiKeyListRecord);
    }
}
