using OrderService.Domain;
using OrderService.Engine.Accounts;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>GET accounts: a wallet's accounts, oldest first, with what each has of every token.</summary>
internal static class GetAccounts
{
    public static async Task<IResult> HandleAsync(HttpContext context, ReadAccounts read, CancellationToken token)
    {
        if ((await read.OfAsync(AccountProof.CallOf(context).Caller.Owner, token)).IsRejected(out var why, out var views)) return CharismaErrors.From(why);
        Answers.NoStore(context);
        return Answers.Success(json =>
        {
            json.WriteStartArray("accounts");
            foreach (var view in views) AccountJson.Write(json, view, withWithdrawals: false);
            json.WriteEndArray();
        });
    }
}
