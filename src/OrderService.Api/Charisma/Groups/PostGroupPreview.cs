using OrderService.Api.Charisma.Explain;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Orders.Explain;

namespace OrderService.Api.Charisma.Groups;

/// <summary>
/// POST orders/groups/preview: what a group would be, signed or not, with all refusals of it and of each leg at once; nothing is stored.
/// </summary>
internal static class PostGroupPreview
{
    public static async Task<IResult> HandleAsync(HttpContext context, ISwapRouter router, PreviewOrder preview, CancellationToken token)
    {
        var body = await BodyFilter<NewGroupRecord>.ReadAsync(context, CharismaBodies.GroupStyle.By(context.RequestServices));
        if (body.Fault is OrderError.Malformed unread) return CharismaErrors.From(unread);
        var legs = body.Legs.IsRead ? body.Legs.Value! : [];
        List<OrderError> found = RequestRules<NewGroupRecord>.Of(context).FirstRefusal(body) is { } refused ? [refused] : [];
        if (body.Account.IsGiven) found.Add(new OrderError.Field("account", "is not looked at here: a preview is of what a wallet sells"));
        if (legs.Any(leg => leg.Owner.IsRead && legs[0].Owner.IsRead && leg.Owner.Value != legs[0].Owner.Value))
            found.Add(new OrderError.Field("legs", "must be of one owner: a group is of one wallet"));
        var uuids = legs.Where(leg => leg.Uuid.IsRead).Select(leg => leg.Uuid.Value.Key).ToList();
        if (uuids.Distinct().Count() != uuids.Count) found.Add(new OrderError.Field("legs", "must have a uuid each"));
        var group = body.GroupId.IsRead ? body.GroupId.Value.Key : uuids.FirstOrDefault(Guid.NewGuid());
        var told = new List<PreviewRecord>();
        foreach (var (at, leg) in legs.Take(LegsMax).Index())
            told.Add(PostPreview.Of(await PostPreview.LookAsync(leg, router.Terms, preview, (group, at + 1), token), leg));
        var data = new GroupPreviewRecord
        {
            Acceptable = found.Count == 0 && told.TrueForAll(leg => leg.Acceptable), Refusals = [.. found.Select(PostPreview.Of)],
            Legs = told,
        };
        return JsonAnswer.Fresh(context, new SuccessRecord<GroupPreviewRecord> { Status = Answers.Success, Data = data },
            CharismaJson.Default.SuccessRecordGroupPreviewRecord);
    }

    private static readonly int LegsMax = Enum.GetValues<GroupKind>().Max(kind => kind.LegsCount());
}
