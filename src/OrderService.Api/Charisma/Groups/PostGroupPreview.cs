using OrderService.Api.Charisma.Explain;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Accounts;
using OrderService.Engine.Orders.Explain;

namespace OrderService.Api.Charisma.Groups;

/// <summary>
/// POST orders/groups/preview: what a group would be, signed or not, with all refusals of it and of each leg at once; nothing is stored.
/// </summary>
internal static class PostGroupPreview
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ISwapRouter router, PreviewOrder preview, PreviewFunds funds, Authenticator authenticator,
        FindAccount accounts, CancellationToken token)
    {
        var body = await BodyFilter<NewGroupRecord>.ReadAsync(context, CharismaBodies.GroupStyle.By(context.RequestServices));
        if (body.Fault is OrderError.Malformed unread) return CharismaErrors.From(unread);
        var legs = body.Legs.IsRead ? body.Legs.Value!.Take(LegsMax).Select(PostPreview.WithUuid).ToArray() : [];
        var (found, group) = Read(context, body, legs);
        var (by, payer) = new GroupPayer(null, null);
        if (group is { Account: not null }) // what an account has is its owner's to know
        {
            if ((await GroupPayer.OfAsync(context, group, authenticator, accounts, token)).IsRejected(out var why, out var paid))
                found.Add(why);
            else
                (by, payer) = paid;
        }
        var told = new List<PreviewRecord>();
        var id = group?.Id ?? Guid.NewGuid();
        foreach (var (at, leg) in legs.Index())
        {
            var seen = await PostPreview.LookAsync(leg, router.Terms, preview, new PreviewedLeg(id, at + 1, by, payer), token);
            told.Add(PostPreview.Of(seen, leg));
        }
        if (payer is not null && await LackAsync(group!, payer, legs, router.Terms, funds, token) is { } lack) found.Add(lack);
        var data = new GroupPreviewRecord
        {
            Acceptable = found.Count == 0 && told.TrueForAll(leg => leg.Acceptable), Refusals = [.. found.Select(PostPreview.Of)],
            Legs = told,
        };
        return JsonAnswer.Fresh(context, new SuccessRecord<GroupPreviewRecord> { Status = Answers.Success, Data = data },
            CharismaJson.Default.SuccessRecordGroupPreviewRecord);
    }

    // What is wrong with the group by itself, and the group where that can be told.
    private static (List<OrderError> Found, GroupBody? Group) Read(HttpContext context, NewGroupRecord body, NewOrderRecord[] legs)
    {
        List<OrderError> found = RequestRules<NewGroupRecord>.Of(context).FirstRefusal(body) is { } refused ? [refused] : [];
        var uuids = legs.Where(leg => leg.Uuid.IsRead).Select(leg => leg.Uuid.Value.Key).ToList();
        if (uuids.Distinct().Count() != uuids.Count) found.Add(new OrderError.Field("legs", "must have a uuid each"));
        if (legs.Length == 0) return (found, null);
        // A leg without a uuid gets one here, and so the group its id.
        var filled = body with { Legs = Given<IReadOnlyList<NewOrderRecord>>.Of(legs) };
        if (!GroupBody.Of(filled).IsRejected(out var unfit, out var group)) return (found, group);
        found.Add(unfit);
        return (found, null);
    }

    // Why the account cannot pay for all of it; of legs that cannot be read that is not asked.
    private static async Task<OrderError?> LackAsync(
        GroupBody group, ManagedAccount payer, NewOrderRecord[] legs, VenueTerms venue, PreviewFunds funds, CancellationToken token)
    {
        OrderTerms[] terms = [.. legs.Select(leg => PostPreview.OrderOf(leg, venue)?.Terms).OfType<OrderTerms>()];
        return terms.Length == legs.Length ? await funds.RefusalAsync(group.Kind, group.SellsAll, payer, terms, token) : null;
    }

    private static readonly int LegsMax = Enum.GetValues<GroupKind>().Max(kind => kind.LegsCount());
}
