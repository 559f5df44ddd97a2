using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Engine.Accounts;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>POST accounts: opens an account with a key of its own.</summary>
internal static class PostAccount
{
    public static async Task<IResult> HandleAsync(HttpContext context, CreateAccount create, CancellationToken token)
    {
        var call = CallProof<NewAccountRecord>.CallOf(context);
        var wanted = new NewAccount(CreationId.Of(context), call.Caller.Owner, call.Asked.Name.Value!, call.Caller.Message)
        {
            Actor = call.Caller.Actor,
        };
        if ((await create.HandleAsync(wanted, token)).IsRejected(out var why, out var account)) return CharismaErrors.From(why);
        return JsonAnswer.Fresh(context, new AccountAnswerRecord { Status = Answers.Success, Account = AccountJson.Of(account) },
            CharismaJson.Default.AccountAnswerRecord);
    }
}
