using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>POST orders/{uuid}/replace: cancels the order and stores the one of the body in its place, both or neither.</summary>
internal static class PostReplace
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ISwapRouter router, AddressBudgets addresses, ReplaceOrder replace, TimeProvider time, CancellationToken token)
    {
        var call = ReplaceProof.CallOf(context);
        var body = call.Asked.Order.Value!;
        if (addresses.Take(context, AddressUse.Creates) is { } spent) return CharismaErrors.From(spent);
        if (RequestRules<NewOrderRecord>.Of(context).FirstRefusal(body) is { } refused) return CharismaErrors.From(refused);
        if (body.Uuid.Value.Key == call.Uuid.Key)
            return CharismaErrors.Field("uuid", "must be a fresh one: that of the order that is replaced goes with it");
        if (body.ToOrder(router.Terms).IsRejected(out var why, out var wanted)
            || (await replace.HandleAsync(call.Uuid, wanted with { By = call.Caller }, call.Caller, token)).IsRejected(out why,
                out var replaced))
        {
            return CharismaErrors.From(why);
        }
        var now = time.GetUtcNow();
        context.Response.Headers[IdempotencyFilter.OrderHeader] = replaced.New.Terms.Uuid.ToString();
        var old = new ReplacedRecord { Uuid = replaced.Old.Terms.Uuid.ToString(), OrderStatus = CharismaStatus.Of(replaced.Old, now) };
        return JsonAnswer.Fresh(context,
            new ReplacedAnswerRecord { Status = Answers.Success, Data = OrderJson.Of(new OrderView(replaced.New, [], now)),
                Replaced = old }, CharismaJson.Default.ReplacedAnswerRecord);
    }
}
