using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Accounts;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>GET accounts: a wallet's accounts, oldest first, with what each has of every token.</summary>
internal static class GetAccounts
{
    public static async Task<IResult> HandleAsync(HttpContext context, ReadAccounts read, CancellationToken token)
    {
        if ((await read.OfAsync(CallerProof.CallerOf(context).Owner, token)).IsRejected(out var why, out var views))
            return CharismaErrors.From(why);
        var accounts = views.Select(view => AccountJson.Of(view, withWithdrawals: false));
        return JsonAnswer.Fresh(context, new AccountListRecord { Status = Answers.Success, Accounts = [.. accounts] },
            CharismaJson.Default.AccountListRecord);
    }
}
