using Microsoft.AspNetCore.Http.Features;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Engine.Accounts;

namespace OrderService.Api.Charisma.Accounts;

/// <summary>
/// POST accounts/{accountId}/withdraw: pays the owner's wallet, and nobody else. Answered once the amount is set aside; the transfer
/// follows.
/// </summary>
internal static class PostWithdrawal
{
    public static async Task<IResult> HandleAsync(HttpContext context, Withdraw withdraw, CancellationToken token)
    {
        var (call, account) = (CallProof<NewWithdrawalRecord>.CallOf(context), context.Features.GetRequiredFeature<ManagedAccount>());
        var wanted = new NewWithdrawal(CreationId.Of(context), account, call.Asked.Token.Value, call.Asked.Amount.Value,
            call.Caller.Message, call.Caller.Actor);
        if ((await withdraw.HandleAsync(wanted, token)).IsRejected(out var why, out var withdrawal)) return CharismaErrors.From(why);
        return JsonAnswer.Fresh(context, new WithdrawalAnswerRecord { Status = Answers.Success, Withdrawal = AccountJson.Of(withdrawal) },
            CharismaJson.Default.WithdrawalAnswerRecord);
    }
}
