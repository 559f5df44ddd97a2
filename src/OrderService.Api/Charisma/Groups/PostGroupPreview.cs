using OrderService.Api.Charisma.Explain;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders.Explain;
using OrderService.Stacks.Addresses;

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
        var (by, payer) = ((Caller?)null, (ManagedAccount?)null);
        if (group?.Account is { } address)
        {
            if ((await PayerAsync(context, group.Owner, address, authenticator, accounts, token)).IsRejected(out var why, out var paid))
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
        OrderTerms[] terms = [.. legs.Select(leg => PostPreview.OrderOf(leg, router.Terms)?.Terms).OfType<OrderTerms>()];
        if (payer is not null && terms.Length == legs.Length
            && await funds.RefusalAsync(group!.Kind, group.SellsAll, payer, terms, token) is { } lacking)
        {
            found.Add(lacking);
        }
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

    // What an account has is its owner's to know.
    private static async Task<Result<(Caller By, ManagedAccount Payer)>> PayerAsync(
        HttpContext context, StacksAddress owner, StacksAddress address, Authenticator authenticator, FindAccount accounts,
        CancellationToken token)
    {
        if (!context.Request.Headers.ContainsKey(Authenticator.KeyHeader)) return PostGroup.NoKey;
        if ((await authenticator.AuthenticateAsync(context, WalletActions.CreateOrder, uuid: null, owner, token)).IsRejected(out var why,
            out var by))
        {
            return why;
        }
        return (await accounts.ByAddressAsync(address, owner, token)).IsRejected(out why, out var payer) ? why : (by, payer);
    }

    private static readonly int LegsMax = Enum.GetValues<GroupKind>().Max(kind => kind.LegsCount());
}
