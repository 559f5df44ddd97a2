using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Amounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;
using OrderService.Engine.Orders.Explain;

namespace OrderService.Api.Charisma.Explain;

/// <summary>Which leg of which group a body is, who asks for it, and the account that would pay; null where the wallet would.</summary>
internal sealed record PreviewedLeg(Guid GroupId, int Number, Caller? By, ManagedAccount? Payer);

/// <summary>
/// POST orders/preview: goes through the rules of create with a body of it, signed or not, tells all refusals at once and what would become
/// of the order, and stores nothing.
/// </summary>
internal static class PostPreview
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ISwapRouter router, PreviewOrder preview, ReplayTrigger replay, TimeProvider time, CancellationToken token)
    {
        if (PreviewSpan.Read(context.Request.Query, time.GetUtcNow()).IsRejected(out var why, out var span))
            return CharismaErrors.From(why);
        var body = await BodyFilter<NewOrderRecord>.ReadAsync(context, CharismaBodies.Style.By(context.RequestServices));
        if (body.Fault is OrderError.Malformed unread) return CharismaErrors.From(unread);
        var told = await LookAsync(body, router.Terms, preview, leg: null, token);
        if (span is { From: { } from } && OrderOf(body, router.Terms) is { } order)
        {
            if ((await replay.HandleAsync(order.Terms, from, span.To, token)).IsRejected(out var busy, out var history))
                return CharismaErrors.From(busy);
            told = told with { History = history };
        }
        return JsonAnswer.Fresh(context, new SuccessRecord<PreviewRecord> { Status = Answers.Success, Data = Of(told, body) },
            CharismaJson.Default.SuccessRecordPreviewRecord);
    }

    /// <summary>What one body would be; as a leg of a group, where it is one.</summary>
    public static async Task<Preview> LookAsync(
        NewOrderRecord body, VenueTerms venue, PreviewOrder preview, PreviewedLeg? leg, CancellationToken token)
    {
        if (body.Fault is { } fault) return Refused([fault]);
        var isSigned = body.Signature.IsGiven;
        List<OrderError> found =
            [.. NewOrderRules.AllAtOnce.Refusals(WithUuid(body)).Where(refusal => isSigned || refusal.Name != "signature")];
        if (OrderOf(body, venue) is not { } order) return Refused(found);
        if (body.RecipientRefusal(venue) is { } elsewhere) found.Add(elsewhere);
        if (leg is not null)
        {
            order = order with { Terms = order.Terms with { GroupId = leg.GroupId, Leg = leg.Number }, By = leg.By };
            if (leg.Payer is { } payer) order = order with { Funding = new OrderFunding.FromAccount(payer) };
        }
        return await preview.HandleAsync(order, body.Signature.IsRead, found, token);
    }

    /// <summary>
    /// The order of a body. A part of a condition is refused, and says nothing to judge by. Null where even what is sold cannot be read.
    /// </summary>
    public static NewOrder? OrderOf(NewOrderRecord given, VenueTerms venue)
    {
        var body = WithUuid(given);
        if (body.Fault is not null || !HasFunds(body)) return null;
        return (HasCondition(body)
            ? body
            : body with { ConditionToken = default, TargetPrice = default, Direction = default, TrailingBps = default,
                TrailingAmount = default }).AsOrder(venue);
    }

    /// <summary>The body with a uuid, where it has none and need not have one.</summary>
    public static NewOrderRecord WithUuid(NewOrderRecord body) => body.Signature.IsGiven || body.Uuid.IsGiven ? body : body with
    {
        Uuid = Given<OrderUuid>.Of(OrderUuid.New()),
    };

    private static Preview Refused(IReadOnlyList<OrderError> refusals) =>
        new(refusals, null, null, false, null, null, Preview.RefusedSentence(refusals));

    private static bool HasFunds(NewOrderRecord body) =>
        body is { Owner.IsRead: true, InputToken.IsRead: true, OutputToken.IsRead: true, AmountIn.IsRead: true, Recipient.IsRead: true,
            Uuid.IsRead: true } && body.AmountIn.Value > TokenAmount.Zero;

    private static bool HasCondition(NewOrderRecord body) =>
        body is { ConditionToken.IsRead: true, Direction.IsRead: true }
            and ({ TargetPrice.IsRead: true } or { TrailingBps.IsRead: true } or { TrailingAmount.IsRead: true });

    /// <summary>The record of a preview.</summary>
    public static PreviewRecord Of(Preview preview, NewOrderRecord body) => new()
    {
        Sentence = preview.Sentence, Acceptable = preview.Refusals.Count == 0,
        Signed = body.Signature.IsRead && preview.Refusals.Count == 0, Refusals = [.. preview.Refusals.Select(Of)],
        WouldTriggerNow = preview.WouldTriggerNow, Price = preview.Price is { } gate ? GetExplanation.Of(gate) : null,
        Swap = preview.Swap is { } swap ? Of(swap) : null, NoSwap = preview.NoSwap?.Code,
        Funds = preview.Funds is not { } funds ? null : new PreviewFundsRecord
        {
            Balance = funds.ToString(), Required = body.AmountIn.Value.ToString(), Enough = funds >= body.AmountIn.Value,
        },
        StartsAt = body.ValidFrom.IsRead ? IsoTime.Text(body.ValidFrom.Value) : null,
        EndsAt = body.ValidTo.IsRead ? IsoTime.Text(body.ValidTo.Value) : null,
        History = preview.History is { } history ? Of(history) : null,
    };

    /// <summary>The record of a refusal.</summary>
    public static PreviewRefusalRecord Of(OrderError refusal)
    {
        var facts = CharismaErrors.FactsOf(refusal);
        return new PreviewRefusalRecord
        {
            Status = facts.Status, Code = facts.Code, Error = facts.Sentence, Field = facts.Details.GetValueOrDefault("field") as string,
        };
    }

    private static PreviewHistoryRecord Of(TriggerReplay history) => new()
    {
        From = IsoTime.Text(history.From), To = IsoTime.Text(history.To), Moments = history.Moments, Says = history.Says,
        FiredAt = history.FiresAt is { } at ? IsoTime.Text(at) : null,
        Price = history.Price?.ToString(), Target = history.Target?.ToString(),
    };

    private static PreviewSwapRecord Of(PreviewedSwap swap) => new()
    {
        AmountOut = swap.Quote.AmountOut.ToString(), MinAmountOut = swap.MinAmountOut?.ToString(), Taken = swap.Refusal is null,
        Reason = swap.Refusal?.Code, Why = swap.Refusal?.Message,
        Fee = swap.Fee?.ToString(), ImpactBps = swap.ImpactBps, BelowBelievedBps = swap.BelowBelievedBps,
        Vaults = [.. swap.Quote.Hops.Select(hop => hop.Vault.ToString())],
    };
}
