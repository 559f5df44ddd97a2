using Microsoft.Extensions.Options;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma;

/// <summary>
/// POST orders/{uuid}/execute: swaps now, whatever the price, in one try unless <c>retry</c> asks for more. Answers the transaction's id.
/// </summary>
internal static class PostExecute
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ExecuteOrder execute, IOptions<OrdersApiOptions> options, CancellationToken token)
    {
        var call = OrderProof.CallOf(context);
        if ((await RetryField.ReadAsync(context, options.Value.BodyBytesMax, token)).IsRejected(out var why, out var retries))
            return CharismaErrors.From(why);
        if ((await execute.HandleAsync(call.Uuid, call.Caller, retries, token)).IsRejected(out why, out var txId))
            return CharismaErrors.From(why);
        context.Response.Headers["X-Order-Id"] = call.Uuid.ToString();
        return JsonAnswer.Fresh(context, new ExecutedRecord { Status = Answers.Success, Txid = txId }, CharismaJson.Default.ExecutedRecord);
    }
}
