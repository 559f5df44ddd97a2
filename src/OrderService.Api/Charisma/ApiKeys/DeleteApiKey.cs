using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.ApiKeys;

/// <summary>DELETE api-keys/{keyId}: ends a key for good. One that has ended already is not found.</summary>
internal static class DeleteApiKey
{
    public static async Task<IResult> HandleAsync(string keyId, HttpContext context, RevokeApiKey revoke, CancellationToken token)
    {
        var call = WalletCallProof.CallOf(context);
        if (!WalletCall.TryParseId(keyId, out var id)) return CharismaErrors.From(ReadApiKey.NotFound());
        if ((await revoke.HandleAsync(id, call.Signed, token)).IsRejected(out var why, out var key)) return CharismaErrors.From(why);
        return JsonAnswer.Fresh(context,
            new RevokedKeyRecord { Status = Answers.Success, Message = $"API key \"{key.Name}\" has been revoked" },
            CharismaJson.Default.RevokedKeyRecord);
    }
}
