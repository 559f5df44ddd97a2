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
        Answers.NoStore(context);
        return Answers.Success(json =>
        {
            json.WriteStartArray("apiKeys");
            foreach (var key in found.Keys) ApiKeyJson.Write(json, key, found.ReadAt);
            json.WriteEndArray();
        });
    }
}
