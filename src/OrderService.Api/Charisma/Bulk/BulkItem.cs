using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma.Bulk;

/// <summary>
/// What became of the orders of a call about several: each has a result of its own, in the order in which they were named.
/// </summary>
internal static class BulkItem
{
    /// <summary>The whole order, or why it is not stored.</summary>
    public static BulkItemRecord Whole(string? uuid, Result<Order> done, DateTimeOffset now) => done.IsRejected(out var why, out var order)
        ? Refused(uuid, why, now)
        : new BulkItemRecord { Uuid = uuid, Ok = true, Order = OrderJson.Of(new OrderView(order, [], now)) };

    /// <summary>Where the order stands, or why it is not cancelled.</summary>
    public static BulkItemRecord Standing(OrderUuid uuid, Result<Order> done, DateTimeOffset now) =>
        done.IsRejected(out var why, out var order)
        ? Refused(uuid.ToString(), why, now)
        : new BulkItemRecord { Uuid = uuid.ToString(), Ok = true, OrderStatus = CharismaStatus.Of(order, now) };

    /// <summary>The transaction that was made, or why there is none.</summary>
    public static BulkItemRecord Sent(OrderUuid uuid, Result<string> done, DateTimeOffset now) => done.IsRejected(out var why, out var txId)
        ? Refused(uuid.ToString(), why, now)
        : new BulkItemRecord { Uuid = uuid.ToString(), Ok = true, Txid = txId };

    /// <summary>The answer of a call, which tells how many of them are good.</summary>
    public static IResult Answer(HttpContext context, IEnumerable<BulkItemRecord> items, bool? isComplete = null)
    {
        BulkItemRecord[] data = [.. items.Select((item, index) => item with { Index = index })];
        var failed = data.Count(item => !item.Ok);
        return JsonAnswer.Fresh(
            context,
            new BulkAnswerRecord { Status = Answers.Success, Data = data, Succeeded = data.Length - failed, Failed = failed,
                Complete = isComplete }, CharismaJson.Default.BulkAnswerRecord);
    }

    /// <summary>The refusal of a whole call for the sake of one of its orders.</summary>
    public static IResult Refusal(int at, OrderError why) =>
        new ErrorAnswer(CharismaErrors.FactsOf(why).With("index", at), CharismaErrors.Write);

    private static BulkItemRecord Refused(string? uuid, OrderError why, DateTimeOffset now) => new()
    {
        Uuid = uuid, Ok = false, Refusal = CharismaErrors.RecordOf(CharismaErrors.FactsOf(why), now),
    };
}
