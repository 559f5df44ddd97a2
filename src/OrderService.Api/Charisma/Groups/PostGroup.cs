using OrderService.Api.Charisma.Bulk;
using OrderService.Api.Charisma.Records;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Accounts;
using OrderService.Domain.Orders;
using OrderService.Domain.Ports;
using OrderService.Engine.Accounts;
using OrderService.Engine.Auth;
using OrderService.Engine.Orders;

namespace OrderService.Api.Charisma.Groups;

/// <summary>
/// POST orders/groups: stores the legs of a group, all in one transaction. As with one order their signatures are the authority; an API key
/// is only asked about where one is sent.
/// </summary>
internal static class PostGroup
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, ISwapRouter router, Authenticator authenticator, PlaceOrders place, FindAccount accounts, FindGroup find,
        CancellationToken token)
    {
        var (group, rules) = (GroupFilter.GroupOf(context), RequestRules<NewOrderRecord>.Of(context));
        if ((await GroupPayer.OfAsync(context, group, authenticator, accounts, token)).IsRejected(out var why, out var paid))
            return CharismaErrors.From(why);
        var (by, payer) = paid;
        var legs = new List<NewOrder>(group.Legs.Count);
        foreach (var (at, body) in group.Legs.Index())
        {
            if (Refusal(body, payer is null, rules) is { } refused) return BulkItem.Refusal(at, refused);
            if (body.ToOrder(router.Terms).IsRejected(out why, out var leg)) return BulkItem.Refusal(at, why);
            if (legs.Exists(other => other.Terms.Uuid.Key == leg.Terms.Uuid.Key))
                return BulkItem.Refusal(at, new OrderError.Field("uuid", "is that of another leg too"));
            if (payer is not null) leg = leg with { Funding = new OrderFunding.FromAccount(payer) };
            legs.Add(leg with { By = by, Terms = leg.Terms with { GroupId = group.Id, Leg = at + 1 } });
        }
        var (_, stopped) = await place.TogetherAsync(legs, new GroupSlot(group.Id, group.Kind, group.SellsAll), token);
        if (stopped is not null) return BulkItem.Refusal(stopped.At, stopped.Why);
        return GetGroup.Told(context,
            await find.HandleAsync(group.Id, token)
                ?? throw new System.Diagnostics.UnreachableException($"group {group.Id} was stored and is not there"));
    }

    // What an account pays for nobody signs.
    private static OrderError? Refusal(NewOrderRecord body, bool isSigned, RequestRules<NewOrderRecord> rules) =>
        isSigned || body.Fault is not null
            ? rules.FirstRefusal(body) : NewOrderRules.AllAtOnce.Refusals(body).FirstOrDefault(refusal => refusal.Name != "signature");
}
