using OrderService.Api.Wire;
using OrderService.Domain.Accounts;
using OrderService.Domain;
using OrderService.Engine.Accounts;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>GET accounts/{accountId}: one account with what it has of every token and its latest withdrawals.</summary>
internal static class GetAccount
{
    public static async Task<IResult> HandleAsync(
        string accountId, HttpContext context, FindAccount accounts, ReadAccounts read, CancellationToken token)
    {
        _ = accountId; // read by the call, which knows whose it must be
        if ((await accounts.InPathAsync(context, CallerProof.CallerOf(context), token)).IsRejected(out var why, out var account))
            return CharismaErrors.From(why);
        if ((await read.OneAsync(account, token)).IsRejected(out why, out var view)) return CharismaErrors.From(why);
        return JsonAnswer.Fresh(context,
            new AccountAnswerRecord { Status = Answers.Success, Account = AccountJson.Of(view, withWithdrawals: true) },
            CharismaJson.Default.AccountAnswerRecord);
    }
}
