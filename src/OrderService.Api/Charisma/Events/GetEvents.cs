using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Engine.Events;

namespace OrderService.Api.Charisma.Events;

/// <summary>
/// GET events: what happened behind a position, as a page, or as a stream that goes on. A wallet or a key sees its own, an admin key
/// everybody's.
/// </summary>
internal static class GetEvents
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, EventReader reader, EventRelay relay, EventStreams streams, CancellationToken token)
    {
        var query = EventProof.QueryOf(context);
        await relay.CatchUpAsync(token);
        // With a snapshot it begins now; whoever comes back with a position goes on behind that.
        if (query is { WithSnapshot: true, After: null })
            return streams.Open(query, await reader.SelectAsync(query.Filter, long.MaxValue, 1, token));
        var page = await reader.SelectAsync(query.Filter, query.After?.Number ?? 0, query.Limit, token);
        if (query.After is { } after && !page.Log.Has(after)) return Gone(page.Log);
        if (StreamBody.IsWanted(context.Request)) return streams.Open(query with { WithSnapshot = false }, page);
        var record = new EventPageRecord
        {
            Log = page.Log.LogId, Head = page.Log.Position, Next = page.Next.ToString(), Events = [.. page.Events.Select(EventJson.Of)],
        };
        return JsonAnswer.Fresh(context, new SuccessRecord<EventPageRecord> { Status = Answers.Success, Data = record },
            CharismaJson.Default.SuccessRecordEventPageRecord);
    }

    /// <summary>
    /// The position is of another log, or one that this log has not reached: the store went back in time, and the reader has to begin anew.
    /// </summary>
    public static ErrorAnswer Gone(LogHead log) => new(GoneFacts(log), CharismaErrors.Write);

    public static ErrorFacts GoneFacts(LogHead log) =>
        new ErrorFacts(StatusCodes.Status410Gone, "position_gone",
            "The position is not one of this log: begin anew, or from its head").With("log", log.LogId).With("head", log.Position);
}
