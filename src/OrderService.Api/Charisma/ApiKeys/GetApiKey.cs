using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Auth;

namespace OrderService.Api.Charisma.ApiKeys;

/// <summary>GET api-keys/{keyId}: one key with its counters and its latest requests.</summary>
internal static class GetApiKey
{
    public static async Task<IResult> HandleAsync(string keyId, HttpContext context, ReadApiKey read, CancellationToken token)
    {
        var call = WalletCallProof.CallOf(context);
        if (!WalletCall.TryParseId(keyId, out var id)) return CharismaErrors.From(ReadApiKey.NotFound());
        if ((await read.HandleAsync(id, call.Signed.Signer, token)).IsRejected(out var why, out var view)) return CharismaErrors.From(why);
        var answer = new ApiKeyAnswerRecord
        {
            Status = Answers.Success, ApiKey = ApiKeyJson.Of(view.Key, view.ReadAt),
            RecentActivity = [.. view.RecentActivity.Select(ApiKeyJson.Of)],
        };
        return JsonAnswer.Fresh(context, answer, CharismaJson.Default.ApiKeyAnswerRecord);
    }
}
