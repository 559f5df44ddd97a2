using OrderService.Api.Charisma.Bulk;
using OrderService.Api.Wire;
using OrderService.Domain;
using OrderService.Domain.Orders;

namespace OrderService.Api.Charisma.Groups;

/// <summary>What a new group must be; what is wrong with one of its legs is that leg's own fault.</summary>
internal sealed class NewGroupRules : BulkRules<NewGroupRecord>
{
    public NewGroupRules()
    {
        NoOthers("is not a field of a group: say type, groupId, account, sellAll and legs");
        Must(b => b.Type, (_, type) => type.IsRead).Says($"must be one of {GroupBody.Words}");
        Bound(b => b.Legs,
            new FieldBounds(Enum.GetValues<GroupKind>().Min(kind => kind.LegsCount()),
                Enum.GetValues<GroupKind>().Max(kind => kind.LegsCount()), IsCount: true));
        Refuse(body => body.Legs is { IsRead: true, Value.Count: var count } && count == body.Type.Value.LegsCount() ? null
            : new OrderError.Field("legs",
                $"must be a list of {body.Type.Value.LegsCount()} orders: a group of type {GroupBody.Text(body.Type.Value)} has as many legs"));
    }
}
