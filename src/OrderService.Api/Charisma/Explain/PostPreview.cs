using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Orders.Explain;

namespace OrderService.Api.Charisma.Explain;

/// <summary>POST orders/preview: goes through the rules of create with a body of it, signed or not, tells all refusals at once and what would become of the order, and stores nothing.</summary>
internal static class PostPreview
{
    public static async Task<IResult> HandleAsync(HttpContext context, ISwapRouter router, PreviewOrder preview, CancellationToken token)
    {
        var body = await BodyFilter<NewOrderRecord>.ReadAsync(context, CharismaBodies.Style.By(context.RequestServices));
        if (body.Fault is OrderError.Malformed unread) return CharismaErrors.From(unread);
        if (body.Fault is { } fault) return Answer(context, body, Refused([fault]));
        var isSigned = body.Signature.IsGiven;
        if (!isSigned && !body.Uuid.IsGiven) body = body with { Uuid = Given<OrderUuid>.Of(OrderUuid.New()) };
        List<OrderError> found = [.. NewOrderRules.AllAtOnce.Refusals(body).Where(refusal => isSigned || refusal.Name != "signature")];
        if (!HasFunds(body)) return Answer(context, body, Refused(found));
        if (body.RecipientRefusal(router.Terms) is { } elsewhere) found.Add(elsewhere);
        // A part of a condition is refused, and says nothing to judge by.
        var order = HasCondition(body) ? body : body with { ConditionToken = default, TargetPrice = default, Direction = default, TrailingBps = default, TrailingAmount = default };
        return Answer(context, body, await preview.HandleAsync(order.AsOrder(router.Terms), body.Signature.IsRead, found, token));
    }

    private static Preview Refused(IReadOnlyList<OrderError> refusals) => new(refusals, null, null, false, null, null, Preview.RefusedSentence(refusals));

    private static bool HasFunds(NewOrderRecord body) =>
        body is { Owner.IsRead: true, InputToken.IsRead: true, OutputToken.IsRead: true, AmountIn.IsRead: true, Recipient.IsRead: true, Uuid.IsRead: true } && body.AmountIn.Value > TokenAmount.Zero;

    private static bool HasCondition(NewOrderRecord body) => body is { ConditionToken.IsRead: true, Direction.IsRead: true } and ({ TargetPrice.IsRead: true } or { TrailingBps.IsRead: true } or { TrailingAmount.IsRead: true });

    private static JsonAnswer Answer(HttpContext context, NewOrderRecord body, Preview preview)
    {
        return JsonAnswer.Fresh(context, new SuccessRecord<PreviewRecord> { Status = Answers.Success, Data = Of(preview, body) }, CharismaJson.Default.SuccessRecordPreviewRecord);
    }

    private static PreviewRecord Of(Preview preview, NewOrderRecord body) => new()
    {
        Sentence = preview.Sentence, Acceptable = preview.Refusals.Count == 0, Signed = body.Signature.IsRead && preview.Refusals.Count == 0, Refusals = [.. preview.Refusals.Select(Of)],
        WouldTriggerNow = preview.WouldTriggerNow, Price = preview.Price is { } gate ? GetExplanation.Of(gate) : null, Swap = preview.Swap is { } swap ? Of(swap) : null, NoSwap = preview.NoSwap?.Code,
        Funds = preview.Funds is not { } funds ? null : new PreviewFundsRecord { Balance = funds.Balance.ToString(), Required = body.AmountIn.Value.ToString(), Enough = funds.Balance >= body.AmountIn.Value },
        StartsAt = body.ValidFrom.IsRead ? IsoTime.Text(body.ValidFrom.Value) : null, EndsAt = body.ValidTo.IsRead ? IsoTime.Text(body.ValidTo.Value) : null,
    };

    private static PreviewRefusalRecord Of(OrderError refusal)
    {
        var facts = CharismaErrors.FactsOf(refusal);
        return new PreviewRefusalRecord { Status = facts.Status, Code = facts.Code, Error = facts.Sentence, Field = facts.Details.GetValueOrDefault("field") as string };
    }

    private static PreviewSwapRecord Of(PreviewedSwap swap) => new()
    {
        AmountOut = swap.Quote.AmountOut.ToString(), MinAmountOut = swap.MinAmountOut?.ToString(), Taken = swap.Refusal is null, Reason = swap.Refusal?.Code, Why = swap.Refusal?.Message,
        Fee = swap.Fee?.ToString(), ImpactBps = swap.ImpactBps, BelowBelievedBps = swap.BelowBelievedBps, Vaults = [.. swap.Quote.Hops.Select(hop => hop.Vault.ToString())],
    };
}
