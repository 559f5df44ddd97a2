using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.ApiKeys;

/// <summary>GET api-keys: a wallet's keys, newest first, with their status.</summary>
internal static class GetApiKeys
{
    public static async Task<IResult> HandleAsync(HttpContext context, Authenticator authenticator, ListApiKeys list, CancellationToken token)
    {
        if ((await WalletCall.ProveAsync(context, authenticator, WalletActions.ListApiKeys, keyId: null, token)).IsRejected(out var why, out var call)) return CharismaErrors.From(why);
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
