using System.Globalization;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Transactions;
using OrderService.Engine.Orders.Explain;

namespace OrderService.Api.Charisma.Explain;

/// <summary>
/// GET orders/{uuid}/events: what happened to an order from its beginning, with every transaction and its fee. It is told to whom the order
/// is.
/// </summary>
internal static class GetOrderEvents
{
    public const int LimitMax = 500;
    public const int LimitDefault = 100;

    public static async Task<IResult> HandleAsync(
        string uuid, HttpContext context, ReadableOrder orders, ReadStory stories, CancellationToken token)
    {
        if ((await orders.FindAsync(uuid, context, token)).IsRejected(out var why, out var view)) return CharismaErrors.From(why);
        var query = context.Request.Query;
        var (after, limit) = (0L, LimitDefault);
        if (query.Text("after") is { } afterText && !long.TryParse(afterText, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            return CharismaErrors.Field("after", "must be a whole number from 0: next of the page before");
        if (query.LimitRefusal(LimitMax, ref limit) is { } badLimit) return CharismaErrors.From(badLimit);
        var story = await stories.HandleAsync(view.Order.Id, after, limit, token);
        return JsonAnswer.Fresh(context, new SuccessRecord<StoryRecord> { Status = Answers.Success, Data = Of(story) },
            CharismaJson.Default.SuccessRecordStoryRecord);
    }

    private static StoryRecord Of(OrderStory story) => new()
    {
        Events = [.. story.Events.Select(Of)],
        Attempts = [.. story.Attempts.Select(attempt => Of(attempt, [.. story.Versions[attempt.Id]]))], Next = story.Next,
    };

    private static StoryEventRecord Of(OrderEvent told) => new()
    {
        Sequence = told.Id, Kind = told.Kind, At = IsoTime.Text(told.At), Actor = told.Actor,
        OrderStatus = told.OrderStatus is { } status ? status.ToString().ToLowerInvariant() : null,
        OrderFilled = told.OrderFilled?.ToString(), OrderReason = told.OrderReason, Slice = told.SliceNumber,
        Facts = RawJson.Of(told.Detail),
    };

    private static StoryAttemptRecord Of(SwapAttempt attempt, IReadOnlyList<OutgoingVersion> versions) => new()
    {
        Txid = attempt.TxId, Slice = attempt.SliceNumber, Kind = Word(attempt.Kind), Status = Word(attempt.Status), Reason = attempt.Reason,
        Fee = attempt.Fee.ToString(), Payer = attempt.Solver.ToString(),
        Nonce = attempt.Nonce, Quoted = Text(attempt.QuotedAmountOut), MinAmountOut = Text(attempt.MinAmountOut),
        AmountOut = Text(attempt.AmountOut), BlockHeight = attempt.BlockHeight,
        PreparedAt = IsoTime.Text(attempt.PreparedAt), SettledAt = attempt.SettledAt is { } at ? IsoTime.Text(at) : null,
        IsFinal = attempt.IsFinal, Sends = attempt.SendsCount,
        Outbid = versions.Count == 0
            ? null : [.. versions.Select(version => new OutbidRecord { Txid = version.TxId, Fee = version.Fee.ToString() })],
    };

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string? Text(TokenAmount? amount) => amount?.ToString();
}
