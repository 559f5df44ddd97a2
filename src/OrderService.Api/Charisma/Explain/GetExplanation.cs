using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Engine.Orders.Explain;

namespace OrderService.Api.Charisma.Explain;

/// <summary>GET orders/{uuid}/explain: why an order stands where it does. It is told to whom the order is.</summary>
internal static class GetExplanation
{
    public static async Task<IResult> HandleAsync(
        string uuid, HttpContext context, ReadableOrder orders, ExplainOrder explain, CancellationToken token)
    {
        if ((await orders.FindAsync(uuid, context, token)).IsRejected(out var why, out var view)) return CharismaErrors.From(why);
        var told = Of(await explain.HandleAsync(view, token));
        return JsonAnswer.Fresh(context, new SuccessRecord<ExplanationRecord> { Status = Answers.Success, Data = told },
            CharismaJson.Default.SuccessRecordExplanationRecord);
    }

    public static GateRecord Of(OrderGate gate) => new()
    {
        Name = gate.Name, Open = gate.IsOpen, Says = gate.Says, Change = gate.Change,
        Figures = gate.Figures.Count == 0 ? null : new Dictionary<string, string>(gate.Figures),
    };

    private static ExplanationRecord Of(Explanation explanation) => new()
    {
        Sentence = explanation.Sentence, WaitingFor = explanation.WaitingFor?.ToString().ToLowerInvariant(),
        Gates = [.. explanation.Gates.Select(Of)],
        Changes = [.. explanation.Gates.Where(gate => gate.IsOpen == false).Select(gate => gate.Change).OfType<string>()],
        Due = [.. explanation.Due.Select(Of)],
    };

    private static DueTimeRecord Of(DueTime due) => new()
    {
        At = IsoTime.Text(due.At), Slice = due.Slice, By = due.By, WatchedPrice = due.WatchedPrice, BasePrice = due.BasePrice,
        PriceSources = due.PriceSources, Outcome = due.Outcome,
        OutcomeAt = due.OutcomeAt is { } at ? IsoTime.Text(at) : null, Reason = due.Reason, Txid = due.TxId,
    };
}
